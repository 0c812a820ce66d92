"""The texts inside files: read once by a child process, found with the resource, and only by who may open the file."""

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from common.filetexts import children, reading
from common.models import SiteDocument
from demo.services import CONTENT
from network.resources.models import ResourcePage
from search import indexing
from search.current import engine, indices
from search.documents import Document
from search.editing.models import BestBet, BestBetPage
from search.filetexts import extracting
from search.filetexts.models import LOOKED_FOR_AGAIN_AFTER, FileText, unread
from search.models import Outbox
from search.query import parse
from search.signals import connect
from search.sources import PAGES
from search.surroundings import Surroundings
from tests.factories import pages

pytestmark = pytest.mark.django_db
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    connect()
    yield
    if extracting._reading is not None:
        extracting._reading.child.end()
        extracting._reading = None


def office(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(*paragraphs: str) -> bytes:
    inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return office({"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{inside}</w:body></w:document>'})


def pptx(*slides: str) -> bytes:
    parts = {
        f"ppt/slides/slide{number}.xml": f'<p xmlns:a="{DRAWING}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p>'
        for number, text in enumerate(slides, 1)
    }
    return office({"ppt/presentation.xml": "<p/>", **parts})


def document(name: str, content: bytes, **fields: Any) -> SiteDocument:
    made = SiteDocument(title=name, **fields)
    made.file.save(name, ContentFile(content), save=False)
    made._set_document_file_metadata()
    made.save()
    return made


def read_all() -> None:
    end = time.monotonic() + 60
    while unread().exists() and time.monotonic() < end:
        extracting.read_files()


def state(made: SiteDocument) -> tuple[str, str]:
    read_all()
    kept = FileText.objects.get(document=made)
    return kept.text, kept.problem


def documents_of(page: ResourcePage) -> list[Document]:
    page = PAGES[ResourcePage].queryset().get(pk=page.pk)
    return list(PAGES[ResourcePage].documents_of(page, Surroundings()))


def found_by(page: ResourcePage) -> str:
    """The text of the file that finds the page for everyone who may open the page."""
    return documents_of(page)[0].attached


def test_a_pdf_is_read_with_its_divided_words_whole() -> None:
    text, problem = state(document("ohje.pdf", (CONTENT / "files/raporttilomakkeen-ohje.pdf").read_bytes()))
    assert problem == ""
    assert "Sosiaalinen raportti on ammattilaisen lyhyt kuvaus esteestä" in text


def test_a_docx_is_read_paragraph_by_paragraph() -> None:
    text, _problem = state(document("pöytäkirja.DOCX", docx("Ilmiötyö&#173;pajassa sovittiin", "asunnottomuudesta.")))
    assert text == "Ilmiötyöpajassa sovittiin asunnottomuudesta."


def test_the_slides_of_a_pptx_are_read_in_their_order() -> None:
    text, _problem = state(document("esitys.pptx", pptx(*[f"Dia {number}" for number in range(1, 12)])))
    assert text.split("Dia ")[1:] == [f"{number} " for number in range(1, 11)] + ["11"]


@pytest.mark.parametrize(
    ("divided", "whole"),
    [
        ("rakenteelli-\nsen", "rakenteellisen"),
        ("sosiaali-\nja terveys", "sosiaali- ja terveys"),
        ("Etelä-\nSavo", "Etelä- Savo"),
        ("osallisuus\u00ad\ntyö", "osallisuustyö"),
        ("2021-\n2025", "2021- 2025"),
    ],
)
def test_words_divided_at_the_end_of_a_line(divided: str, whole: str) -> None:
    assert reading.mended(divided) == whole


LAUGHS = '<!DOCTYPE w [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("rikki.pdf", b"%PDF-1.7 katki", "broken"),
        ("rikki.docx", b"PK\x03\x04 katki", "broken"),
        ("kuva.docx", docx(""), "empty"),
        ("naurua.docx", office({"word/document.xml": f"{LAUGHS}<w>&b;</w>"}), "broken"),
    ],
)
def test_a_broken_or_malicious_file_harms_nothing_and_is_told(name: str, content: bytes, problem: str) -> None:
    assert state(document(name, content)) == ("", problem)


def test_a_bomb_harms_nothing_and_is_told() -> None:
    bomb = office({"ppt/slides/slide1.xml": "<p>" + " " * 300_000_000})
    assert state(document("pommi.pptx", bomb)) == ("", "broken")


def test_a_locked_pdf_is_told(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("salasana", algorithm="RC4-128")
    writer.write(tmp_path / "lukittu.pdf")
    assert state(document("lukittu.pdf", (tmp_path / "lukittu.pdf").read_bytes()))[1] == "locked"


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(reading, "__file__", str(endless))
    monkeypatch.setattr(children, "LONGEST_SECONDS", 0.5)
    assert state(document("hidas.pdf", b"%PDF-"))[1] == "too_much"


def test_a_reader_that_eats_memory_ends_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hungry = tmp_path / "hungry.py"
    text = Path(reading.__file__).read_text()
    hungry.write_text(text.replace("def text_of(", "def text_of(*_): yield 'a' * 2_000_000_000\n\n\ndef _unused("))
    monkeypatch.setattr(reading, "__file__", str(hungry))
    assert state(document("suuri.pdf", b"%PDF-"))[1] == "too_much"


def test_a_long_text_is_cut(tmp_path: Path) -> None:
    text, problem = state(document("pitka.docx", docx(*["Sana toinen kolmas."] * 20_000)))
    assert (len(text), problem) == (reading.LONGEST_TEXT, "")


def test_a_missing_file_is_looked_for_again_each_day() -> None:
    made = document("ohje.docx", docx("Xylitoli"))
    path = Path(made.file.path)
    away = path.rename(path.with_suffix(".away"))
    assert state(made) == ("", "missing")
    away.rename(path)
    assert state(made) == ("", "missing")
    yesterday = timezone.now() - LOOKED_FOR_AGAIN_AFTER
    FileText.objects.update(read_at=yesterday)
    assert state(made) == ("Xylitoli", "")
    FileText.objects.update(read_at=yesterday)
    assert not unread().exists()


def test_a_file_that_is_still_missing_waits_another_day() -> None:
    made = document("ohje.docx", docx("Xylitoli"))
    Path(made.file.path).unlink()
    assert state(made) == ("", "missing")
    FileText.objects.update(read_at=timezone.now() - LOOKED_FOR_AGAIN_AFTER)
    assert unread().exists()
    assert state(made) == ("", "missing")
    assert not unread().exists()


def test_a_missing_file_is_told_and_a_document_that_goes_leaves_nothing() -> None:
    gone = document("poissa.pdf", b"%PDF-")
    Path(gone.file.path).unlink()
    assert state(gone) == ("", "missing")
    deleted = document("poistettu.docx", docx("Sana"))
    extracting._reading = extracting.Reading(deleted)
    deleted.delete()
    read_all()
    assert not FileText.objects.filter(document=deleted.pk).exists()


def test_a_file_is_read_once_and_again_when_it_changes() -> None:
    made = document("ohje.docx", docx("Vanha"))
    assert state(made)[0] == "Vanha"
    made.title = "Uusi nimi"
    made.save()
    assert not unread().exists()
    made.file.save("ohje.docx", ContentFile(docx("Uusi")), save=False)
    made._set_document_file_metadata()
    made.save()
    assert state(made)[0] == "Uusi"
    FileText.objects.update(version=0)
    assert list(unread()) == [made]


def test_other_kinds_of_files_are_left_alone() -> None:
    document("video.mp4", b"ftyp")
    document("taulukko.csv", b"a;b")
    assert not unread().exists()


def test_the_resource_is_indexed_again_when_the_text_is_there_or_the_readers_change() -> None:
    made = document("ohje.docx", docx("Xylitoli"))
    page = pages.resource(document=made)
    assert found_by(page) == ""
    Outbox.objects.all().delete()
    read_all()
    assert list(Outbox.objects.values_list("object_id", flat=True)) == [page.pk]
    assert found_by(page) == "Xylitoli"
    Outbox.objects.all().delete()
    made.access = SiteDocument.Access.MEMBERS
    made.save()
    assert Outbox.objects.filter(object_id=page.pk).exists()
    assert found_by(page) == ""


def test_who_may_open_the_page_but_not_the_file_does_not_find_its_text() -> None:
    page = pages.resource(document=document("ohje.docx", docx("Xylitoli")))
    read_all()
    assert found_by(page) == "Xylitoli"
    closed = Collection.get_first_root_node().add_child(name="Jäsenille")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    SiteDocument.objects.update(collection=closed)
    everyone, members = documents_of(page)
    assert (everyone.attached, everyone.access) == ("", ("public",))
    assert (members.attached, members.access, members.url) == ("Xylitoli", ("members",), everyone.url)
    assert {everyone.key, members.key} <= PAGES[ResourcePage].keys_of(page.pk)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert found_by(page) == "Xylitoli"
    SiteDocument.objects.update(access=SiteDocument.Access.MEMBERS)
    assert found_by(page) == "Xylitoli"
    SiteDocument.objects.update(access=SiteDocument.Access.STAFF)
    assert found_by(page) == ""
    assert [each.access for each in documents_of(page)] == [("members",)]


def test_members_find_by_their_file_one_hit_and_others_none(tmp_path: Path, settings: Any) -> None:
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    settings.RUN_DIR = tmp_path
    made = document("ohje.docx", docx("Xylitoli"), access=SiteDocument.Access.MEMBERS)
    page = pages.resource(title="Hammasopas", document=made)
    read_all()
    indexing.rebuild()

    def hits(typed: str, *access: str) -> list[str]:
        return [hit.document.url for hit in engine().search(parse(typed), access=access).hits]

    assert hits("xylitoli", "public") == []
    assert hits("xylitoli", "public", "members") == [page.get_url()]
    assert hits("hammasopas", "public") == hits("hammasopas", "public", "members") == [page.get_url()]
    assert hits("hammasopas xylitoli", "public", "members") == [page.get_url()]
    made.access = SiteDocument.Access.PUBLIC
    made.save()
    while indexing.apply():
        pass
    assert hits("xylitoli", "public") == [page.get_url()]
    assert not any(indexing.difference())
    assert f"resource:{page.pk}-narrower" not in indices()[0].engine.digests()


def test_a_collection_that_closes_has_everything_looked_at_anew() -> None:
    closed = Collection.get_first_root_node().add_child(name="Jäsenille")
    Outbox.objects.all().delete()
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    assert Outbox.objects.filter(kind=Outbox.Kind.ALL).exists()


def test_the_editor_is_told(admin_client: Client, settings: Any) -> None:
    settings.REQUIRE_STAFF_MFA = False
    scanned = document("skannattu.docx", docx(""))
    document("ohje.docx", docx("Sana"))
    read_all()
    report = admin_client.get("/hallinta/reports/file-texts/").content.decode()
    assert report.index("skannattu") < report.index("ohje.docx")
    only = admin_client.get("/hallinta/reports/file-texts/", {"problem": "empty"}).content.decode()
    assert "ohje.docx" not in only
    state = str(FileText.Problem.EMPTY.label)
    assert admin_client.get(f"/hallinta/documents/edit/{scanned.pk}/").content.decode().count(state) == 1
    assert admin_client.get("/hallinta/reports/file-texts/", {"export": "csv"}).status_code == 200


def test_a_result_says_that_its_passage_is_in_the_file(tmp_path: Path, settings: Any, client: Client) -> None:
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    settings.RUN_DIR = tmp_path
    page = pages.resource(title="Opas", document=document("ohje.docx", docx("Alku.", "Xylitolia kuntaan.")))
    read_all()
    indexing.rebuild()
    found = client.get("/haku/", {"q": "xylitoli"}).content.decode()
    assert page.get_url() in found
    assert "Tiedostossa:</span> Alku. <mark>Xylitolia</mark> kuntaan." in found
    assert "Tiedostossa:" not in client.get("/haku/", {"q": "opas"}).content.decode()


def test_a_pinned_resource_stands_once_also_for_those_who_find_more_in_it(
    tmp_path: Path, settings: Any, admin_client: Client
) -> None:
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    settings.RUN_DIR = tmp_path
    made = document("ohje.docx", docx("Xylitoli"), access=SiteDocument.Access.MEMBERS)
    page = pages.resource(title="Hammasopas", document=made)
    bet = BestBet(queries="xylitoli", language="fi")
    bet.pages = [BestBetPage(page=page)]
    bet.save()
    read_all()
    indexing.rebuild()
    found = admin_client.get("/haku/", {"q": "xylitoli"}).content.decode()
    assert found.count(f'href="{page.get_url()}"') == 1
    assert "Toimituksen valinta" in found

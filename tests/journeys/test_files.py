"""Files reach those who may have them and nobody else, and nothing else of the data folder is served."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.crawl import Crawl
from tests.journeys.mail import PATIENCE
from tests.journeys.visitor import Answer, Visitor
from tests.serving import Service

PDF = (Path(__file__).parents[2] / "site" / "demo" / "content" / "files" / "sanasto.pdf").read_bytes()


def listed(editor: Visitor, path: str) -> str:
    """The form of the first document in the list, once the worker has made the administration's search find it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        links = editor.get(path).soup.select("main a[href*='/documents/edit/']")
        if links:
            return str(links[0]["href"])
        time.sleep(0.3)
    raise AssertionError(f"{path} lists nothing")


def publish(editor: Visitor, title: str, access: str) -> str:
    """Upload a document with the access; return its address."""
    form = editor.get("/hallinta/documents/add/").soup
    chosen = form.select_one(
        "select[name=collection] option[selected], select[name=collection] option, [name=collection]"
    )
    data = {
        "title": title,
        "access": access,
        "collection": str(chosen.get("value") or "1") if chosen else "1",
        "tags": "",
    }
    language = form.select_one("select[name=language] option[selected]")
    data["language"] = str(language["value"]) if language else "fi"
    answer = editor.upload("/hallinta/documents/add/", data, "file", f"{access}-{title}.pdf", PDF)
    assert answer.status == 302, answer.main[:1_500]
    edit = listed(editor, f"/hallinta/documents/?q={title}")
    number = edit.rstrip("/").split("/")[-1]
    page = editor.get(edit).soup
    return next(str(tag["href"]) for tag in page.select("a[href]") if f"/tiedostot/{number}/" in str(tag["href"]))


@pytest.fixture(scope="module")
def kept(signed_in: Callable[[str], Visitor]) -> dict[str, str]:
    """A document of each kind of access."""
    editor = signed_in("toimittaja")
    return {access: publish(editor, f"Paperi{access}", access) for access in ("public", "members", "staff")}


def whole(answer: Answer) -> bool:
    return answer.status == 200 and answer.body == PDF


def test_documents_open_to_those_who_may(
    kept: dict[str, str], signed_in: Callable[[str], Visitor], stranger: Visitor
) -> None:
    people = {"stranger": stranger, **{role: signed_in(role) for role in ("opiskelija", "kumppani", "toimittaja")}}
    got = {
        (name, access) for name, person in people.items() for access, path in kept.items() if whole(person.get(path))
    }
    everyone, staff = set(people), {"kumppani", "toimittaja"}
    assert got == {
        *((name, "public") for name in everyone),
        *((name, "members") for name in everyone - {"stranger"}),
        *((name, "staff") for name in staff),
    }
    assert stranger.get(kept["members"]).location.startswith("/tili/login/?next=")
    assert signed_in("opiskelija").get(kept["staff"]).status == 403


def test_a_private_document_is_kept_by_no_cache(
    kept: dict[str, str], signed_in: Callable[[str], Visitor], base: str
) -> None:
    for access, role in (("members", "opiskelija"), ("staff", "toimittaja")):
        first = signed_in(role).get(kept[access])
        assert whole(first)
        assert first.headers["Cache-Control"] == "private, no-store"
        assert not whole(Visitor(base).get(kept[access])), "a stranger got it after someone who may"
        for method, headers in (
            ("HEAD", {}),
            ("GET", {"Range": "bytes=0-9"}),
            ("GET", {"If-None-Match": first.headers["ETag"]}),
        ):
            answer = Visitor(base).ask(method, kept[access], headers=headers)
            assert answer.status == 302
            assert "ETag" not in answer.headers


def test_a_private_document_cannot_be_guessed_or_found(kept: dict[str, str], stranger: Visitor) -> None:
    number, name = kept["staff"].rstrip("/").split("/")[-2:]
    for path in (
        f"/media/documents/{name}",
        f"/documents/{number}/{name}",
        f"/media/private/documents/{name}",
        f"/static/{name}",
    ):
        assert stranger.get(path).status == 404, path
    assert kept["staff"] not in stranger.get("/haku/?q=paperistaff").text
    assert kept["staff"] not in stranger.get("/sitemap.xml").text


def test_originals_of_images_are_not_served(
    service: Service, crawl: Crawl, stranger: Visitor, signed_in: Callable[[str], Visitor]
) -> None:
    originals = [
        path for path in (service.data / "media" / "private").rglob("*") if path.suffix in {".png", ".jpg", ".webp"}
    ]
    assert originals
    for original in originals:
        inside = original.relative_to(service.data / "media" / "private")
        for path in (
            f"/media/{inside}",
            f"/media/{original.name}",
            f"/media/images/{original.name}",
            f"/media/private/{inside}",
        ):
            assert stranger.get(path).status == 404, path
    for number in (1, 2):
        for path in (f"/hallinta/images/{number}/preview/original/", f"/hallinta/images/{number}/generate_url/"):
            assert stranger.get(path).status == 302
            assert signed_in("opiskelija").get(path).status in {302, 403}
    shown = [each for each in crawl.seen.values() if each.path.startswith("/media/")]
    assert shown
    assert not [each.path for each in shown if each.answer.body in {path.read_bytes() for path in originals}]


def test_nothing_else_of_the_data_folder_is_served(service: Service, stranger: Visitor) -> None:
    secrets = [path for path in service.data.iterdir() if path.is_file()]
    assert {"db.sqlite3", "secret_key"} <= {path.name for path in secrets}
    for path in secrets:
        for prefix in (
            "/",
            "/media/",
            "/static/",
            "/media/../",
            "/media/%2e%2e/",
            "/static/../",
            "/static/%2e%2e/",
            "/media/..%2f..%2f",
            "/tiedostot/1/..%2f",
        ):
            answer = stranger.get(f"{prefix}{path.name}")
            assert answer.status in {301, 400, 404}, f"{prefix}{path.name}"


def test_the_secrets_are_readable_by_their_owner_alone(service: Service) -> None:
    for name in ("secret_key", "demo_password"):
        assert (service.data / name).stat().st_mode & 0o077 == 0, name
    assert (service.data / "mail").stat().st_mode & 0o077 == 0 if (service.data / "mail").exists() else True


def test_what_is_not_published_is_nowhere(signed_in: Callable[[str], Visitor], stranger: Visitor) -> None:
    """A draft has no address, no place in lists, feeds or the search; its preview needs the right role."""
    editor = signed_in("toimittaja")
    search = editor.get("/hallinta/pages/search/?q=14").soup
    edit = next(str(tag["href"]) for tag in search.select("main a[href$='/edit/']") if "numero 14" in tag.get_text())
    number = edit.split("/")[3]
    try:
        assert editor.fill(f"/hallinta/pages/{number}/unpublish/", {}, form="unpublish").status == 302
        for path in ("/blogi/raportti-numero-14/", "/sv/blogg/raportti-numero-14/"):
            assert stranger.get(path).status == 404, path
        for path in ("/", "/blogi/", "/blogi/syote.xml", "/sitemap.xml", "/en/"):
            assert "raportti-numero-14" not in stranger.get(path).text, path
        for person in (stranger, signed_in("opiskelija")):
            for path in (f"/hallinta/pages/{number}/view_draft/", f"/hallinta/pages/{number}/edit/preview/"):
                assert person.get(path).status in {302, 403}
    finally:
        form = editor.get(edit)
        assert form.status == 200
        editor.fill(edit, {"action-publish": "action-publish"}, form="edit")

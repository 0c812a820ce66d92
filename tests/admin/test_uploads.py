"""Every way into the admin's files refuses the same files, says why, and keeps nothing of them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.models import Collection, UploadedFile

from accounts.models import User
from common.models import SiteDocument, SiteImage
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db

Send = Callable[[Client, SimpleUploadedFile], Any]
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind)
    return buffer.getvalue()


def archive(members: dict[str, bytes], repeat: int = 1) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(repeat):
            for name, content in members.items():
                file.writestr(name if number == 0 else f"{number}/{name}", content)
    return buffer.getvalue()


IMAGES: dict[str, Callable[[], tuple[str, bytes]]] = {
    "a PNG called JPEG": lambda: ("kuva.jpg", picture()),
    "a text called PNG": lambda: ("kuva.png", b"vain tekstia"),
    "an SVG": lambda: ("kuva.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "an SVG called PNG": lambda: ("kuva.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "fifty million pixels": lambda: ("iso.png", picture(size=(10_000, 5_000), mode="1")),
    "an empty file": lambda: ("kuva.png", b""),
    "a name of 300 characters": lambda: ("k" * 296 + ".png", picture()),
    "two endings": lambda: ("kuva.php.png", picture()),
    "a program": lambda: ("kuva.png.exe", picture()),
    "a picture cut short": lambda: ("kuva.jpg", picture("JPEG", size=(400, 300))[:-300]),
    "half a header": lambda: ("kuva.png", picture()[:20]),
}
DOCUMENTS: dict[str, Callable[[], tuple[str, bytes]]] = {
    "a PDF that is HTML": lambda: ("ohje.pdf", b"<!doctype html><script>alert(1)</script>%PDF-1.7"),
    "an HTML page": lambda: ("ohje.html", b"<!doctype html>"),
    "a zip bomb called DOCX": lambda: ("ohje.docx", archive({"word/document.xml": b"0" * 9_000_000}, repeat=60)),
    "a zip of something else": lambda: ("ohje.docx", archive({"readme.txt": b"hei"})),
    "a broken zip": lambda: ("ohje.xlsx", b"PK\x03\x04 katkennut"),
    "an empty file": lambda: ("ohje.pdf", b""),
    "a name of 300 characters": lambda: ("o" * 296 + ".pdf", PDF),
    "two endings": lambda: ("ohje.html.pdf", PDF),
    "a program": lambda: ("ohje.pdf.exe", b"MZ"),
    "binary called text": lambda: ("ohje.txt", b"\x00\x01\x02"),
    "too much text": lambda: ("ohje.txt", b"a" * (5 * 1024 * 1024 + 1)),
}


def _root() -> int:
    root: Collection = Collection.get_first_root_node()
    return root.pk


def one(path: str) -> Send:
    def send(client: Client, file: SimpleUploadedFile) -> Any:
        return client.post(
            path, {"title": "Testi", "description": "Kuvaus", "collection": _root(), **_extra(), "file": file}
        )

    return send


def many(path: str) -> Send:
    def send(client: Client, file: SimpleUploadedFile) -> Any:
        data = {"title": "Testi", "collection": _root(), "files[]": file}
        return client.post(path, data, headers={"X-Requested-With": "XMLHttpRequest"})

    return send


def chooser(path: str, prefix: str) -> Send:
    def send(client: Client, file: SimpleUploadedFile) -> Any:
        fields = {"title": "Testi", "description": "Kuvaus", "collection": _root(), **_extra(), "file": file}
        return client.post(path, {f"{prefix}-{name}": value for name, value in fields.items()})

    return send


def _extra() -> dict[str, str]:
    return {"access": "public", "language": "fi"}


IMAGE_WAYS = {
    "one": one("/hallinta/images/add/"),
    "many": many("/hallinta/images/multiple/add/"),
    "chooser": chooser("/hallinta/images/chooser/create/", "image-chooser-upload"),
}
DOCUMENT_WAYS = {
    "one": one("/hallinta/documents/add/"),
    "many": many("/hallinta/documents/multiple/add/"),
    "chooser": chooser("/hallinta/documents/chooser/create/", "document-chooser-upload"),
}


@pytest.fixture(autouse=True)
def disk(settings: Any, tmp_path: Path) -> Path:
    """Files go to a folder of the test, so that what is left behind shows."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
    }
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path / "private"


def stored(disk: Path) -> list[Path]:
    return [path for path in disk.rglob("*") if path.is_file()]


def words(response: Any) -> str:
    """What the answer says to the person, as text."""
    if "json" not in response["Content-Type"]:
        return str(response.content.decode())
    answer = response.json()
    return str(answer.get("error_message") or answer.get("htmlFragment") or answer.get("html") or "")


@pytest.mark.parametrize("way", IMAGE_WAYS)
@pytest.mark.parametrize("case", IMAGES)
def test_a_bad_image_is_refused_with_a_reason(case: str, way: str, editor: User, sign_in: SignIn, disk: Path) -> None:
    name, content = IMAGES[case]()
    response = IMAGE_WAYS[way](sign_in(editor), SimpleUploadedFile(name, content))
    assert response.status_code == 200
    assert words(response)
    if way == "many":
        assert not response.json()["success"]
    else:
        assert "error-message" in words(response)
    assert not SiteImage.objects.exists()
    assert not UploadedFile.objects.exists()
    assert not stored(disk)


@pytest.mark.parametrize("way", DOCUMENT_WAYS)
@pytest.mark.parametrize("case", DOCUMENTS)
def test_a_bad_document_is_refused_with_a_reason(
    case: str, way: str, editor: User, sign_in: SignIn, disk: Path
) -> None:
    name, content = DOCUMENTS[case]()
    response = DOCUMENT_WAYS[way](sign_in(editor), SimpleUploadedFile(name, content))
    assert response.status_code == 200
    assert words(response)
    if way == "many":
        assert not response.json()["success"]
    else:
        assert "error-message" in words(response)
    assert not SiteDocument.objects.exists()
    assert not UploadedFile.objects.exists()
    assert not stored(disk)


@pytest.mark.parametrize("way", ["one", "chooser"])
@pytest.mark.parametrize(("name", "kind"), [("kuva.png", "PNG"), ("kuva.JPG", "JPEG"), ("kuva v1.2.webp", "WEBP")])
def test_a_good_image_arrives(name: str, kind: str, way: str, editor: User, sign_in: SignIn) -> None:
    IMAGE_WAYS[way](sign_in(editor), SimpleUploadedFile(name, picture(kind)))
    assert SiteImage.objects.count() == 1


def test_what_is_wrong_with_a_document_is_said_once(editor: User, sign_in: SignIn) -> None:
    answer = DOCUMENT_WAYS["many"](sign_in(editor), SimpleUploadedFile("ohje.pdf", b"<html>"))
    assert len(answer.json()["error_message"].splitlines()) == 1


def test_an_image_is_not_kept_without_its_description(editor: User, sign_in: SignIn) -> None:
    client = sign_in(editor)
    data = {"title": "Kuva", "description": "", "collection": _root(), "file": SimpleUploadedFile("a.png", picture())}
    assert client.post("/hallinta/images/add/", data).status_code == 200
    assert not SiteImage.objects.exists()


def test_of_many_images_each_waits_for_its_description(editor: User, sign_in: SignIn, disk: Path) -> None:
    client = sign_in(editor)
    answer = IMAGE_WAYS["many"](client, SimpleUploadedFile("kuva.png", picture())).json()
    assert answer["success"]
    assert not SiteImage.objects.exists()
    number = answer["uploaded_file_id"]
    path = f"/hallinta/images/multiple/create_from_uploaded_image/{number}/"
    data = {"title": "Kuva", "collection": _root(), "tags": ""}
    for description in ["", "Neljä pilaria"]:
        sent = {
            f"uploaded-image-{number}-{name}": value for name, value in (data | {"description": description}).items()
        }
        kept = client.post(path, sent, headers={"X-Requested-With": "XMLHttpRequest"}).json()
        assert kept["success"] == bool(description)
    assert SiteImage.objects.get().description == "Neljä pilaria"
    assert not UploadedFile.objects.exists()
    assert len(stored(disk)) == 1


@pytest.mark.parametrize("way", DOCUMENT_WAYS)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ohje.pdf", PDF),
        ("muistio 1.2.2026.docx", archive({"word/document.xml": b"<w/>"})),
        ("taulukko.csv", "alue;määrä\nKainuu;3\n".encode()),
        ("www.example.com.txt", "Ääkköset säilyvät.".encode()),
    ],
)
def test_a_good_document_arrives(name: str, content: bytes, way: str, editor: User, sign_in: SignIn) -> None:
    DOCUMENT_WAYS[way](sign_in(editor), SimpleUploadedFile(name, content))
    assert SiteDocument.objects.count() == 1


def test_a_bad_image_does_not_replace_a_good_one(editor: User, sign_in: SignIn, disk: Path) -> None:
    client = sign_in(editor)
    IMAGE_WAYS["one"](client, SimpleUploadedFile("kuva.png", picture()))
    image = SiteImage.objects.get()
    before = stored(disk)
    response = one(f"/hallinta/images/{image.pk}/")(client, SimpleUploadedFile("kuva.png", b"vain tekstia"))
    assert response.status_code == 200
    image.refresh_from_db()
    assert stored(disk) == before
    assert image.file.name in {str(path.relative_to(disk)) for path in before}


def test_a_bad_document_does_not_replace_a_good_one(editor: User, sign_in: SignIn, disk: Path) -> None:
    client = sign_in(editor)
    DOCUMENT_WAYS["one"](client, SimpleUploadedFile("ohje.pdf", PDF))
    document = SiteDocument.objects.get()
    before = stored(disk)
    response = one(f"/hallinta/documents/edit/{document.pk}/")(client, SimpleUploadedFile("ohje.pdf", b"<html>"))
    assert response.status_code == 200
    assert stored(disk) == before


def test_an_svg_of_our_own_can_be_told_anew_but_not_replaced(editor: User, sign_in: SignIn, disk: Path) -> None:
    client, drawing = sign_in(editor), ContentFile(b"<svg/>", name="matka.svg")
    document = SiteDocument.objects.create(title="Matka", file=drawing)
    path = f"/hallinta/documents/edit/{document.pk}/"
    told = {"title": "Raportin matka", "collection": _root(), "tags": "", **_extra()}
    assert client.post(path, told).status_code == 302
    document.refresh_from_db()
    assert document.title == "Raportin matka"

    before = stored(disk)
    response = one(path)(client, SimpleUploadedFile("matka.svg", b"<svg><script>alert(1)</script></svg>"))
    assert response.status_code == 200
    assert stored(disk) == before


def test_who_may_not_add_cannot_upload(learner: User, sign_in: SignIn) -> None:
    IMAGE_WAYS["many"](sign_in(learner), SimpleUploadedFile("kuva.png", picture()))
    IMAGE_WAYS["one"](Client(), SimpleUploadedFile("kuva.png", picture()))
    assert not SiteImage.objects.exists()

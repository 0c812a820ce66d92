"""Uploaded files: who may open them, how they arrive, and that nothing else of the disk does."""

from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from pytest_django import Settings
from wagtail.models import Collection, CollectionViewRestriction

from accounts.models import User
from common.files import disposition
from common.models import SiteDocument, SiteImage, SiteRendition
from common.permissions import can_open

pytestmark = pytest.mark.django_db
BODY = b"%PDF-1.7 " + bytes(range(256)) * 4


@pytest.fixture
def learner() -> User:
    return User.objects.create_user("oppija@example.org", "salasana-1")


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("toimittaja@example.org", "salasana-1")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def a_document(name: str = "Ohje äidille.pdf", body: bytes = BODY, **fields: Any) -> SiteDocument:
    return SiteDocument.objects.create(title="Ohje", file=ContentFile(body, name=name), **fields)


def an_image(name: str = "kuva.png") -> SiteImage:
    file = ContentFile(b"", name=name)
    Image.new("RGB", (60, 40), "green").save(file, "PNG")
    file.seek(0)
    return SiteImage.objects.create(title="Kuva", description="Vihreä ruutu", file=file)


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_public_document_opens_in_the_browser_and_is_harmless(client: Client) -> None:
    document = a_document()
    response = client.get(document.url)

    assert response.status_code == 200
    assert body_of(response) == BODY
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(BODY))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"].startswith("inline; ")
    assert response["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("a.pdf", "inline"),
        ("a.mp4", "inline"),
        ("a.vtt", "inline"),
        ("a.docx", "attachment"),
        ("a.csv", "attachment"),
        ("a.html", "attachment"),
        ("a.svg", "attachment"),
    ],
)
def test_only_files_that_cannot_run_are_shown(client: Client, name: str, way: str) -> None:
    response = client.get(a_document(name).url)
    assert response["Content-Disposition"].split(";")[0] == way
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_name_may_have_any_letters() -> None:
    header = disposition('Äiti "ja"\r\nX: isä.pdf', "application/pdf")
    assert header == (
        "inline; filename=\"_iti _ja___X: is_.pdf\"; filename*=UTF-8''%C3%84iti%20%22ja%22%0D%0AX%3A%20is%C3%A4.pdf"
    )


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=0-1", slice(0, 2)),
        ("bytes=100-199", slice(100, 200)),
        ("bytes=1000-", slice(1000, None)),
        ("bytes=1000-999999", slice(1000, None)),
        ("bytes=-10", slice(-10, None)),
        ("bytes=-999999", slice(0, None)),
    ],
)
def test_a_video_player_gets_the_part_it_asks_for(client: Client, asked: str, part: slice) -> None:
    url = a_document("luento.mp4").url
    response = client.get(url, headers={"range": asked})

    assert response.status_code == 206
    assert body_of(response) == BODY[part]
    assert response["Content-Length"] == str(len(BODY[part]))
    start = len(BODY[: part.start]) if part.start else 0
    assert response["Content-Range"] == f"bytes {start}-{start + len(BODY[part]) - 1}/{len(BODY)}"
    head = client.head(url, headers={"range": asked})
    assert (head.status_code, head.content, head["Content-Range"]) == (206, b"", response["Content-Range"])


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=-0"])
def test_a_part_that_does_not_exist_is_416(client: Client, asked: str) -> None:
    response = client.get(a_document().url, headers={"range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(BODY)}"


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=a-b", f"bytes=0-{'9' * 5000}"]
)
def test_a_range_that_cannot_be_read_gives_the_whole_file(client: Client, asked: str) -> None:
    response = client.get(a_document().url, headers={"range": asked})
    assert (response.status_code, body_of(response)) == (200, BODY)


def test_a_part_of_a_file_that_has_changed_is_the_whole_new_file(client: Client) -> None:
    url = a_document().url
    response = client.get(url, headers={"range": "bytes=0-1", "if-range": '"old"'})
    assert response.status_code == 200
    current = {"range": "bytes=0-1", "if-range": response["ETag"]}
    assert client.get(url, headers=current).status_code == 206


def test_a_file_that_the_browser_has_is_not_sent_again(client: Client) -> None:
    url = a_document().url
    first = client.get(url)
    assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(url, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    assert client.get(url, headers={"if-none-match": '"other"'}).status_code == 200


def test_head_tells_the_length_without_the_content(client: Client) -> None:
    response = client.head(a_document().url)
    assert (response.status_code, response.content, response["Content-Length"]) == (200, b"", str(len(BODY)))


def test_a_file_is_not_written_to(client: Client) -> None:
    assert client.post(a_document().url).status_code == 405


def test_the_address_must_name_the_document_and_the_file(client: Client) -> None:
    document = a_document("a.pdf")
    assert client.get(f"/tiedostot/{document.pk}/b.pdf").status_code == 404
    assert client.get(f"/tiedostot/{document.pk + 1}/a.pdf").status_code == 404


def test_a_document_whose_file_is_gone_is_not_found(client: Client) -> None:
    document = a_document()
    Path(document.file.path).unlink()
    assert client.get(document.url).status_code == 404


def test_a_drawing_is_told_as_one_and_runs_nothing(client: Client) -> None:
    response = client.get(a_document("kuva.svg", b"<svg/>").url)
    assert response["Content-Type"] == "image/svg+xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


class TestAccess:
    """Who may open which document; the view follows the predicate."""

    def test_members_documents_are_for_those_signed_in(self, client: Client, learner: User) -> None:
        document = a_document(access=SiteDocument.Access.MEMBERS)
        response = client.get(document.url)
        assert response.status_code == 302
        assert response["Location"].startswith("/tili/login/?next=/tiedostot/")

        client.force_login(learner)
        response = client.get(document.url)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"

    def test_staff_documents_are_for_staff(self, client: Client, learner: User, editor: User) -> None:
        document = a_document(access=SiteDocument.Access.STAFF)
        client.force_login(learner)
        assert client.get(document.url).status_code == 403
        client.force_login(editor)
        assert client.get(document.url).status_code == 200

    def test_staff_documents_ask_for_the_second_factor_where_the_administration_does(
        self, client: Client, editor: User, settings: Settings
    ) -> None:
        settings.REQUIRE_STAFF_MFA = True
        staffs, members = (
            a_document(access=access) for access in (SiteDocument.Access.STAFF, SiteDocument.Access.MEMBERS)
        )
        client.force_login(editor)
        assert client.get(staffs.url).status_code == 403
        assert client.get(members.url).status_code == 200
        TOTP.activate(editor, generate_totp_secret())
        assert client.get(staffs.url).status_code == 200

    def test_a_stranger_is_asked_to_sign_in_for_a_staff_document(self, client: Client, settings: Settings) -> None:
        settings.REQUIRE_STAFF_MFA = True
        assert client.get(a_document(access=SiteDocument.Access.STAFF).url).status_code == 302

    def test_a_member_whose_account_was_closed_is_nobody(self, learner: User) -> None:
        learner.is_active = False
        assert not can_open(learner, a_document(access=SiteDocument.Access.MEMBERS))

    def test_restrictions_of_any_collection_above_count(self, learner: User, editor: User) -> None:
        closed = Collection.get_first_root_node().add_child(name="Työryhmä")
        inner = closed.add_child(name="Muistiot")
        restriction = CollectionViewRestriction.objects.create(
            collection=closed, restriction_type=CollectionViewRestriction.GROUPS
        )
        group = Group.objects.create(name="Työryhmä")
        restriction.groups.add(group)
        document = a_document(collection=inner)

        assert not can_open(AnonymousUser(), document)
        assert not can_open(learner, document)
        assert not can_open(editor, document)
        learner.groups.add(group)
        assert can_open(learner, document)

    def test_a_collection_for_those_signed_in(self, learner: User) -> None:
        collection = Collection.get_first_root_node().add_child(name="Jäsenille")
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )
        document = a_document(collection=collection)
        assert not can_open(AnonymousUser(), document)
        assert can_open(learner, document)

    def test_a_shared_password_opens_nothing(self, learner: User) -> None:
        root = Collection.get_first_root_node()
        CollectionViewRestriction.objects.create(
            collection=root, restriction_type=CollectionViewRestriction.PASSWORD, password="avain"
        )
        assert not can_open(learner, a_document())


class TestRenditions:
    """Images: resized copies are for everyone, originals for nobody."""

    def test_a_rendition_is_public_and_kept_long(self, client: Client) -> None:
        rendition = an_image().get_rendition("max-30x30|format-webp")
        response = client.get(rendition.url)
        assert response.status_code == 200
        assert response["Content-Type"] == "image/webp"
        assert "immutable" in response["Cache-Control"]
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"

    def test_originals_are_nowhere(self, client: Client) -> None:
        image = an_image()
        for path in (f"/media/{image.file.name}", f"/media/../private/{image.file.name}"):
            assert client.get(path).status_code == 404

    @pytest.mark.parametrize("spec", ["original", "original|format-webp"])
    def test_copies_of_originals_are_for_staff(self, client: Client, editor: User, spec: str) -> None:
        url = an_image().get_rendition(spec).url
        assert client.get(url).status_code == 404
        client.force_login(editor)
        assert client.get(url)["Cache-Control"] == "private, no-store"

    def test_copies_of_originals_ask_for_the_second_factor_too(
        self, client: Client, editor: User, settings: Settings
    ) -> None:
        settings.REQUIRE_STAFF_MFA = True
        url = an_image().get_rendition("original").url
        assert client.get(url).status_code == 404
        client.force_login(editor)
        assert client.get(url).status_code == 404
        TOTP.activate(editor, generate_totp_secret())
        assert client.get(url).status_code == 200

    def test_a_rendition_that_is_in_the_cache_is_not_written_there_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        image = an_image()
        assert image.get_renditions("max-30x30", "max-20x20")
        written: list[object] = []
        monkeypatch.setattr(SiteRendition.cache_backend, "set_many", written.append)
        fresh = SiteImage.objects.get(pk=image.pk)
        assert len(fresh.get_renditions("max-30x30", "max-20x20")) == 2
        assert written == []

    def test_an_image_that_is_called_original_can_be_shown(self, client: Client) -> None:
        assert client.get(an_image("kuva.original.png").get_rendition("max-30x30").url).status_code == 200

    def test_the_admin_shows_images_and_documents(self, client: Client) -> None:
        client.force_login(User.objects.create_superuser("yllapito@example.org", "salasana-1"))
        image, document = an_image(), a_document()
        assert client.get(f"/hallinta/images/{image.pk}/").status_code == 200
        assert client.get("/hallinta/images/").status_code == 200
        assert client.get(f"/hallinta/documents/edit/{document.pk}/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "../private/salaisuus.txt",
        "..%2Fprivate%2Fsalaisuus.txt",
        "%2e%2e/private/salaisuus.txt",
        "images/../../private/salaisuus.txt",
        "/etc/passwd",
        "//etc/passwd",
        ".piilo.txt",
        ".piilo/kuva.png",
        "images",
        "ei-ole.png",
        "x" * 5000,
        "linkki.txt",
    ],
)
def test_nothing_outside_the_public_folder_is_served(client: Client, path: str, media: Path) -> None:
    for name in ("private/salaisuus.txt", "public/.piilo.txt", "public/.piilo/kuva.png", "public/images/kuva.png"):
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_text("salaisuus")
    link = media / "public/linkki.txt"
    link.unlink(missing_ok=True)
    link.symlink_to(media / "private/salaisuus.txt")
    assert client.get("/media/images/kuva.png").status_code == 200

    assert client.get(f"/media/{path}").status_code in {400, 404}

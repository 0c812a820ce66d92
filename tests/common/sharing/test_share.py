"""The picture of a shared page: one a page, made when asked for, anew when the page says something else."""

import fcntl
import os
import re
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import Client
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from blog.models import PostPage
from common.sharing import share
from home.models import HomePage
from tests.factories import pages as make
from vocabulary.models import TaskArea

pytestmark = pytest.mark.django_db
LARGEST = 100 * 1024


@pytest.fixture(autouse=True)
def empty() -> None:
    for file in share.folder().glob("*"):
        file.unlink()


def address(client: Client, page: Page) -> str:
    html = client.get(page.url).content.decode()
    found = re.search(r'<meta property="og:image" content="http://testserver([^"]+)">', html)
    assert found
    return found[1]


def files() -> list[str]:
    return sorted(file.name for file in share.folder().glob("*"))


def picture(client: Client, url: str) -> Image.Image:
    response = client.get(url)
    assert response.status_code == 200
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert len(body) <= LARGEST
    return Image.open(BytesIO(body))


def a_post(**fields: object) -> PostPage:
    return make.post(task_area=make.term(TaskArea, "justice"), **fields)


def test_a_page_names_its_picture_with_size_and_text(client: Client) -> None:
    post = a_post(title="Ensin vuokra, sitten puhelin")
    html = client.get(post.url).content.decode()
    assert re.search(rf'og:image" content="http://testserver/jakokuva/{post.pk}-[0-9a-f]{{16}}\.png"', html)
    assert '<meta property="og:image:width" content="1200">' in html
    assert '<meta property="og:image:height" content="630">' in html
    assert '<meta property="og:image:alt" content="Ensin vuokra, sitten puhelin – Osaamisverkosto">' in html
    assert '<meta property="og:locale" content="fi_FI">' in html


def test_the_picture_is_made_when_asked_for_and_kept(client: Client) -> None:
    post = a_post()
    url = address(client, post)
    assert files() == []
    made = picture(client, url)
    assert (made.format, made.size) == ("PNG", (1200, 630))
    assert files() == [Path(url).name]
    before = (share.folder() / files()[0]).stat().st_mtime_ns
    response = client.get(url)
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Type"] == "image/png"
    assert (share.folder() / files()[0]).stat().st_mtime_ns == before


def test_a_new_title_has_a_new_picture_in_place_of_the_old(client: Client) -> None:
    post = a_post(title="Vanha otsikko")
    old = address(client, post)
    picture(client, old)
    post.title = "Uusi otsikko"
    post.save_revision().publish()
    new = address(client, post)
    assert new != old
    # Services that remember the old address are shown the present picture.
    assert client.get(old)["Location"] == new
    picture(client, new)
    assert files() == [Path(new).name]


def test_what_the_picture_does_not_say_does_not_change_it(client: Client) -> None:
    post = a_post()
    before = address(client, post)
    post.lead = "Toinen ingressi."
    post.save_revision().publish()
    assert address(client, post) == before


def test_a_stranger_makes_no_files_of_their_own(client: Client) -> None:
    post = a_post()
    url = address(client, post)
    for digest in ("0" * 16, "x", "a" * 300):
        assert client.get(f"/jakokuva/{post.pk}-{digest}.png")["Location"] == url
    assert client.get("/jakokuva/999999-0000000000000000.png").status_code == 404
    assert client.get(f"/jakokuva/{post.pk}-..%2f..%2fx.png").status_code == 404
    assert client.post(url).status_code == 405
    assert files() == []


def test_drafts_and_private_pages_have_no_picture(client: Client) -> None:
    draft, private = a_post(title="Luonnos"), a_post(title="Salainen")
    urls = [address(client, draft), address(client, private)]
    draft.unpublish()
    PageViewRestriction.objects.create(page=Page.objects.get(pk=private.pk), restriction_type="login")
    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert files() == []


def test_what_is_not_a_page_shows_the_picture_of_the_site(client: Client) -> None:
    html = client.get("/haku/").content.decode()
    assert 'og:image" content="http://testserver/static/icons/share.png"' in html
    assert '<meta property="og:image:alt" content="Osaamisverkosto">' in html


def test_while_another_is_being_made_the_picture_of_the_site_is_shown(client: Client) -> None:
    url = address(client, a_post())
    settings.RUN_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.RUN_DIR / "share.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        response = client.get(url)
    assert response["Location"].endswith("icons/share.png")
    assert response["Cache-Control"] == "no-store"
    picture(client, url)


def test_the_file_has_no_other_address(client: Client) -> None:
    picture(client, address(client, a_post()))
    (file,) = share.folder().glob("*")
    public = Path(storages["renditions"].location)  # type: ignore[attr-defined]
    assert client.get(f"/media/{file.relative_to(public)}").status_code == 404


def test_pictures_of_pages_that_are_gone_or_private_are_deleted(client: Client) -> None:
    gone, private, kept = a_post(), a_post(), a_post()
    for post in (gone, private, kept):
        picture(client, address(client, post))
    gone.unpublish()
    PageViewRestriction.objects.create(page=Page.objects.get(pk=private.pk), restriction_type="login")
    share.forget_pictures()
    assert [name.partition("-")[0] for name in files()] == [str(kept.pk)]


def test_a_part_that_was_never_finished_is_deleted_later(client: Client) -> None:
    post = a_post()
    picture(client, address(client, post))
    for name, age in (("old", 2 * share.HOUR), ("new", 0)):
        part = share.folder() / f"{post.pk}-{name}.part"
        part.touch()
        os.utime(part, (time.time() - age,) * 2)
    share.forget_pictures()
    assert [name for name in files() if name.endswith(".part")] == [f"{post.pk}-new.part"]


def test_a_page_without_an_area_has_one_too(client: Client) -> None:
    assert picture(client, address(client, HomePage.objects.get(locale__language_code="sv"))).size == (1200, 630)

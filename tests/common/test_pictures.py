"""Images are there in every size before a reader asks, have their room on the page, and come in the right order."""

import re
from typing import Any

import pytest
from django.template import Context, Template
from pytest_django import Settings
from wagtail.images.tests.utils import get_test_image_file

from common.models import SiteDocument, SiteImage, SiteRendition
from vocabulary.blocks import ContentWithTerms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _work_at_once(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}


@pytest.fixture
def image() -> SiteImage:
    return SiteImage.objects.create(title="K", file=get_test_image_file(size=(1200, 800)))


def shown(*blocks: tuple[str, Any]) -> str:
    raw = [{"type": kind, "value": value, "id": f"b{number}"} for number, (kind, value) in enumerate(blocks)]
    body = ContentWithTerms().to_python(raw)
    return Template("{% stream body %}").render(Context({"body": body}))


def figure(image: SiteImage) -> tuple[str, Any]:
    return "figure", {"image": image.pk, "alt": "Kaksi ihmistä", "caption": "", "credit": ""}


def video(poster: SiteImage | None) -> tuple[str, Any]:
    film = SiteDocument.objects.create(title="V", file=get_test_image_file("v.mp4"))
    captions = SiteDocument.objects.create(title="C", file=get_test_image_file("v.vtt"), language="fi")
    rest = {"duration": "", "transcript": "<p>Puhetta</p>", "poster": poster and poster.pk}
    return "video", {"title": "V", "video": film.pk, "captions": captions.pk, **rest}


def test_all_sizes_are_there_when_the_image_has_come(image: SiteImage) -> None:
    made = set(SiteRendition.objects.values_list("pk", flat=True))
    assert len(made) == 5
    shown(figure(image), video(image))
    assert set(SiteRendition.objects.values_list("pk", flat=True)) == made


def attributes(html: str, tag: str) -> dict[str, str]:
    """Those of the first such tag."""
    found = re.search(rf"<{tag} ([^>]*)>", html)
    assert found
    return dict(re.findall(r'([\w-]+)="([^"]*)"', found[1]))


def test_a_picture_has_its_room_and_two_formats_of_two_widths(image: SiteImage) -> None:
    html = shown(figure(image))
    source, picture = attributes(html, "source"), attributes(html, "img")
    assert source["type"] == "image/avif"
    assert re.fullmatch(r"\S+[.]avif 480w, \S+[.]avif 1000w", source["srcset"])
    assert re.fullmatch(r"\S+[.]webp 480w, \S+[.]webp 1000w", picture["srcset"])
    assert source["sizes"] == picture["sizes"] != ""
    assert (picture["width"], picture["height"]) == ("480", "320")


def test_only_pictures_near_the_top_are_fetched_at_once(image: SiteImage) -> None:
    text = ("text", "<p>Tekstiä.</p>")
    first, second = re.findall(r"<img [^>]*>", shown(text, figure(image), text, figure(image)))
    assert 'loading="eager"' in first
    assert 'fetchpriority="high"' in first
    assert 'loading="lazy"' in second
    assert "fetchpriority" not in second


def test_a_video_has_the_room_of_its_poster(image: SiteImage) -> None:
    film = attributes(shown(video(image)), "video")
    assert film["poster"].endswith(".webp")
    assert (film["width"], film["height"]) == ("1000", "666")
    assert "poster" not in shown(video(None))

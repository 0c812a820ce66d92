"""The same page in the other languages: where the language switcher leads."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Page

from common import languages
from common.trail import Trail, to_page

OWN_NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}
# What the address that asks for the language of the administration calls the page that one comes from.
BACK = "sivu"


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the switcher. `exists` tells whether the content itself is in that language."""

    code: str
    url: str
    exists: bool

    @property
    def name(self) -> str:
        return OWN_NAMES[self.code]

    @property
    def is_current(self) -> bool:
        return self.code == languages.current()


def of_path(path: str) -> list[LanguageLink]:
    if path.startswith(reverse("wagtailadmin_home")):
        return of_administration(path)
    bare = languages.without_prefix(path)
    return [LanguageLink(code, languages.prefix(code) + bare, exists=True) for code in languages.codes()]


def of_administration(path: str) -> list[LanguageLink]:
    """Its addresses name no language, since its reader has chosen one: the switcher leads to where one chooses."""
    back = urlencode({BACK: path})
    return [
        LanguageLink(code, f"{reverse('administration_language', args=[code])}?{back}", exists=True)
        for code in languages.codes()
    ]


def of_page(page: Page, request: HttpRequest | None = None, way: Trail | None = None) -> list[LanguageLink]:
    """Where the page is in each language; `way` is the way to it, where that is known already.

    What is only in Finnish has an address in the other languages too, where it says so: the nearest section
    that is translated, and the Finnish path from there. What has no Finnish version leads to the nearest page
    above it that is in the language.
    """
    way = way or getattr(page, "trail", None) or to_page(page)
    links = []
    for code in languages.codes():
        translation = way.live_in(page, code)
        url = _url(translation, request) if translation else _stand_in_url(page, way, code, request)
        links.append(LanguageLink(code, url, exists=translation is not None))
    return links


def _url(page: Page, request: HttpRequest | None) -> str:
    return page.get_url(request) or "/"


def _stand_in_url(page: Page, way: Trail, code: str, request: HttpRequest | None) -> str:
    finnish = way.live_in(page, settings.LANGUAGE_CODE)
    for step in reversed(way.steps):
        section = way.live_in(step, code)
        if section is None or step.pk == page.pk:
            continue
        base = _url(section, request)
        finnish_section = way.live_in(step, settings.LANGUAGE_CODE)
        if finnish is None or finnish_section is None:
            return base
        return base + _url(finnish, request).removeprefix(_url(finnish_section, request))
    return f"{languages.prefix(code)}/"

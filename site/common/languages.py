"""The same page in the other languages: where the language switcher leads."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

OWN_NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}

Versions = dict[uuid.UUID, dict[str, Page]]


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
        return self.code == (get_language() or settings.LANGUAGE_CODE)[:2]


def codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def prefix(code: str) -> str:
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


def without_prefix(path: str) -> str:
    """The path as Finnish has it: the address of a view differs between languages by its prefix alone."""
    for code in codes():
        start = f"/{code}/"
        if code != settings.LANGUAGE_CODE and path.startswith(start):
            return path[len(start) - 1 :]
    return path


def of_path(path: str) -> list[LanguageLink]:
    bare = without_prefix(path)
    return [LanguageLink(code, prefix(code) + bare, exists=True) for code in codes()]


def of_page(page: Page, request: HttpRequest | None = None) -> list[LanguageLink]:
    """Where the page is in each language.

    What is only in Finnish has an address in the other languages too, where it says so: the nearest section
    that is translated, and the Finnish path from there. What has no Finnish version leads to the nearest page
    above it that is in the language.
    """
    above = getattr(page, "crumbs", None)
    if above is None:
        above = list(page.get_ancestors().filter(depth__gt=1).defer_streamfields())
    trail = [page, *reversed(above)]
    versions = _versions(trail)
    links = []
    for code in codes():
        translation = versions[page.translation_key].get(code)
        url = _url(translation, request) if translation else _stand_in_url(trail, versions, code, request)
        links.append(LanguageLink(code, url, exists=translation is not None))
    return links


def _url(page: Page, request: HttpRequest | None) -> str:
    return page.get_url(request) or "/"


def _versions(trail: Sequence[Page]) -> Versions:
    """The live pages of each translation group on the way up, by language; one query."""
    versions: Versions = {each.translation_key: {} for each in trail}
    pages = Page.objects.filter(translation_key__in=versions, live=True, depth__gt=1).select_related("locale")
    for each in pages.defer_streamfields():
        versions[each.translation_key][each.locale.language_code] = each
    return versions


def _stand_in_url(trail: Sequence[Page], versions: Versions, code: str, request: HttpRequest | None) -> str:
    finnish = versions[trail[0].translation_key].get(settings.LANGUAGE_CODE)
    for each in trail[1:]:
        section = versions[each.translation_key]
        if code not in section:
            continue
        base = _url(section[code], request)
        if finnish is None or settings.LANGUAGE_CODE not in section:
            return base
        return base + _url(finnish, request).removeprefix(_url(section[settings.LANGUAGE_CODE], request))
    return f"{prefix(code)}/"

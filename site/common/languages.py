"""The same page in the other languages: where the language switcher leads."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

OWN_NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}


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

    What is only in Finnish has an address in the other languages too, where it says so. What has no
    Finnish version leads to the nearest page above it that has one.
    """
    urls = _urls_of_translations(page, request)
    finnish = urls.get(settings.LANGUAGE_CODE) or _nearest_finnish(page, request)
    return [
        LanguageLink(code, urls[code], exists=True)
        if code in urls
        else LanguageLink(code, prefix(code) + finnish, exists=False)
        for code in codes()
    ]


def _urls_of_translations(page: Page, request: HttpRequest | None) -> dict[str, str]:
    pages = Page.objects.filter(translation_key=page.translation_key, live=True).select_related("locale")
    return {each.locale.language_code: each.get_url(request) or "/" for each in pages.defer_streamfields()}


def _nearest_finnish(page: Page, request: HttpRequest | None) -> str:
    """The address of the nearest ancestor that is live in Finnish; the front page at last."""
    keys = list(page.get_ancestors().order_by("-depth").values_list("translation_key", flat=True))
    in_finnish = {
        each.translation_key: each
        for each in Page.objects.filter(
            translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE, live=True, depth__gt=1
        )
    }
    nearest = next((in_finnish[key] for key in keys if key in in_finnish), None)
    return (nearest.get_url(request) if nearest else None) or "/"

"""What a page is about, told to search engines in the words of schema.org (JSON-LD).

Each area says it of its own pages in a `schema.py`. A data block is not a script: the content security policy lets
it stand, and nothing in it runs. Its text is escaped so that it cannot end the block.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from wagtail.models import Page

    from common.models import BasePage

Thing = dict[str, Any]
Context = Mapping[str, Any]

# What could end the block, or be read as something else inside HTML.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"}


def script(things: Iterable[Thing]) -> SafeString:
    """The things as one data block; nothing where there are none."""
    graph = [filled(thing) for thing in things]
    if not graph:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(ESCAPES)))


def filled(value: Any) -> Any:
    """The same without what is empty: a property that is not known is not told."""
    if isinstance(value, dict):
        parts = {key: filled(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [part for part in map(filled, value) if part not in (None, "", [], {})]
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    return float(value) if isinstance(value, Decimal) else str(value)


def absolute(path: str | None) -> str:
    return f"{settings.SITE_URL}{path}" if path else ""


def of_page(kind: str | list[str], page: "BasePage", context: Context, **rest: Any) -> Thing:
    """A thing that the page presents, with what every page has. An invented one says that it is."""
    url = address(page, context)
    picture = context.get("picture")
    example = rest.pop("is_example", page.is_example)
    return {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.meta_description,
        "inLanguage": page.locale.language_code,
        "image": absolute(picture.url) if picture else "",
        "disambiguatingDescription": _("Invented example") if example else "",
        **rest,
    }


def address(page: "Page", context: Context) -> str:
    return absolute(page.get_url(context.get("request")))


def named(kind: str, page: "Page", context: Context, **rest: Any) -> Thing:
    """A thing that another page presents, by its name and address."""
    return {"@type": kind, "@id": address(page, context), "url": address(page, context), "name": page.title, **rest}


def site() -> Thing:
    """Who publishes the site."""
    key = f"{settings.SITE_URL}/#site"
    return {"@type": "Organization", "@id": key, "name": settings.SITE_NAME, "url": settings.SITE_URL}


def hours(amount: Decimal | float | None) -> str:
    """A length of work as ISO 8601 has it: PT135H, PT40M."""
    minutes = round(float(amount) * 60) if amount else 0
    whole, rest = divmod(minutes, 60)
    return f"PT{f'{whole}H' if whole else ''}{f'{rest}M' if rest else ''}" if minutes else ""


def breadcrumbs(page: "BasePage", context: Context) -> Thing:
    """The way from the front page down; the page itself is the last step."""
    steps = [*page.crumbs, page]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": _("Front page") if position == 1 else step.title,
                "item": address(step, context),
            }
            for position, step in enumerate(steps, start=1)
        ],
    }

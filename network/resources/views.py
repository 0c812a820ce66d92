"""What the resource list and a resource's page show beside their own fields."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from common import languages
from common.filters import Used, choice_filter, of_type, year_filter
from common.listing import Filter, Listing
from common.permissions import is_public
from common.querysets import shown_in

if TYPE_CHECKING:
    from django.http import HttpRequest

    from common.models import SiteDocument
    from network.resources.models import ResourcePage
    from network.resources.querysets import ResourceQuerySet

RESOURCES_PER_PAGE = 12
# Whole pixels, as the width and height of a picture on a page are; without them the room that it is drawn in.
SVG_SIZES = (
    re.compile(rb'<svg [^>]*\bwidth="(\d+)[.\d]*" height="(\d+)[.\d]*"'),
    re.compile(rb'<svg [^>]*\bviewBox="[-.\d]+ [-.\d]+ (\d+)[.\d]* (\d+)[.\d]*"'),
)


def resource_list(request: "HttpRequest") -> dict[str, Any]:
    """The resources that fit the filters, the latest first."""
    from network.resources.models import ResourcePage

    language = languages.current()
    resources = ResourcePage.objects.in_language(language)
    return {"listing": Listing(request, resources.for_cards(), _filters(resources, language), RESOURCES_PER_PAGE)}


def _filters(resources: "ResourceQuerySet", language: str) -> list[Filter]:
    from network.resources.models import ResourcePage

    used = Used(resources, columns=["type", "year"], terms=["publisher"], pages=["themes"])
    themes = used.pages("themes", ResourcePage._meta.get_field("themes").related_model, language)
    return [
        choice_filter("tyyppi", _("Type"), of_type(ResourcePage.Type.choices, used.values("type")), "type"),
        choice_filter("julkaisija", _("Publisher"), used.terms("publisher"), "publisher__code"),
        choice_filter("teema", _("Theme"), themes, "themes__slug"),
        year_filter("vuosi", _("Year"), used.values("year"), "year"),
    ]


def resource_surroundings(page: "ResourcePage") -> dict[str, Any]:
    """Whose the resource is, what it is about, and other resources of the same themes."""
    language = languages.current()
    publisher = page.publisher
    publisher_pages = publisher.pages.in_language(language) if publisher else None
    return {
        "publisher_page": publisher_pages.select_related("locale").first() if publisher_pages is not None else None,
        "drawing": drawing_of(page.document),
        "themes": shown_in(language, page.themes.all()),
        "topics": list(page.phenomena.all()),
    }


class Drawing(NamedTuple):
    """A file that the page shows as a picture, with its size where the file tells it."""

    document: "SiteDocument"
    width: str
    height: str


def drawing_of(document: "SiteDocument | None") -> Drawing | None:
    """The resource's file, where it is a drawing that everyone may open."""
    if document is None or document.kind != "SVG" or not is_public(document):
        return None
    try:
        with document.open_file() as file:
            start = file.read(1_000)
    except OSError:
        return None
    size = next(filter(None, (each.search(start) for each in SVG_SIZES)), None)
    width, height = size.groups() if size else (b"", b"")
    return Drawing(document, width.decode(), height.decode())

"""What the resource list and a resource's page show beside their own fields."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.filters import choice_filter, page_filter, year_filter
from common.listing import Filter, Listing
from common.querysets import shown_in

if TYPE_CHECKING:
    from django.http import HttpRequest

    from network.resources.models import ResourcePage
    from network.resources.querysets import ResourceQuerySet

RESOURCES_PER_PAGE = 12


def resource_list(request: "HttpRequest", language: str) -> dict[str, Any]:
    """The resources that fit the filters, the latest first."""
    from network.resources.models import ResourcePage

    language = get_language() or language
    resources = ResourcePage.objects.in_language(language)
    return {"listing": Listing(request, resources.for_cards(), _filters(resources, language), RESOURCES_PER_PAGE)}


def _filters(resources: "ResourceQuerySet", language: str) -> list[Filter]:
    from network.resources.models import ResourcePage

    types_and_years = set(resources.order_by().values_list("type", "year").distinct())
    types = {kind for kind, _year in types_and_years}
    publishers: Any = ResourcePage._meta.get_field("publisher").related_model
    themes: Any = ResourcePage._meta.get_field("themes").related_model
    used = resources.order_by()
    return [
        choice_filter(
            "tyyppi",
            _("Type"),
            [(value, str(label)) for value, label in ResourcePage.Type.choices if value in types],
            "type",
        ),
        choice_filter(
            "julkaisija",
            _("Publisher"),
            [(each.code, each.name) for each in publishers.objects.filter(resources__in=used).distinct()],
            "publisher__code",
        ),
        page_filter("teema", _("Theme"), themes.objects.filter(resources__in=used).distinct(), "themes", language),
        year_filter("vuosi", _("Year"), {year for _kind, year in types_and_years}, "year"),
    ]


def resource_surroundings(page: "ResourcePage") -> dict[str, Any]:
    """Whose the resource is, what it is about, and other resources of the same themes."""
    language = get_language() or page.locale.language_code
    publisher = page.publisher
    publisher_pages = publisher.pages.in_language(language) if publisher else None
    return {
        "publisher_page": publisher_pages.select_related("locale").first() if publisher_pages is not None else None,
        "themes": shown_in(language, page.themes.all()),
        "topics": list(page.phenomena.all()),
    }

"""What the directory and an organisation's page show beside their own fields."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, prefetch_related_objects
from django.utils.translation import gettext as _

from common import languages
from common.addresses import host_of
from common.collation import in_order
from common.filters import choice_filter, narrowed, of_type
from common.listing import Filter, Listing, TextFilter
from common.querysets import pages_of, related_pages
from network.organisations.relations import current_first, successor_in, told
from network.organisations.tilemap import WHOLE_COUNTRY, TileMap, counted
from vocabulary.models import Region

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from network.organisations.models import OrganisationPage

ORGANISATIONS_PER_PAGE = 12
SHOWN_OF_EACH = 8
NAMES = ("name_fi", "name_sv", "name_en", "short_name")


def directory(request: "HttpRequest") -> dict[str, Any]:
    """The organisations that fit the filters, and how many of them there are in each region."""
    from network.organisations.models import OrganisationPage

    pages = OrganisationPage.objects.in_language(languages.current())
    filters = _filters()
    name = TextFilter("nimi", _("Name of the organisation"), _with_name)
    # The map counts what each region would show: every filter but the region itself is in force.
    regions = counted(Listing(request, pages, filters, text=name).filtered)
    listing = Listing(request, pages.for_cards(), [_region_filter(regions), *filters], ORGANISATIONS_PER_PAGE, name)
    return {"listing": listing, "map": TileMap.of(regions, listing.links["alue"])}


def _filters() -> list[Filter]:
    from network.organisations.models import Organisation

    types = of_type(Organisation.Type.choices, set(Organisation.Type.values))
    return [
        choice_filter("tyyppi", _("Type"), types, "organisation__type"),
        Filter(
            "avainkumppani",
            _("Key partners"),
            [("kylla", _("Key partners only"))],
            lambda rows, _values: rows.filter(organisation__is_key_partner=True),
        ),
    ]


def _region_filter(regions: Sequence[Region]) -> Filter:
    places = [*((region.code, region.short_name) for region in regions), (WHOLE_COUNTRY, _("Whole country"))]
    return Filter("alue", _("Region"), places, _in_places, several=False, links_from=_("All regions"))


def _in_places(rows: "QuerySet[Any]", values: list[str]) -> "QuerySet[Any]":
    if WHOLE_COUNTRY in values:
        return rows.filter(organisation__is_national=True)
    return narrowed(rows, "organisation__regions__code", values)


def _with_name(rows: "QuerySet[Any]", typed: str) -> "QuerySet[Any]":
    # SQLite folds the case of English letters only, so the usual ways to write a Finnish name are tried.
    spellings = {typed, typed.lower(), typed.upper(), typed.capitalize(), typed.title()}
    found = Q()
    for spelling in spellings:
        for name in NAMES:
            found |= Q(**{f"organisation__{name}__icontains": spelling})
    return rows.filter(found)


def organisation_surroundings(page: "OrganisationPage") -> dict[str, Any]:
    """The organisation's relations both ways, and what it has written, published, arranged and teaches."""
    language = languages.current()
    organisation = page.organisation
    prefetch_related_objects([organisation], "task_areas", "regions", "contacts")
    relations = current_first(organisation)
    others = {relation.to_id for relation in relations} | {relation.organisation_id for relation in relations}
    related_pages = type(page).objects.in_language(language).filter(organisation__in=others)
    page_of = {each.organisation_id: each for each in related_pages.select_related("locale").defer_streamfields()}
    events = pages_of(organisation.events.all(), language).for_cards().order_by("-first_starts", "-pk")
    return {
        "organisation": organisation,
        "website_host": host_of(organisation.website),
        "relations": told(organisation, relations, page_of),
        "successor": successor_in(organisation, relations, page_of),
        "posts": list(organisation.posts.in_language(language).for_cards()[:SHOWN_OF_EACH]),
        "resources": list(organisation.resources.in_language(language).for_cards()[:SHOWN_OF_EACH]),
        "events": list(events[:SHOWN_OF_EACH]),
        "courses": _courses(page, language),
    }


def _courses(page: "OrganisationPage", language: str) -> list[tuple[Any, list[str]]]:
    """Course pages with what the organisation does for each, in the editor's order; one query."""
    roles = page.organisation.course_roles.model
    rows = (
        related_pages(roles._meta.get_field("course").related_model, "pages", language)
        .filter(course__institutions__organisation=page.organisation)
        .annotate(role=F("course__institutions__role"), place=F("course__institutions__sort_order"))
        .select_related("locale")
        .defer_streamfields()
        .order_by(in_order("title"), "pk", "place")
    )
    label_of = dict(roles.Role.choices)
    of_each = (list(same) for _pk, same in groupby(rows, key=lambda row: row.pk))
    return [(same[0], [str(label_of[row.role]) for row in same]) for same in of_each]

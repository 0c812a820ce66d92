"""What the event list and an event's page show beside their own fields, and calendar files."""

import uuid
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common import languages
from common.filters import Used, choice_filter, of_type, year_filter
from common.listing import Filter, Listing
from common.querysets import pages_of, shown_in
from network.events.calendar import calendar_of, calendar_of_many
from network.events.times import when

if TYPE_CHECKING:
    from network.events.models import EventPage
    from network.events.querysets import EventPageQuerySet

EVENTS_PER_PAGE = 12
EVENTS_IN_CALENDAR = 200
PAST = "menneet"
# What the filters look at.
TYPE = "event__type"
REGION = "event__organisers__regions__code"
THEME = "event__themes__slug"
YEAR = "event__sessions__starts__year"
CALENDAR_TYPE = "text/calendar; charset=utf-8"


def event_list(request: HttpRequest) -> dict[str, Any]:
    """Coming events, or past ones where the address asks for them, narrowed by its filters."""
    from network.events.models import EventPage

    language = languages.current()
    now = timezone.now()
    pages = EventPage.objects.in_language(language)
    is_past = request.GET.get("aika") == PAST
    rows = pages.for_cards().past_at(now) if is_past else pages.for_cards().coming_at(now)
    listing = Listing(request, rows, _filters(pages, _used_in(pages, rows), language), EVENTS_PER_PAGE)
    return {"listing": listing, "is_past": is_past, "ways_out": _ways_out(listing, is_past)}


def _ways_out(listing: Listing["EventPage"], is_past: bool) -> list[tuple[str, str]]:
    """Where an empty list leads: fewer filters, or the other list."""
    coming, past = listing.links["aika"]
    fewer = [(listing.clear_url, _("Remove filters"))] if listing.active_count else []
    other = (coming.url, _("Coming events")) if is_past else (past.url, _("Past events"))
    return [*fewer, other]


def _used_in(pages: "EventPageQuerySet", rows: "EventPageQuerySet") -> Used:
    """What those rows have: a choice of the other list alone would leave this one empty."""
    # The times that the rows are chosen by are of all sessions, so the rest is asked outside.
    return Used(pages.filter(pk__in=rows.order_by().values("pk")), columns=[TYPE, REGION, THEME, YEAR])


def _filters(pages: "EventPageQuerySet", here: Used, language: str) -> list[Filter]:
    """The filters, with every value that an address may ask for; offered are those of the list shown."""
    from network.events.models import Event

    used = Used(
        pages,
        columns=[TYPE],
        terms=["event__organisers__regions:short"],
        pages=["event__themes"],
    )
    themes = used.pages("event__themes", Event._meta.get_field("themes").related_model, language)
    regions = used.terms("event__organisers__regions")
    types = of_type(Event.Type.choices, used.values(TYPE))
    return [
        # Which of the two lists it is decides the order too, so `event_list` applies it.
        Filter(
            "aika", _("When"), [(PAST, _("Past"))], lambda rows, _values: rows, several=False, links_from=_("Coming")
        ),
        choice_filter("tyyppi", _("Type"), types, TYPE, offered=here.values(TYPE)),
        choice_filter("alue", _("Region of the organiser"), regions, REGION, offered=here.values(REGION)),
        choice_filter("teema", _("Theme"), themes, THEME, offered=here.values(THEME)),
        year_filter("vuosi", _("Year"), here.values(YEAR), YEAR),
    ]


def event_surroundings(page: "EventPage") -> dict[str, Any]:
    """The event's times, organisers, themes and the other events of its series."""
    from network.events.models import EventPage

    language = languages.current()
    event = page.event
    organisers = list(event.organisers.all())
    organiser_pages = pages_of(type(organisers[0]).objects.filter(events=event), language) if organisers else []
    page_of = {each.organisation_id: each for each in organiser_pages}
    series = EventPage.objects.in_language(language).for_cards().order_by("first_starts", "pk")
    now = timezone.now()
    return {
        "event": event,
        "times": [(session, when(event, session), session.ends < now) for session in page.sessions],
        "is_past": page.is_past,
        "has_exact_date": event.date_precision == event.DatePrecision.DAY,
        "organisers": [(organisation, page_of.get(organisation.pk)) for organisation in organisers],
        "themes": shown_in(language, event.themes.all()),
        "series": list(series.filter(event__series=event.series).exclude(event=event)) if event.series else [],
    }


@require_safe
def event_calendar(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The event as a calendar file; there is none before its days are known."""
    from network.events.models import Event, EventPage

    pages = EventPage.objects.in_language(languages.current()).for_cards()
    exact = pages.filter(event__date_precision=Event.DatePrecision.DAY, first_starts__isnull=False)
    # One page in a language is a rule of ours, not of the database: a second would be no reason to fail.
    page = exact.filter(event__public_id=public_id).order_by("pk").first()
    if page is None:
        raise Http404
    response = HttpResponse(calendar_of(page, request), content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.ics"'
    return response


@require_safe
def coming_calendar(request: HttpRequest) -> HttpResponse:
    """All coming events for subscribing; cancelled ones stay, marked so, until their time has passed."""
    from network.events.models import Event, EventPage

    pages = EventPage.objects.in_language(languages.current()).for_cards().coming_at(timezone.now())
    exact = pages.filter(event__date_precision=Event.DatePrecision.DAY)
    body = calendar_of_many(list(exact[:EVENTS_IN_CALENDAR]), request)
    return HttpResponse(body, content_type=CALENDAR_TYPE)

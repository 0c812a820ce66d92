"""Pages for tests: the least that is valid, under the lists that the migrations have made."""

import datetime
from collections.abc import Iterable
from itertools import count
from typing import Any, TypeVar

from django.utils import timezone
from wagtail.models import Locale, Page

from blog.models import BlogIndexPage, PostPage
from home.models import HomePage, StandardPage
from learning.themes.models import ThemeIndexPage, ThemePage
from network.events.models import Event, EventIndexPage, EventPage, Session
from network.organisations.models import Organisation, OrganisationIndexPage, OrganisationPage
from network.resources.models import ResourceIndexPage, ResourcePage
from vocabulary.models import ActorGroup, Phenomenon, Region, TaskArea

P = TypeVar("P", bound=Page)
T = TypeVar("T", ActorGroup, Phenomenon, TaskArea)
_numbers = count(1)

OUTSIDE = "https://www.example.org/report"


def list_page(model: type[P], language: str = "fi") -> P:
    """The list of a section in the language."""
    found: P = model.objects.get(locale__language_code=language)
    return found


def translated(page: P, language: str, **fields: Any) -> P:
    """A live translation of the page, under the translation of its parent."""
    copy: P = page.copy_for_translation(list_page(type(page.get_parent().specific), language).locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


def post(**fields: Any) -> PostPage:
    """A post of today. Many-to-many fields are given as lists."""
    values = {"author_title": "Sosiaalityöntekijä", "body": "<p>Teksti.</p>", "lead": "Ingressi.", **fields}
    return _page(list_page(BlogIndexPage), PostPage, "Kirjoitus", values, ["phenomena", "themes", "methods"])


def theme(**fields: Any) -> ThemePage:
    return _page(list_page(ThemeIndexPage), ThemePage, "Teema", fields, ["task_areas"])


def organisation(**fields: Any) -> Organisation:
    """An NGO, without a page. Regions are given as a list."""
    number = next(_numbers)
    regions = fields.pop("regions", [])
    values = {"name_fi": f"Yhdistys {number}", "code": f"yhdistys-{number}", "type": Organisation.Type.NGO, **fields}
    made = Organisation(**values)
    made.regions = regions
    made.save()
    return made


def organisation_page(about: Organisation | None = None, **fields: Any) -> OrganisationPage:
    about = about or organisation()
    values = {"title": about.name_fi, "organisation": about, "lead": "Mitä teemme.", **fields}
    return _page(list_page(OrganisationIndexPage), OrganisationPage, "Yhdistys", values, [])


def event(sessions: Iterable[tuple[datetime.datetime, datetime.datetime]] | None = None, **fields: Any) -> Event:
    """A confirmed online forum that is held in a week, without a page."""
    number = next(_numbers)
    related = {name: fields.pop(name) for name in ("organisers", "themes", "task_areas") if name in fields}
    values = {
        "name_fi": f"Foorumi {number}",
        "code": f"foorumi-{number}",
        "type": Event.Type.FORUM,
        "format": Event.Format.REMOTE,
        "status": Event.Status.CONFIRMED,
        "programme_status": Event.ProgrammeStatus.CONFIRMED,
        **fields,
    }
    made = Event(**values)
    for name, rows in related.items():
        setattr(made, name, rows)
    next_week = timezone.now().replace(microsecond=0) + datetime.timedelta(days=7)
    times = [(next_week, next_week + datetime.timedelta(hours=2))] if sessions is None else sessions
    made.save()
    for starts, ends in times:
        Session.objects.create(event=made, starts=starts, ends=ends)
    return made


def event_page(about: Event | None = None, **fields: Any) -> EventPage:
    about = about or event()
    values = {"title": about.name_fi, "event": about, "lead": "Tule mukaan.", **fields}
    return _page(list_page(EventIndexPage), EventPage, "Foorumi", values, [])


def resource(**fields: Any) -> ResourcePage:
    """A guide on another site unless a document is given."""
    link = {} if "document" in fields else {"external_url": OUTSIDE}
    values = {"type": ResourcePage.Type.GUIDE, "year": 2026, "lead": "Opas.", **link, **fields}
    return _page(list_page(ResourceIndexPage), ResourcePage, "Opas", values, ["themes", "task_areas", "phenomena"])


def standing_page(title: str, **fields: Any) -> StandardPage:
    """A page under the Finnish front page, which is made where a test has deleted it."""
    front = HomePage.objects.filter(locale=Locale.get_default()).first()
    if front is None:
        front = HomePage(title="Etusivu", slug="etusivu-2", hero="Etusivu", locale=Locale.get_default())
        Page.get_first_root_node().add_child(instance=front)
    page = StandardPage(title=title, locale=front.locale, **fields)
    front.add_child(instance=page)
    return page


def term(model: type[T], code: str, **fields: Any) -> T:
    """A term of a vocabulary; the Finnish name is the code with a capital unless given."""
    made: T = model.objects.get_or_create(code=code, defaults={"name_fi": code.capitalize(), **fields})[0]
    return made


def region(code: str, name: str, row: int, column: int) -> Region:
    return Region.objects.get_or_create(
        code=code,
        defaults={
            "name_fi": name,
            "short_fi": name,
            "tile_label": name[:4],
            "region_name": name,
            "row": row,
            "column": column,
        },
    )[0]


def _page(parent: Page, model: type[P], title: str, fields: dict[str, Any], many: list[str]) -> P:
    number = next(_numbers)
    related = {name: fields.pop(name) for name in many if name in fields}
    page = model(**{"title": f"{title} {number}", "slug": f"{model.__name__.lower()}-{number}", **fields})
    page.locale = parent.locale
    for name, rows in related.items():
        setattr(page, name, rows)
    made: P = parent.add_child(instance=page)
    return made

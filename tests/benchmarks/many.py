"""A site with as many pages as one likes, made in seconds: `python -m tests.benchmarks.many 10000`.

The rows go straight into the tables: treebeard makes a page in some thirty milliseconds, a bulk insert in less than
one. What is made looks like what editors make: every kind of page in its section, with vocabulary and relations to
the others, most of it in Finnish alone, most events over.
"""

import datetime
import json
import os
import random
import sys
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

WORDS = (
    "rakenteellinen sosiaalityö yhteisö osallisuus asuminen toimeentulo havainto raportti päätös verkosto palvelu"
    " asiakas kunta järjestö nuori perhe yksinäisyys vaikuttavuus tieto kehittäminen kokemus oikeus muutos selvitys"
).split()
# How many of a thousand pages are of each kind.
SHARES = {"posts": 500, "events": 180, "resources": 150, "organisations": 140, "themes": 10, "lessons": 20}
TRANSLATED_ONE_IN = 20
MODULES, LESSONS = 5, 10
CHUNK = 500


@dataclass
class Maker:
    """Makes pages under their sections and remembers them for the relations of others."""

    dice: random.Random = field(default_factory=lambda: random.Random(1))
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def text(self, words: int) -> str:
        return " ".join(self.dice.choices(WORDS, k=words)).capitalize() + "."

    def html(self, paragraphs: int) -> str:
        return "".join(f"<p>{self.text(60)}</p>" for _ in range(paragraphs))

    def some(self, things: Sequence[Any], most: int) -> list[Any]:
        return self.dice.sample(things, min(len(things), self.dice.randint(0, most)))

    def pages(self, model: Any, parent: Any, values: Iterable[dict[str, Any]]) -> list[Any]:
        """Insert live pages below the parent: first the rows that all pages have, then those of the type."""
        from django.contrib.contenttypes.models import ContentType
        from django.db.models import Max
        from django.utils import timezone
        from wagtail.models import Page

        kind = ContentType.objects.get_for_model(model)
        last = parent.get_last_child()
        step = int(last.path[-Page.steplen :], 36) if last else 0
        key = int(Page.objects.aggregate(last=Max("pk"))["last"])
        made = []
        for each in values:
            step, key, number = step + 1, key + 1, next(self.numbers)
            now = timezone.now() - datetime.timedelta(hours=number)
            page = model(
                **{"title": self.text(4).rstrip("."), "lead": self.text(12), **each},
                id=key,
                page_ptr_id=key,
                slug=f"sivu-{number}",
                path=Page._get_path(parent.path, parent.depth + 1, step),
                depth=parent.depth + 1,
                locale_id=parent.locale_id,
                content_type=kind,
                first_published_at=now,
                last_published_at=now,
            )
            page.draft_title, page.url_path = page.title, f"{parent.url_path}{page.slug}/"
            made.append(page)
        _insert(Page, made)
        _insert(model, made)
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(made))
        parent.refresh_from_db()
        return made


def _insert(model: Any, rows: Sequence[Any]) -> None:
    """Insert one table of rows that have several, which `bulk_create` refuses; texts go in as they are."""
    fields = list(model._meta.local_concrete_fields)
    for start in range(0, len(rows), CHUNK):
        model._base_manager._insert(rows[start : start + CHUNK], fields=fields, raw=True, using="default")


def link(rows: Sequence[Any], name: str, targets: Iterable[Sequence[Any]]) -> None:
    """Fill a many-to-many field of the rows in one go."""
    relation = type(rows[0])._meta.get_field(name)
    own, other = relation.m2m_column_name(), relation.m2m_reverse_name()
    through = relation.remote_field.through
    links = [
        through(**{own: row.pk, other: target.pk})
        for row, chosen in zip(rows, targets, strict=True)
        for target in chosen
    ]
    through.objects.bulk_create(links, CHUNK)


def make(amount: int) -> None:
    """Make so many pages, on top of what there is."""
    from django.db import transaction
    from wagtail.models import Locale

    maker = Maker()
    amounts = {name: max(2, amount * share // 1000) for name, share in SHARES.items()}
    with transaction.atomic():
        finnish = Locale.objects.get(language_code="fi")
        themes = make_themes(maker, amounts["themes"], finnish)
        organisations = make_organisations(maker, amounts["organisations"], finnish)
        posts = make_posts(maker, amounts["posts"], finnish, organisations, themes)
        make_events(maker, amounts["events"], finnish, organisations, themes)
        make_resources(maker, amounts["resources"], finnish, organisations, themes)
        make_lessons(maker, amounts["lessons"], finnish)
        translate(maker, posts)


def section(model: Any, locale: Any) -> Any:
    return model.objects.get(locale=locale)


def make_themes(maker: Maker, amount: int, locale: Any) -> list[Any]:
    from django.utils import timezone

    from learning.themes.models import ThemeIndexPage, ThemePage
    from vocabulary.models import TaskArea

    first = timezone.localdate().replace(day=1)
    months = [first - datetime.timedelta(days=31 * back) for back in range(-3, amount - 3)]
    values = ({"month": month.replace(day=1), "body": _stream(maker)} for month in months)
    pages = maker.pages(ThemePage, section(ThemeIndexPage, locale), values)
    areas = list(TaskArea.objects.all())
    link(pages, "task_areas", [maker.dice.sample(areas, 1) for _ in pages])
    return pages


def make_organisations(maker: Maker, amount: int, locale: Any) -> list[Any]:
    from network.organisations.models import Organisation, OrganisationIndexPage, OrganisationPage, Relation
    from vocabulary.models import Region, TaskArea

    names = [f"{maker.text(2).rstrip('.')} {number}" for number in range(amount)]
    types = [Organisation.Type.NGO, Organisation.Type.MUNICIPALITY, Organisation.Type.SERVICE_PROVIDER]
    rows = Organisation.objects.bulk_create(
        [
            Organisation(
                name_fi=name, code=f"yhdistys-{number}", type=maker.dice.choice(types), is_national=number % 9 == 0
            )
            for number, name in enumerate(names)
        ],
        CHUNK,
    )
    regions, areas = list(Region.objects.all()), list(TaskArea.objects.all())
    link(rows, "regions", [maker.some(regions, 2) for _ in rows])
    link(rows, "task_areas", [maker.some(areas, 2) for _ in rows])
    relations = [
        Relation(organisation=row, kind=Relation.Kind.MEMBER_OF, to=other)
        for row in rows
        for other in maker.some(rows, 3)
        if other.pk != row.pk
    ]
    Relation.objects.bulk_create(relations, CHUNK)
    values = ({"title": row.name_fi, "organisation": row, "needs": maker.html(2)} for row in rows)
    maker.pages(OrganisationPage, section(OrganisationIndexPage, locale), values)
    return rows


def make_posts(maker: Maker, amount: int, locale: Any, organisations: list[Any], themes: list[Any]) -> list[Any]:
    from django.utils import timezone

    from blog.models import BlogIndexPage, PostPage
    from vocabulary.models import ActorGroup, Phenomenon, TaskArea

    areas, groups = list(TaskArea.objects.all()), list(ActorGroup.objects.all())
    today = timezone.localdate()
    values = (
        {
            "date": today - datetime.timedelta(days=number),
            "author_title": "Sosiaalityöntekijä",
            "body": maker.html(6),
            "task_area": maker.dice.choice(areas),
            "author_group": maker.dice.choice(groups),
            "organisation": maker.dice.choice(organisations),
        }
        for number in range(amount)
    )
    pages = maker.pages(PostPage, section(BlogIndexPage, locale), values)
    phenomena = list(Phenomenon.objects.all())
    link(pages, "phenomena", [maker.some(phenomena, 3) for _ in pages])
    link(pages, "themes", [maker.some(themes, 1) for _ in pages])
    return pages


def make_events(maker: Maker, amount: int, locale: Any, organisations: list[Any], themes: list[Any]) -> None:
    from network.events.models import Event, EventIndexPage, EventPage, Session
    from vocabulary.models import TaskArea

    rows = Event.objects.bulk_create(
        [
            Event(
                name_fi=maker.text(3).rstrip("."),
                code=f"tapahtuma-{number}",
                type=maker.dice.choice(Event.Type.values),
                format=Event.Format.REMOTE,
                status=Event.Status.CONFIRMED,
            )
            for number in range(amount)
        ],
        CHUNK,
    )
    areas = list(TaskArea.objects.all())
    link(rows, "task_areas", [maker.some(areas, 1) for _ in rows])
    link(rows, "organisers", [maker.some(organisations, 2) for _ in rows])
    link(rows, "themes", [maker.some(themes, 1) for _ in rows])
    now = datetime.datetime.now(datetime.UTC).replace(minute=0, second=0, microsecond=0)
    sessions = []
    for number, row in enumerate(rows):
        # One in twenty is still to come, but not more than a calendar holds.
        days = 7 + number // 20 if number % 20 == 0 and number < 2_000 else -1 - number
        starts = now + datetime.timedelta(days=days)
        times = [starts + datetime.timedelta(days=day) for day in range(maker.dice.randint(1, 2))]
        sessions += [Session(event=row, starts=time, ends=time + datetime.timedelta(hours=2)) for time in times]
    Session.objects.bulk_create(sessions, CHUNK)
    values = ({"title": row.name_fi, "event": row, "body": _stream(maker)} for row in rows)
    maker.pages(EventPage, section(EventIndexPage, locale), values)


def make_resources(maker: Maker, amount: int, locale: Any, organisations: list[Any], themes: list[Any]) -> None:
    from network.resources.models import ResourceIndexPage, ResourcePage
    from vocabulary.models import Phenomenon, TaskArea

    types = [ResourcePage.Type.GUIDE, ResourcePage.Type.PUBLICATION, ResourcePage.Type.SURVEY]
    values = (
        {
            "type": maker.dice.choice(types),
            "publisher": maker.dice.choice(organisations),
            "year": maker.dice.randint(2010, 2026),
            "external_url": "https://www.example.org/opas",
            "body": _stream(maker),
        }
        for _ in range(amount)
    )
    pages = maker.pages(ResourcePage, section(ResourceIndexPage, locale), values)
    for name, model, most in (("task_areas", TaskArea, 2), ("phenomena", Phenomenon, 3)):
        terms = list(model._default_manager.all())
        link(pages, name, [maker.some(terms, most) for _ in pages])
    link(pages, "themes", [maker.some(themes, 1) for _ in pages])


def make_lessons(maker: Maker, amount: int, locale: Any) -> None:
    """Courses of five modules, most of them with ten lessons in each."""
    from learning.courses.models import Course, CourseIndexPage, CoursePage, LessonPage, ModulePage

    names = [f"Kurssi {number}" for number in range(max(1, amount // (MODULES * LESSONS)))]
    each = max(1, amount // (len(names) * MODULES))
    rows = [Course(name_fi=name, code=name.lower().replace(" ", "-"), hours=27) for name in names]
    values = ({"title": row.name_fi, "course": row} for row in Course.objects.bulk_create(rows))
    for course in maker.pages(CoursePage, section(CourseIndexPage, locale), values):
        for module in maker.pages(ModulePage, course, ({"code": f"M{number}"} for number in range(MODULES))):
            maker.pages(LessonPage, module, ({"minutes": 20, "body": _stream(maker)} for _ in range(each)))


def translate(maker: Maker, posts: Sequence[Any]) -> None:
    """Give some of the posts a Swedish translation."""
    from wagtail.models import Locale

    from blog.models import BlogIndexPage, PostPage

    swedish = section(BlogIndexPage, Locale.objects.get(language_code="sv"))
    values = (
        {
            "translation_key": post.translation_key,
            "date": post.date,
            "author_title": "Socialarbetare",
            "body": post.body,
        }
        for post in posts[::TRANSLATED_ONE_IN]
    )
    maker.pages(PostPage, swedish, values)


def _stream(maker: Maker) -> str:
    text = f"<h2>{maker.text(3)}</h2>{maker.html(4)}"
    return json.dumps([{"type": "text", "value": text, "id": str(uuid.UUID(int=maker.dice.getrandbits(128)))}])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    make(int(sys.argv[1]))

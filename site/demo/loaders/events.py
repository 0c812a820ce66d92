"""Event series, events and their pages."""

import uuid
from typing import Any

from demo.content_set import stem_of
from demo.markdown import NAMESPACE, References, to_blocks
from demo.reading import Record
from demo.writing import Writer, give, key_of
from learning.themes.models import ThemePage
from network.events.models import Event, EventIndexPage, EventPage, EventSeries, Session
from network.organisations.models import Organisation
from vocabulary.models import Method, Phenomenon, TaskArea

STATUS_OF_HELD = {"held": Event.Status.CONFIRMED.value}


def load_series(writer: Writer) -> None:
    for record in writer.content.series:
        code = record.text("slug", 60, required=True)
        values = {
            "name_fi": record.text("name_fi", 200, required=True),
            "name_sv": record.text("name_sv", 200),
            "name_en": record.text("name_en", 200),
            "description": record.text("description", 1000),
        }
        if not record.problems and writer.is_new(record):
            writer.row(EventSeries, code, values)
            writer.done(record)


def _sessions(writer: Writer, record: Record) -> list[Session]:
    sessions = []
    for place, row in enumerate(record.rows("sessions")):
        starts = row.moment("starts", writer.day_of(record))
        ends = row.moment("ends", writer.day_of(record))
        if starts and ends and ends <= starts:
            row.problem("ends", "must be after the start")
        if starts and ends:
            public_id = uuid.uuid5(NAMESPACE, f"{record.path}/sessions/{place}")
            sessions.append(
                Session(
                    sort_order=place,
                    public_id=public_id,
                    starts=starts,
                    ends=ends,
                    place=row.text("place", 200),
                    note=row.text("note", 200),
                )
            )
    if not sessions:
        record.problem("sessions", "is empty")
    return sessions


def _values(record: Record) -> dict[str, Any]:
    status = record.text("status")
    record.data["status"] = STATUS_OF_HELD.get(status, status)
    return {
        "name_fi": record.text("title", 200, required=True),
        "name_sv": record.text("title_sv", 200),
        "name_en": record.text("title_en", 200),
        "type": record.choice("type", set(Event.Type.values)),
        "format": record.choice("format", set(Event.Format.values)),
        "place": record.text("place", 200),
        "status": record.choice("status", set(Event.Status.values), default="planned"),
        "programme_status": record.choice("programme_status", set(Event.ProgrammeStatus.values), default="provisional"),
        "date_precision": record.choice("date_precision", set(Event.DatePrecision.values), default="day"),
        "sessions_are_alternatives": record.flag("alternatives"),
    }


def _programme(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "type": "item",
            "id": str(uuid.uuid5(NAMESPACE, f"{record.path}/programme/{place}")),
            "value": {
                "time": row.text("time", 30),
                "title": row.text("title", 200, required=True),
                "speaker": row.text("speaker", 200),
            },
        }
        for place, row in enumerate(record.rows("programme"))
    ]


def load(writer: Writer, references: References) -> None:
    content = writer.content
    parent = EventIndexPage.objects.get(locale=writer.locales["fi"])
    theme_slugs = {stem_of(record) for record in content.themes}
    for record in content.events:
        code = record.text("slug", 60, required=True)
        values = _values(record)
        sessions = _sessions(writer, record)
        series = record.code("series", content.slugs(content.series))
        many: dict[str, Any] = {
            "organisers": Organisation.objects.filter(
                code__in=record.codes("organisers", content.slugs(content.organisations))
            ),
            "themes": ThemePage.objects.filter(
                slug__in=record.codes("themes", theme_slugs), locale=writer.locales["fi"]
            ),
            "task_areas": TaskArea.objects.filter(code__in=record.codes("task_areas", content.codes("task_areas"))),
            "phenomena": Phenomenon.objects.filter(code__in=record.codes("phenomena", content.codes("phenomena"))),
            "methods": Method.objects.filter(code__in=record.codes("methods", content.codes("methods"))),
        }
        page_values = {
            "lead": record.text("lead", 500, required=True),
            "audience": record.text("audience", 300),
            "body": to_blocks(record, references),
            "programme": _programme(record),
            "editor_note": record.text("plausible", 3000),
        }
        if record.problems or not writer.is_new(record):
            continue
        event = Event.objects.filter(code=code).first() or Event(code=code)
        for name, value in {**values, "series_id": key_of(EventSeries, code=series)}.items():
            setattr(event, name, value)
        for name, rows in many.items():
            setattr(event, name, list(rows))
        give(event, "sessions", sessions)
        event.save()
        fictional = any(organisation.is_fictional for organisation in many["organisers"])
        writer.page(EventPage, parent, record, {**page_values, "event": event, "is_example": fictional})
        writer.done(record)

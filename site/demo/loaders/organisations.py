"""Organisations: the rows first, then their relations, since these may point forwards."""

from typing import Any

from wagtail.models import Page

from accounts.models import User
from demo.loaders.accounts import PARTNER_PAGE, account_of
from demo.markdown import References, line_blocks, to_blocks, to_html
from demo.reading import Record
from demo.writing import Writer, give
from network.organisations.models import (
    Contact,
    Organisation,
    OrganisationIndexPage,
    OrganisationPage,
    Relation,
)
from vocabulary.models import Phenomenon, Region, Service, TaskArea

MANY = {"regions": Region, "task_areas": TaskArea, "phenomena": Phenomenon, "services": Service}


def _values(writer: Writer, record: Record) -> dict[str, Any]:
    return {
        "name_fi": record.text("name_fi", 200, required=True),
        "name_sv": record.text("name_sv", 200),
        "name_en": record.text("name_en", 200),
        "short_name": record.text("short_name", 60),
        "type": record.choice("type", set(Organisation.Type.values)),
        "is_national": record.flag("national"),
        "is_key_partner": record.flag("key_partner"),
        "is_fictional": record.flag("fictional"),
        "website": record.text("website", 200),
        "starts": record.date("starts", writer.today),
        "ends": record.date("ends", writer.today),
        "editor_note": _editor_note(record),
    }


def _editor_note(record: Record) -> str:
    """The note on the organisation, and those on its relations."""
    relations = [
        f"{row.text('kind')} {row.text('to')}: {row.text('note_admin', 500)}" for row in record.rows("relations")
    ]
    return "\n".join([record.text("note_admin", 2000), *relations])


def _contacts(record: Record) -> list[Contact]:
    return [
        Contact(
            sort_order=place,
            role_fi=row.text("role", 150, required=True),
            role_sv=row.text("role_sv", 150),
            role_en=row.text("role_en", 150),
            email=row.text("email", 254),
            note=row.text("note", 200),
        )
        for place, row in enumerate(record.rows("contacts"))
    ]


def load_rows(writer: Writer) -> None:
    """Make the organisations without relations."""
    for record in writer.content.organisations:
        code = record.text("slug", 60, required=True)
        values = _values(writer, record)
        contacts = _contacts(record)
        codes = {name: record.codes(name, writer.content.codes(name)) for name in MANY}
        if record.problems or not writer.is_new(record):
            continue
        organisation = Organisation.objects.filter(code=code).first() or Organisation(code=code)
        for name, value in values.items():
            setattr(organisation, name, value)
        for name, model in MANY.items():
            setattr(organisation, name, list(model.objects.filter(code__in=codes[name])))
        give(organisation, "contacts", contacts)
        organisation.save()


def load_pages(writer: Writer, references: References) -> None:
    """Make the relations and the pages, now that every organisation exists."""
    parent = OrganisationIndexPage.objects.get(locale=writer.locales["fi"])
    known = writer.content.slugs(writer.content.organisations)
    keys = dict(Organisation.objects.values_list("code", "pk"))
    for record in writer.content.organisations:
        relations = [
            Relation(
                sort_order=place,
                kind=row.choice("kind", set(Relation.Kind.values)),
                to_id=keys.get(row.code("to", known)),
                starts=row.date("starts", writer.today),
                ends=row.date("ends", writer.today),
                note=row.text("note", 300),
            )
            for place, row in enumerate(record.rows("relations"))
        ]
        record.body = str(record.data.get("body") or "")
        record.data["title"] = record.text("name_fi", 200)
        body = to_blocks(record, references)
        if record.problems or not writer.is_new(record):
            continue
        organisation = Organisation.objects.get(code=record.data["slug"])
        give(organisation, "relations", relations)
        organisation.save()
        _write_page(writer, parent, record, organisation, body)
        writer.done(record)


def _write_page(
    writer: Writer, parent: Page, record: Record, organisation: Organisation, body: list[dict[str, Any]]
) -> None:
    owner: User | None = account_of("kumppani") if organisation.code == PARTNER_PAGE else None
    writer.page(
        OrganisationPage,
        parent,
        record,
        {
            "organisation": organisation,
            "lead": record.text("lead", 500),
            "environment": to_html(record.text("environment", 3000)),
            "needs": to_html(record.text("needs", 3000)),
            "goals": line_blocks(record.lines("goals"), f"{record.path}/goals"),
            "body": body,
            "is_example": organisation.is_fictional,
        },
        owner=owner,
    )

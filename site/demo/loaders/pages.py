"""Front pages, section lists and standing pages, in three languages."""

from typing import Any

import yaml
from wagtail.models import Page

from blog.models import BlogIndexPage
from demo.content_set import language_of, stem_of
from demo.markdown import References, to_blocks
from demo.reading import Record, fingerprint
from demo.writing import Writer
from home.models import AccessibilityStatementPage, HomePage, StandardPage
from learning.courses.models import CourseIndexPage
from learning.themes.models import ThemeIndexPage
from network.events.models import EventIndexPage
from network.organisations.models import OrganisationIndexPage
from network.resources.models import ResourceIndexPage
from vocabulary.models import GlossaryPage

SECTIONS: dict[str, type[Page]] = {
    "themes": ThemeIndexPage,
    "courses": CourseIndexPage,
    "blog": BlogIndexPage,
    "network": OrganisationIndexPage,
    "events": EventIndexPage,
    "resources": ResourceIndexPage,
    "glossary": GlossaryPage,
}
KEYS = {
    "tietoa": StandardPage.Key.ABOUT,
    "yhteystiedot": StandardPage.Key.CONTACT,
    "tietosuoja": StandardPage.Key.PRIVACY,
}
FRONT, STATEMENT = "etusivu", "saavutettavuus"


def load_sections(writer: Writer) -> None:
    """Give the section lists their titles and leads."""
    path = writer.content.root / "pages" / "indexes.yaml"
    data: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for section, model in SECTIONS.items():
        for language, locale in writer.locales.items():
            values = data.get(section, {}).get(language, {})
            record = Record(
                f"pages/indexes.yaml {section} {language}",
                values,
                fingerprint=fingerprint(repr(sorted(values.items()))),
            )
            title, lead = record.text("title", 100, required=True), record.text("lead", 500, required=True)
            description = record.text("meta_description", 155, required=True)
            writer.content.pages.append(record)
            if record.problems or not writer.is_new(record):
                continue
            page = model._default_manager.get(locale=locale)
            page.title, page.search_description = title, description
            page.lead = lead
            page.save_revision().publish()
            writer.done(record)


def _front(writer: Writer, record: Record) -> None:
    hero = record.text("hero", 120, required=True)
    lead = record.text("lead", 500, required=True)
    if record.problems or not writer.is_new(record):
        return
    page = HomePage.objects.get(locale=writer.locales[language_of(record)])
    page.title = record.text("title", 200)
    page.hero, page.lead = hero, lead
    page.search_description = record.text("meta_description", 155)
    page.save_revision().publish()
    writer.done(record)


def _statement_values(writer: Writer, record: Record) -> dict[str, Any]:
    supervisor = Record(record.path, record.data.get("supervisor") or {}, "", record.problems)
    return {
        "lead": record.text("lead", 500, required=True),
        "service": record.text("service", 200, required=True),
        "provider": record.text("provider", 200, required=True),
        "standard": record.text("standard", 200, required=True),
        "status": record.choice("status", set(AccessibilityStatementPage.Status.values)),
        "shortcomings": [
            {
                "type": "shortcoming",
                "value": {
                    "what": row.text("what", 300, required=True),
                    "why": row.text("why", 500, required=True),
                    "when": row.text("when", 200, required=True),
                },
            }
            for row in record.rows("non_conforming")
        ],
        "alternative_access": record.text("alternative_access", 2000, required=True),
        "method": record.choice("method", set(AccessibilityStatementPage.Method.values)),
        "prepared": record.date("prepared", writer.today, required=True),
        "updated": record.date("updated", writer.today, required=True),
        "unit": record.text("unit", 200, required=True),
        "feedback_email": record.text("feedback_email", 254, required=True),
        "feedback_days": record.whole("feedback_days") or 14,
        "supervisor_name": supervisor.text("name", 200, required=True),
        "supervisor_url": supervisor.text("url", 200, required=True),
        "supervisor_email": supervisor.text("email", 254),
    }


def load(writer: Writer, references: References) -> None:
    """Make the standing pages; Finnish ones first, since translations need their original."""
    originals: dict[str, Page] = {}
    for record in sorted(writer.content.pages, key=lambda each: language_of(each) != "fi"):
        if record.path.startswith("pages/indexes.yaml"):
            continue
        record.text("slug", 100, required=True)
        record.text("title", 200, required=True)
        record.text("meta_description", 155, required=True)
        stem, language = stem_of(record), language_of(record)
        if stem == FRONT:
            _front(writer, record)
            continue
        model: type[Page] = AccessibilityStatementPage if stem == STATEMENT else StandardPage
        values = _statement_values(writer, record) if stem == STATEMENT else {"key": KEYS.get(stem, "")}
        values |= {"lead": record.text("lead", 500), "body": to_blocks(record, references)}
        if record.problems:
            continue
        parent = HomePage.objects.get(locale=writer.locales[language])
        page = model._default_manager.child_of(parent).filter(slug=record.data["slug"]).first()
        if page is None or writer.is_new(record):
            page = writer.page(model, parent, record, values, translation_of=originals.get(stem))
            writer.done(record)
        originals.setdefault(stem, page)

"""Vocabularies, regions and the glossary."""

from typing import Any

from django.db import models

from demo.reading import Record
from demo.writing import Writer
from vocabulary.models import (
    ActorGroup,
    CompetenceArea,
    GlossaryTerm,
    Method,
    Phenomenon,
    Region,
    Service,
    TaskArea,
)

MODELS: dict[str, type[models.Model]] = {
    "task_areas": TaskArea,
    "phenomena": Phenomenon,
    "actor_groups": ActorGroup,
    "methods": Method,
    "competence_areas": CompetenceArea,
    "services": Service,
    "regions": Region,
    "glossary": GlossaryTerm,
}


def _names(record: Record, prefix: str) -> dict[str, str]:
    return {
        "name_fi": record.text(f"{prefix}_fi", 200, required=True),
        "name_sv": record.text(f"{prefix}_sv", 200),
        "name_en": record.text(f"{prefix}_en", 200),
    }


def _common(record: Record, prefix: str = "name") -> dict[str, Any]:
    return {
        **_names(record, prefix),
        "aliases": "\n".join(record.lines("aliases")),
        "sort_order": record.whole("order") or 0,
    }


def _region(record: Record) -> dict[str, Any]:
    return {
        **_common(record),
        "sort_order": int(record.text("code", required=True) or 0),
        "short_fi": record.text("short_fi", 60, required=True),
        "short_sv": record.text("short_sv", 60),
        "short_en": record.text("short_en", 60),
        "tile_label": record.text("tile_label", 5, required=True),
        "region_name": record.text("region_name", 60, required=True),
        "cooperation_area": record.text("cooperation_area", 60),
        "municipality_count": record.whole("municipalities") or 0,
        "row": record.whole("row") or 0,
        "column": record.whole("col") or 0,
    }


def _glossary_term(record: Record) -> dict[str, Any]:
    return {
        **_common(record, "term"),
        "aliases_sv": "\n".join(record.lines("aliases_sv")),
        "aliases_en": "\n".join(record.lines("aliases_en")),
        "definition_fi": record.text("definition_fi", 1000, required=True),
        "definition_sv": record.text("definition_sv", 1000),
        "definition_en": record.text("definition_en", 1000),
    }


def _task_area(record: Record) -> dict[str, Any]:
    return {
        **_term(record),
        "tagline_fi": record.text("tagline_fi", 120),
        "tagline_sv": record.text("tagline_sv", 120),
        "tagline_en": record.text("tagline_en", 120),
    }


def _term(record: Record) -> dict[str, Any]:
    return {**_common(record), "description_fi": record.text("description_fi", 1000)}


READERS = {"regions": _region, "glossary": _glossary_term, "task_areas": _task_area}


def load(writer: Writer) -> None:
    for name, records in writer.content.vocabularies.items():
        for record in records:
            code = record.text("code", 60, required=True)
            values = READERS.get(name, _term)(record)
            if not record.problems and writer.is_new(record):
                writer.row(MODELS[name], code, values)
                writer.done(record)

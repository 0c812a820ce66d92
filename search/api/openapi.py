"""The OpenAPI 3.1 document of the search, made of the same values that the code reads."""

from typing import Any

from django.conf import settings

from common import languages
from search import facets
from search.api.problems import CONTENT_TYPE
from search.api.reading import MOST_PER_PAGE, PATH, SORTS
from search.asked import FARTHEST_PAGE
from search.found import PER_PAGE
from search.query import LONGEST, MOST_WORDS
from search.sources import BY_KIND
from search.tokens import LONGEST_WORD

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
YES_OR_NO: Schema = {"type": "boolean"}
OR_NULL: Schema = {"type": ["string", "null"]}
URL_OR_NULL: Schema = {"type": ["string", "null"], "format": "uri"}
WORDS = {
    "theme": "Monthly themes, by the last part of the theme's Finnish address.",
    "phenomenon": "Phenomena, by their codes.",
    "region": "Wellbeing services counties, Helsinki and Åland, by their codes.",
    "year": "Years of the date.",
}


def document() -> Schema:
    """Return the whole document. It is in English, whatever the reader's language."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.SITE_NAME}: search",
            "version": "1.0.0",
            "description": "Finds what /haku/ finds. Hits, counts and excerpts hold only what the asker may open. "
            "Answers and problems are in Finnish, Swedish or English, by Accept-Language.",
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {PATH: {"get": _operation()}},
        "components": {"schemas": _schemas(), "responses": _problems()},
    }


def _operation() -> Schema:
    refused = {
        "400": "InvalidParameters",
        "405": "WrongMethod",
        "429": "TooMany",
        "500": "Failed",
        "503": "Unavailable",
    }
    return {
        "operationId": "search",
        "summary": "Search the whole site",
        "security": [],
        "parameters": [*_parameters(), _header("Accept-Language"), _header("If-None-Match")],
        "responses": {
            "200": {
                "description": "A page of results. One beyond the last gives the last.",
                "headers": {"ETag": {"schema": TEXT}},
                "content": {"application/json": {"schema": _ref("Results")}},
            },
            "304": {"description": "The answer is the one whose ETag was sent."},
            **{status: {"$ref": f"#/components/responses/{name}"} for status, name in refused.items()},
        },
    }


def _parameters() -> list[Schema]:
    return [
        _parameter(
            "q", "Words in any form, a “phrase”, -excluded words.", {**TEXT, "maxLength": LONGEST}, required=True
        ),
        *map(_of_facet, facets.FACETS),
        _parameter("sort", "Best match or newest first.", {"enum": list(SORTS), "default": "relevance"}),
        _parameter("exact", "Without correcting mistyped words.", {**YES_OR_NO, "default": False}),
        _parameter("page", "", _between(1, FARTHEST_PAGE, default=1)),
        _parameter("per_page", "", _between(1, MOST_PER_PAGE, default=PER_PAGE)),
    ]


def _of_facet(facet: facets.Facet) -> Schema:
    values: dict[str, Schema] = {
        "kind": {**TEXT, "enum": list(BY_KIND)},
        "lang": {**TEXT, "enum": languages.codes()},
        "year": {**TEXT, "pattern": "^[0-9]{4}$"},
    }
    description = WORDS.get(facet.field, "")
    several = {"type": "array", "items": values.get(facet.field, TEXT), "maxItems": facets.MOST_CHOSEN}
    return _parameter(facet.field, f"{description} Any of them; repeat the parameter.".strip(), several)


def _parameter(name: str, description: str, schema: Schema, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "description": description, "required": required, "schema": schema}


def _header(name: str) -> Schema:
    return {"name": name, "in": "header", "required": False, "schema": TEXT}


def _between(least: int, most: int, default: int) -> Schema:
    return {**NUMBER, "minimum": least, "maximum": most, "default": default}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _schemas() -> Schema:
    return {
        "Results": _object(
            total=NUMBER,
            page=NUMBER,
            pages=NUMBER,
            per_page=NUMBER,
            searched_for={**TEXT, "description": "The words that the results are for: the typed ones, or corrected."},
            corrections={"type": "object", "additionalProperties": TEXT, "description": "Typed word → used word."},
            near={**_list(TEXT), "description": "Nearest spellings, where nothing was found."},
            missing={**_list(TEXT), "description": "Typed words that no hit holds, where others were found."},
            shortened={
                **YES_OR_NO,
                "description": f"Words after the {MOST_WORDS}th, or of over {LONGEST_WORD} letters, were left out.",
            },
            degraded={**YES_OR_NO, "description": "The search works with less than usual for the moment."},
            results=_list(_ref("Result")),
            facets=_object(**{facet.field: _list(_ref("FacetValue")) for facet in facets.FACETS}),
            links=_object(self={**TEXT, "format": "uri"}, next=URL_OR_NULL, previous=URL_OR_NULL),
        ),
        "Result": _object(
            kind={**TEXT, "enum": list(BY_KIND)},
            title=TEXT,
            title_html={**TEXT, "description": "Escaped; the found letters are in <mark>."},
            excerpt_html={**TEXT, "description": "The best passage; escaped, the found letters in <mark>."},
            keywords_html={
                **_list(TEXT),
                "description": "Names of what it is about that were found, where title and excerpt hold nothing found.",
            },
            url=URL_OR_NULL,
            language=TEXT,
            date={"type": ["string", "null"], "format": "date"},
            organisation=OR_NULL,
            fictional={**YES_OR_NO, "description": "An invented example."},
            pinned={**YES_OR_NO, "description": "The editors' choice for these words; stands before what is ranked."},
        ),
        "FacetValue": _object(
            value={**TEXT, "description": "As the parameter of the same name takes it."},
            label=TEXT,
            language={**TEXT, "description": "The language of the label."},
            count={**NUMBER, "description": "Hits if this were chosen, with every other filter in force."},
            chosen=YES_OR_NO,
        ),
        "Problem": {
            **_object(type={**TEXT, "format": "uri"}, title=TEXT, status=NUMBER, detail=TEXT, instance=TEXT),
            "description": "RFC 9457.",
        },
        "InvalidParameters": {
            "allOf": [_ref("Problem"), _object(errors=_list(_object(parameter=TEXT, detail=TEXT)))],
        },
    }


def _problems() -> Schema:
    retry = {"Retry-After": {"description": "Seconds to wait.", "schema": NUMBER}}
    limit = settings.SEARCH_API_PER_MINUTE
    return {
        "InvalidParameters": _problem(
            "A parameter cannot be read; `errors` names each and how to mend it.", "InvalidParameters"
        ),
        "WrongMethod": _problem("The address is only read."),
        "TooMany": {**_problem(f"More than {limit} searches a minute from one address."), "headers": retry},
        "NotFound": _problem("There is nothing at the address."),
        "Failed": _problem("The fault is the service's own."),
        "Unavailable": {**_problem("There is no index at the moment."), "headers": retry},
    }


def _problem(description: str, schema: str = "Problem") -> Schema:
    return {"description": description, "content": {CONTENT_TYPE: {"schema": _ref(schema)}}}

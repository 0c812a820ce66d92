"""The glossary in the words of schema.org."""

from typing import TYPE_CHECKING

from common import schema
from common.schema import Context, Thing

if TYPE_CHECKING:
    from vocabulary.models import GlossaryPage, GlossaryTerm


def term_set(page: "GlossaryPage", context: Context) -> Thing:
    url = schema.address(page, context)
    terms = [entry.term for group in context["letters"] for entry in group.entries]
    return schema.of_page("DefinedTermSet", page, context, hasDefinedTerm=[_term(term, url) for term in terms])


def _term(term: "GlossaryTerm", url: str) -> Thing:
    return {
        "@type": "DefinedTerm",
        "@id": f"{url}#{term.code}",
        "termCode": term.code,
        "name": term.name,
        "inLanguage": term.name_language,
        "description": term.definition,
        "alternateName": [version.name for version in term.versions],
        "inDefinedTermSet": url,
    }

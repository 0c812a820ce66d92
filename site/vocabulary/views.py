"""What the glossary shows: its terms by letter, each with its names, other words and the pages that use it."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from common.collation import first_letter, sort_key
from common.listing import typed_text
from common.querysets import PageQuerySet
from vocabulary.inflection import base_forms
from vocabulary.models import GlossaryTerm

FIND = "sana"
MOST_WORDS = 5


@dataclass(frozen=True)
class Use:
    """A page that explains the term by its card, and what kind of page it is."""

    page: Page

    @property
    def kind(self) -> str:
        model = self.page.specific_class
        return str(model._meta.verbose_name) if model else ""


@dataclass(frozen=True)
class Entry:
    """A term, and the pages that use it."""

    term: GlossaryTerm
    uses: Sequence[Use] = ()


@dataclass(frozen=True)
class Letter:
    """The terms that begin with the letter."""

    letter: str
    entries: Sequence[Entry]

    @property
    def anchor(self) -> str:
        return f"kirjain-{'0' if self.letter == '#' else self.letter.lower()}"


def glossary(request: HttpRequest, language: str) -> dict[str, Any]:
    """All terms by letter, or those that fit what was typed. Three queries, however many terms and uses."""
    terms = list(GlossaryTerm.objects.all())
    typed = typed_text(request, FIND)
    uses = uses_of_terms(language)
    wanted = found(terms, typed, language) if typed else terms
    entries = [Entry(term, uses.get(term.pk, ())) for term in wanted]
    return {
        "letters": by_letter(entries),
        "entries": entries,
        "total": len(terms),
        "typed": typed,
        "find": FIND,
        "ways_out": [
            (f"{reverse('search:search')}?{urlencode({'q': typed})}", _("Search all contents")),
            (request.path, _("Show all terms")),
        ],
    }


def by_letter(entries: Iterable[Entry]) -> list[Letter]:
    ordered = sorted(entries, key=lambda entry: (sort_key(entry.term.name), entry.term.pk))
    groups = groupby(ordered, key=lambda entry: first_letter(entry.term.name))
    return [Letter(letter, list(group)) for letter, group in groups]


def found(terms: Iterable[GlossaryTerm], typed: str, language: str) -> list[GlossaryTerm]:
    """The terms of which a name or another word, in any language, holds each typed word or its base form."""
    wanted = [{_plain(form) for form in base_forms(word, language)} for word in typed.split()[:MOST_WORDS]]
    return [term for term in terms if _holds(term, wanted)]


def _holds(term: GlossaryTerm, wanted: Sequence[set[str]]) -> bool:
    names = _plain("\n".join([*term.all_names(), *term.alias_list]))
    return all(any(form in names for form in forms) for forms in wanted)


def _plain(text: str) -> str:
    """Lower case without dots and accents, so that tyopaja finds työpaja."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def uses_of_terms(language: str) -> dict[int, list[Use]]:
    """The pages that show the card of a term, by the term's key, in the order of the site. Two queries.

    Of a page that is translated the reader meets the translation, if that has the card as well.
    """
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(GlossaryTerm),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    pairs = set(references.values_list("to_object_id", "object_id"))
    pages = PageQuerySet(Page).in_language(language).select_related("locale").order_by("path")
    used_by: dict[int, list[int]] = {}
    for term, page in pairs:
        used_by.setdefault(int(page), []).append(int(term))
    uses: dict[int, list[Use]] = {}
    for page in pages.filter(pk__in=used_by):
        for term in used_by[page.pk]:
            uses.setdefault(term, []).append(Use(page))
    return uses

"""Searching without any index: titles and leads of pages in the database. For when nothing better answers."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from search.access import Restrictions
from search.analysis import stem
from search.documents import PUBLIC, Document, key_of
from search.engines import EVERYTHING, Filters, Results, Sort, Suggestion
from search.engines.presenting import hit
from search.engines.ranking import Key, Layer, Row, Rows, arrange, values_of
from search.excerpts import Spans
from search.query import LONGEST, Query
from search.sources import PAGES, Source
from search.tokens import clean, fold, tokens

# Of each kind; whoever finds more than this had better wait for the index.
_MOST = 40
# All that a result shows and that tells who may open it; a page's body may be long.
_SHOWN = ("title", "lead", "url_path", "path", "translation_key", "is_example", "locale__language_code")
# A shorter stem would be found inside too many words.
_SHORTEST = 4


class DatabaseEngine:
    """Finds pages by words that their title or lead holds; by their Finnish stems, so that most endings are found too.

    Filters other than kind and language, corrections and the rest need an index.
    """

    def search(
        self,
        query: Query,
        *,
        filters: Filters = EVERYTHING,
        page: int = 1,
        per_page: int = 10,
        sort: Sort = Sort.RELEVANCE,
        access: Sequence[str] = (PUBLIC,),
        language: str = "fi",
    ) -> Results:
        words = [_beginning(word) for word in query.words]
        phrases = [" ".join(phrase) for phrase in query.phrases]
        unwanted = [" ".join(words) for words in query.excluded]
        if not words and not phrases:
            return Results()
        wanted = Q()
        for text in (*words, *phrases):
            wanted &= _either("title__icontains", text) | _either("lead__icontains", text)
        for text in unwanted:
            wanted &= ~(_either("title__icontains", text) | _either("lead__icontains", text))
        documents = {document.key: document for document in _pages(wanted, access)}
        can_filter = Filters(kinds=filters.kinds, languages=filters.languages)
        layer, rows = _layer(documents.values(), (*words, *phrases))
        arranged = arrange([layer], rows, can_filter, sort, language, (max(page, 1) - 1) * per_page, per_page)
        shown = [(documents[str(key)], score) for key, score in arranged.shown]
        hits = tuple(hit(document, score, _spans(document, words)) for document, score in shown)
        return Results(arranged.total, hits, arranged.facets, degraded=True)

    def suggest(
        self, typed: str, *, access: Sequence[str] = (PUBLIC,), language: str = "fi", limit: int = 8
    ) -> tuple[Suggestion, ...]:
        begun = clean(typed[:LONGEST])
        if not begun or limit < 1:
            return ()
        begin = _pages(_either("title__istartswith", begun), access)
        documents = sorted(begin, key=lambda d: (d.language != language, len(d.title), d.key))
        once = {document.translation_key: document for document in reversed(documents)}
        chosen = [document for document in documents if once[document.translation_key] is document]
        return tuple(Suggestion(d.title, d.kind, d.url, d.language) for d in chosen[:limit])

    def fetch(self, keys: Iterable[str], *, access: Sequence[str] = (PUBLIC,)) -> dict[str, Document]:
        wanted = set(keys)
        numbers = {int(number) for key in wanted if (number := key.rpartition(":")[2]).isdecimal()}
        return {document.key: document for document in _pages(Q(pk__in=numbers), access) if document.key in wanted}


def _pages(wanted: Q, access: Sequence[str]) -> Iterator[Document]:
    """What a search result shows of the live pages that the reader may open."""
    restrictions = Restrictions()
    for source in PAGES.values():
        open_pages = source.queryset().filter(wanted).exclude(restrictions.closed_to(access))
        narrow = open_pages.select_related(None).select_related("locale").only(*_SHOWN)
        for page in narrow.order_by("-last_published_at", "pk")[:_MOST]:
            document = _document(page, source, restrictions.tokens(page))
            if document.is_open_to(access):
                yield document


def _document(page: Any, source: Source, access: tuple[str, ...]) -> Document:
    return Document(
        key=key_of(source.kind, page.pk),
        kind=source.kind,
        language=page.locale.language_code,
        title=clean(page.title),
        url=page.get_url() or "",
        translation_key=str(page.translation_key),
        lead=clean(page.lead),
        access=access,
        fictional=page.is_example,
    )


def _either(lookup: str, text: str) -> Q:
    """The text in small letters or capitals: to SQLite only those of English are the same."""
    forms = {text} if text.isascii() else {text, text.lower(), text.capitalize(), text.upper()}
    return reduce(or_, (Q((lookup, form)) for form in sorted(forms)))


def _beginning(word: str) -> str:
    """Cut the ending off."""
    cut = stem(word, "fi").partition("#")[2]
    return cut if len(cut) >= _SHORTEST and word.startswith(cut) else word


def _layer(documents: Iterable[Document], texts: Sequence[str]) -> tuple[Layer, Rows]:
    """Order by how many of the words the title holds."""
    rows: list[Row] = []
    scores: dict[Key, float] = {}
    for document in documents:
        title = fold(document.title.lower())
        scores[document.key] = -float(sum(fold(text) in title for text in texts))
        rows.append(Row(document.key, document.language, document.translation_key, 0, 0, values_of(document)))
    return Layer(frozenset(scores), lambda _keys: scores), Rows(rows)


def _spans(document: Document, words: Sequence[str]) -> Spans:
    """Mark the words that begin so."""
    written = {token.word for text in (document.title, document.lead) for token in tokens(text)}
    return Spans({word: (0, len(word)) for word in written if any(word.startswith(begun) for begun in words)})

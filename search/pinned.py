"""The editors' choice: the pages that they have pinned to a search, above what the engine ranks."""

from functools import lru_cache

from search.documents import key_of
from search.editing.models import BestBetPage
from search.names import NamedThings, forms_of, words_of
from search.query import Query
from search.remembered import moment
from search.sources import PAGES

MOST = 5


def keys_for(query: Query, language: str) -> list[str]:
    """The keys of the documents pinned to the whole query in the language, in the editors' order.

    The query matches in any inflected form of its words; one with phrases or exclusions asks for something of
    its own and has none. Pass the keys to Engine.fetch with the reader's access, which leaves out what the reader may
    not open, and show the documents first on the first page, marked as the editors' choice ("Toimituksen valinta").
    """
    if not query.words or query.phrases or query.excluded:
        return []
    found = _bets(language, *moment())
    keys = [key for keys in found.find(forms_of(query.words)) for key in keys]
    return list(dict.fromkeys(keys))[:MOST]


def forget() -> None:
    """Read the best bets anew at the next search of this process; the others do when the change is committed."""
    _bets.cache_clear()


@lru_cache(maxsize=8)
def _bets(language: str, _generation: int | None, _minute: int) -> NamedThings[list[str]]:
    keys: dict[int, list[str]] = {}
    lines: dict[int, list[str]] = {}
    rows = BestBetPage.objects.filter(bet__language__in=["", language]).select_related("bet", "page")
    # What is of this language goes before what is of all.
    for row in rows.order_by("-bet__language", "bet_id", "sort_order"):
        source = PAGES.get(row.page.specific_class)
        if source:
            keys.setdefault(row.bet_id, []).append(key_of(source.kind, row.page_id))
            lines[row.bet_id] = row.bet.query_list
    return NamedThings((words_of(line), keys[bet]) for bet in keys for line in lines[bet])

"""What the site asks of a search engine, whichever it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from search.documents import PUBLIC, Document
from search.query import Query


class IndexUnavailable(Exception):
    """The index is missing, damaged or of an older version; rebuilding mends it."""


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the hits are limited to: any of the values of each; empty limits nothing."""

    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    # Name of a document's code field (regions, themes, phenomena, task_areas) → wanted codes.
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document; `title`, `excerpt` and `keywords` are safe HTML with the matched letters in <mark>.

    `keywords` are those that were found, where neither title nor excerpt shows why the document is there.
    """

    document: Document
    title: str
    excerpt: str
    score: float
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and the number of all."""

    total: int = 0
    hits: tuple[Hit, ...] = ()
    # Facet (kind, theme, phenomenon, region, language, year) → value → the number of hits if it were chosen there,
    # everything else as asked; only of what the reader may open.
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    # Words the index doesn't know and what was searched for in their place.
    corrections: Mapping[str, str] = field(default_factory=dict)
    # Other written forms among the documents that the query finds.
    forms: tuple[str, ...] = ()
    # Where nothing was found: words that would find something, nearest spelling first.
    near: tuple[str, ...] = ()
    # Typed words that nothing found holds, of several.
    missing: tuple[str, ...] = ()
    # The answer comes from less than the whole index.
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to open whose title goes on as was typed."""

    text: str
    kind: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class Check:
    """The state of an index: `problem` is empty when it answers as it should."""

    documents: int = 0
    problem: str = ""


class State(NamedTuple):
    """Which build of an index this is, and a number that grows with everything that is written to it."""

    build: str
    written: int


class Reader(Protocol):
    """The half of an engine that answers."""

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
        """Find what a reader with these access tokens may open, in their language first.

        A page beyond the last has no hits. Raises IndexUnavailable.
        """

    def suggest(
        self, typed: str, *, access: Sequence[str] = (PUBLIC,), language: str = "fi", limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """Return what the reader may open that is called so, the last word being unfinished; own language first.

        Umlauts may be left out. Raises IndexUnavailable.
        """

    def fetch(self, keys: Iterable[str], *, access: Sequence[str] = (PUBLIC,)) -> dict[str, Document]:
        """Return the documents of these keys that the reader may open. Raises IndexUnavailable."""


class Engine(Reader, Protocol):
    """An index of documents. Writing methods are for the worker and commands alone."""

    def index(self, documents: Iterable[Document]) -> None:
        """Add the documents, or replace those of the same key."""

    def delete(self, keys: Iterable[str]) -> None:
        """Remove the documents; unknown keys are no error."""

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        """Build a fresh index beside the one in use, swap at the end, return the number of documents."""

    def is_built(self) -> bool:
        """Whether there is an index of this version; quick enough to ask each second."""

    def state(self) -> State | None:
        """Tell an older copy from what was written last; None where the engine cannot. Quick enough for each second."""

    def digests(self) -> dict[str, str]:
        """Return the key of every document in the index, with what tells its content; see documents.digest."""

    def check(self) -> Check:
        """Look for damage, without raising."""

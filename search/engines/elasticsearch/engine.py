"""The engine on a cluster of Elasticsearch 8."""

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch, helpers
from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, Prefix

from search.documents import PUBLIC, Document
from search.engines import EVERYTHING, Check, Filters, IndexUnavailable, Results, Sort, State, Suggestion
from search.engines.elasticsearch.asking import Asking
from search.engines.elasticsearch.bulk import Writer
from search.engines.elasticsearch.connection import Cluster, translated
from search.engines.elasticsearch.indices import Indices
from search.engines.elasticsearch.rows import KeptRows
from search.engines.elasticsearch.writing import Analysed
from search.engines.errors import Unreachable
from search.engines.matching import plan
from search.engines.presenting import presented
from search.engines.ranking import Row, arrange
from search.engines.suggesting import beginnings, best, typed_words
from search.engines.terms import Analyse
from search.engines.wanted import AskUnseen
from search.query import Query

_BATCH = 200
_SCROLLED = 5_000
# Titles that go on as typed, of which the best are chosen.
_MOST_SUGGESTED = 1_000
# Whether the cluster is there is asked with little patience: the worker has other things to do.
_PROBE_SECONDS = 2.0
_WRITE_SECONDS = 20.0
_BUILD_SECONDS = 120.0


class ClusterEngine:
    """The indices of one site. `analyse` may load dictionaries and is used in writing; `ask` serves queries.

    `go_on` is called every few seconds of writing, and raises where this host may write no longer.
    """

    def __init__(
        self, cluster: Cluster, analyse: Analyse, ask: AskUnseen, go_on: Callable[[], None] = lambda: None
    ) -> None:
        self._go_on = go_on
        self._cluster = cluster
        self._client = cluster.client()
        self._analyse = analyse
        self._ask = ask
        self._analysed = Analysed(analyse)
        self._written_to: frozenset[str] = frozenset()
        self._indices = Indices(cluster, self._patient(_WRITE_SECONDS))
        self._quick_ones: dict[int, Elasticsearch] = {}
        self._kept = KeptRows()

    def index(self, documents: Iterable[Document]) -> None:
        with translated():
            self._writer().write(documents)

    def delete(self, keys: Iterable[str]) -> None:
        keys = list(keys)
        with translated():
            if keys:
                self._writer().delete(keys)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        with translated():
            client = self._patient(_BUILD_SECONDS)
            indices = Indices(self._cluster, client)
            indices.sweep()
            pair, count = indices.create(), 0
            writer = Writer(client, pair, Analysed(self._analysed.recall), self._go_on, is_building=True)
            source = iter(documents)
            while batch := list(islice(source, _BATCH)):
                writer.write(batch)
                count += len(batch)
                if progress:
                    progress(count)
            self._go_on()
            indices.use(pair)
            indices.sweep()
            return count

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
        if not query:
            return Results()
        with self._asking(access) as asking:
            asking.lexicon.look_ahead(query.words)
            asked = plan(query, asking.lexicon, self._ask, language)
            layers, rows = asking.matching(asked.tiers)
            first = (max(page, 1) - 1) * per_page
            arranged = arrange(layers, rows, filters, sort, language, first, per_page)
            documents = asking.shown([str(key) for key, _score in arranged.shown], to_mark=True)
            shown = [(document, score) for key, score in arranged.shown if (document := documents.get(str(key)))]
            return presented(query, asked, arranged, shown, asking.lexicon)

    def suggest(
        self, typed: str, *, access: Sequence[str] = (PUBLIC,), language: str = "fi", limit: int = 8
    ) -> tuple[Suggestion, ...]:
        words = typed_words(typed)
        if not words or limit < 1:
            return ()
        with self._asking(access) as asking:
            first, groups, with_parts = beginnings(words, asking.lexicon, self._ask)
            held, parted = (Bool(filter=[_begins(forms) for forms in each]) for each in (groups, with_parts))
            found = asking.rows([Bool(filter=[_begins([first]), held]), held, parted], _MOST_SUGGESTED)
            by: list[Callable[[], list[Row]]] = [partial(list, rows) for rows in found]
            return best(by, lambda candidates: _suggestions(candidates, asking), words, language, limit)

    def fetch(self, keys: Iterable[str], *, access: Sequence[str] = (PUBLIC,)) -> dict[str, Document]:
        wanted = list(keys)
        with self._asking(access) as asking:
            documents = asking.shown(wanted)
        return {key: document for key, document in documents.items() if document.is_open_to(access)}

    def is_built(self) -> bool:
        with translated():
            return Indices(self._cluster, self._patient(_PROBE_SECONDS)).are_built()

    def state(self) -> State | None:
        # Who restores a snapshot of a cluster has the indices built anew; docs/operations.md says so.
        return None

    def digests(self) -> dict[str, str]:
        search = Search().source(False).extra(docvalue_fields=["digest"], stored_fields=[], sort=["_doc"])
        with translated():
            hits: Iterable[Any] = helpers.scan(
                self._patient(_BUILD_SECONDS), search.to_dict(), index=self._indices.aliases.documents, size=_SCROLLED
            )
            return {found["_id"]: found["fields"]["digest"][0] for found in hits}

    def check(self) -> Check:
        names = self._indices.aliases
        try:
            with translated():
                client = self._patient(_WRITE_SECONDS)
                if not self._indices.are_built():
                    return Check(problem="the cluster has no index of this version")
                client.indices.refresh(index=list(names))
                health: Any = client.cluster.health(index=list(names))
                count: Any = client.count(index=names.documents)
        except IndexUnavailable as error:
            return Check(problem=str(error))
        problem = f"parts of the index are missing ({health['status']})" if health["status"] == "red" else ""
        return Check(count["count"], problem)

    def _writer(self) -> Writer:
        """Write through the aliases; in a fresh index of words none counts as written."""
        used = self._indices.in_use()
        if used != self._written_to:
            self._analysed, self._written_to = Analysed(self._analysed.recall), used
        return Writer(self._patient(_WRITE_SECONDS), self._indices.aliases, self._analysed, self._go_on)

    @contextmanager
    def _asking(self, access: Sequence[str]) -> Iterator[Asking]:
        """The requests of one search for a reader with these tokens, which have so much time together."""
        deadline = time.monotonic() + self._cluster.patience

        def client() -> Elasticsearch:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Unreachable(f"the cluster took more than {self._cluster.patience * 1000:.0f} ms")
            return self._quick(left)

        with translated():
            yield Asking(client, self._indices.aliases, self._cluster.shards, access, self._kept)

    def _quick(self, left: float) -> Elasticsearch:
        """Return a client that waits for about so long: making one costs as much as a short question."""
        # To the next tenth of what a search may take.
        share = math.ceil(10 * left / self._cluster.patience)
        if share not in self._quick_ones:
            self._quick_ones[share] = self._patient(share * self._cluster.patience / 10)
        return self._quick_ones[share]

    def _patient(self, seconds: float) -> Elasticsearch:
        return self._client.options(request_timeout=seconds)


def _begins(forms: Sequence[str]) -> Bool:
    """Ask for titles with a word that begins as any of the forms."""
    return Bool(should=[Prefix("begins", {"value": form}) for form in forms], minimum_should_match=1)


def _suggestions(rows: Sequence[Row], asking: Asking) -> Iterator[tuple[Row, Suggestion]]:
    documents = asking.shown([str(row.id) for row in rows])
    for row in rows:
        if document := documents.get(str(row.id)):
            yield row, Suggestion(document.title, document.kind, document.url, document.language)

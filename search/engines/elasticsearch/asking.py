"""The requests of one search."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl.query import Bool, Query, Terms

from search.documents import Document, read
from search.engines.asking import Tier
from search.engines.elasticsearch.compiling import CALLED, IN_TITLES, compiled
from search.engines.elasticsearch.connection import failure
from search.engines.elasticsearch.indices import Pair
from search.engines.elasticsearch.lexicon import ClusterLexicon
from search.engines.elasticsearch.mappings import MOST_HITS
from search.engines.elasticsearch.rows import KeptRows
from search.engines.ranking import ENOUGH, Key, Layer, Row, Rows

_BARE: Mapping[str, Any] = {"_source": False, "stored_fields": "_none_", "track_total_hits": False}
# Rows are asked for in portions, so that a slow beginning is none the next time.
_MOST_ROWS = 2_000
# Number of a row → its score.
Scored = dict[int, float]


class Asking:
    """What a search asks of the cluster; `client` gives one that answers within what is left of its time."""

    def __init__(
        self, client: Callable[[], Elasticsearch], names: Pair, shards: int, access: Sequence[str], kept: KeptRows
    ) -> None:
        self.lexicon = ClusterLexicon(client, names, access)
        self._client = client
        self._names = names
        self._access = list(access)
        self._kept = kept
        # How rare a word is, is known to each shard for itself; with several they tell each other first.
        self._search_type = "dfs_query_then_fetch" if shards > 1 else "query_then_fetch"

    def matching(self, tiers: Sequence[Tier]) -> tuple[list[Layer], Rows]:
        """Ask the tiers in turn until enough is found; a document belongs to the first that finds it.

        The first is mostly enough, so the others are asked only then, and together.
        """
        layers: list[Layer] = []
        rows: dict[Key, Row] = {}
        for some in (tiers[:1], tiers[1:]):
            if len(rows) >= ENOUGH or not some:
                break
            for tier, scored, titled, called in self._asked(some):
                if len(rows) >= ENOUGH:
                    break
                found = self._rows_of(scored)
                scores = {row.id: -scored[number] for number, row in found.items() if row.id not in rows}
                rows.update((row.id, row) for row in found.values())
                in_titles, in_whole = (
                    frozenset(found[number].id for number in some if number in found) for some in (titled, called)
                )
                layers.append(Layer(frozenset(scores), partial(_all, scores), in_titles, in_whole, tier.title_words))
        return layers, Rows(rows.values())

    def _asked(self, tiers: Sequence[Tier]) -> Iterator[tuple[Tier, Scored, Collection[int], Collection[int]]]:
        """Yield each tier with what it finds, and those of which titles hold it and hold it in whole words.

        It is one journey for all.
        """
        requests: list[dict[str, Any]] = []
        for tier in tiers:
            requests.append(self._request(compiled(tier.asked)))
            if tier.title_words:
                requests += [self._unscored(compiled(tier.asked, scope)) for scope in (IN_TITLES, CALLED)]
        answers = iter(self._found(requests))
        for tier in tiers:
            scored = next(answers)
            titled, called = (next(answers) if tier.title_words else {} for _ in range(2))
            yield tier, scored, titled, called

    def rows(self, queries: Iterable[Query], most: int) -> list[list[Row]]:
        """Return so many rows of what each query finds among what the reader may open, in any order."""
        answers = self._found([self._unscored(query, most) for query in queries])
        return [list(self._rows_of(numbers).values()) for numbers in answers]

    def _request(self, query: Query) -> dict[str, Any]:
        # The values to sort by come with what is found; reading anything of a document would cost more than finding it.
        wanted = Bool(must=[query], filter=[self._may_open()])
        return {**_BARE, "query": wanted.to_dict(), "size": MOST_HITS, "sort": ["_score", "number"]}

    def _unscored(self, query: Query, most: int = MOST_HITS) -> dict[str, Any]:
        return {**_BARE, "query": Bool(filter=[query, self._may_open()]).to_dict(), "size": most, "sort": ["number"]}

    def _may_open(self) -> Query:
        return Terms(access=self._access)

    def _found(self, requests: Iterable[Mapping[str, Any]]) -> list[Scored]:
        searches: list[Mapping[str, Any]] = []
        for request in requests:
            searches += [{"search_type": self._search_type, "allow_partial_search_results": False}, request]
        answer: Any = self._client().msearch(
            index=self._names.documents,
            searches=searches,
            filter_path="responses.hits.hits.sort,responses.error,responses.status",
        )
        return [_scored(response) for response in answer["responses"]]

    def _rows_of(self, numbers: Collection[int]) -> dict[int, Row]:
        """Return the rows by their numbers, in the same order; without what has changed this very moment."""
        rows = self._kept.known(numbers)
        missing = [number for number in numbers if number not in rows]
        for first in range(0, len(missing), _MOST_ROWS):
            rows |= self._kept.add(self._read_rows(missing[first : first + _MOST_ROWS]))
        return {number: rows[number] for number in numbers if number in rows} if missing else rows

    def _read_rows(self, numbers: Sequence[int]) -> list[str]:
        answer: Any = self._client().search(
            index=self._names.documents,
            **{**_BARE, "query": {"terms": {"number": numbers}}, "size": len(numbers), "docvalue_fields": ["row"]},
            sort=["_doc"],
            filter_path="hits.hits.fields",
        )
        return [found["fields"]["row"][0] for found in answer.get("hits", {}).get("hits", [])]

    def shown(self, keys: Sequence[str], to_mark: bool = False) -> dict[str, Document]:
        """Return the documents, as far as they are still there; their words are then what marks are looked for in."""
        if not keys:
            return {}
        answer: Any = self._client().mget(
            index=self._names.documents,
            ids=list(dict.fromkeys(keys)),
            realtime=False,
            source_includes=["stored", *(["words"] if to_mark else [])],
            filter_path="docs._id,docs.found,docs._source,docs.error",
        )
        documents: dict[str, Document] = {}
        for found in answer["docs"]:
            if "error" in found:
                raise failure(found.get("status", 500), found["error"])
            if found["found"]:
                documents[found["_id"]] = read(found["_source"]["stored"])
                if to_mark:
                    self.lexicon.shown.append(found["_source"]["words"])
        return documents


def _all(scores: Mapping[Key, float], _keys: AbstractSet[Key]) -> Mapping[Key, float]:
    return scores


def _scored(response: Any) -> Scored:
    if "error" in response:
        raise failure(response["status"], response["error"])
    # The number is the last to sort by; what is not scored is sorted by nothing else.
    return {sort[-1]: sort[0] for found in response.get("hits", {}).get("hits", []) for sort in (found["sort"],)}

"""The requests of one search."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, Query, Terms

from search.documents import Document, read
from search.engines.asking import Tier
from search.engines.elasticsearch.compiling import CALLED, IN_TITLES, compiled
from search.engines.elasticsearch.connection import failure
from search.engines.elasticsearch.indices import Pair
from search.engines.elasticsearch.lexicon import ClusterLexicon
from search.engines.elasticsearch.mappings import MOST_HITS
from search.engines.elasticsearch.writing import unpacked, words_of
from search.engines.ranking import ENOUGH, Key, Layer, Row, Rows

Keys = frozenset[Key]
Scored = list[tuple[Row, float]]


class Asking:
    """What a search asks of the cluster; `client` gives one that answers within what is left of its time."""

    def __init__(self, client: Callable[[], Elasticsearch], names: Pair, shards: int, access: Sequence[str]) -> None:
        self.lexicon = ClusterLexicon(client, names, access)
        self._client = client
        self._names = names
        # How rare a word is, is known to each shard for itself; with several they tell each other first.
        self._search_type = "dfs_query_then_fetch" if shards > 1 else "query_then_fetch"

    def matching(self, tiers: Sequence[Tier], access: Sequence[str]) -> tuple[list[Layer], Rows]:
        """Ask the tiers in turn until enough is found; a document belongs to the first that finds it.

        The first is mostly enough, so the others are asked only then, and together.
        """
        layers: list[Layer] = []
        rows: dict[Key, Row] = {}
        for some in (tiers[:1], tiers[1:]):
            if len(rows) >= ENOUGH or not some:
                break
            for tier, scored, titled, called in self._asked(some, access):
                if len(rows) >= ENOUGH:
                    break
                scores = {row.id: -score for row, score in scored if row.id not in rows}
                rows.update((row.id, row) for row, _score in scored)
                layers.append(Layer(frozenset(scores), partial(_all, scores), titled, called, tier.title_words))
        return layers, Rows(rows.values())

    def _asked(self, tiers: Sequence[Tier], access: Sequence[str]) -> Iterator[tuple[Tier, Scored, Keys, Keys]]:
        """Yield each tier with what it finds, and the keys of those whose titles hold it and hold it in whole words.

        It is one journey for all.
        """
        queries: list[Query] = []
        for tier in tiers:
            queries.append(compiled(tier.asked))
            if tier.title_words:
                queries += [compiled(tier.asked, IN_TITLES), compiled(tier.asked, CALLED)]
        answers = iter(self.rows(queries, access))
        for tier in tiers:
            scored = next(answers)
            titled, called = (
                frozenset(row.id for row, _score in (next(answers) if tier.title_words else ())) for _ in range(2)
            )
            yield tier, scored, titled, called

    def rows(self, queries: Iterable[Query], access: Sequence[str], most: int = MOST_HITS) -> list[Scored]:
        """Return the rows and scores of what each query finds among what the reader may open."""
        searches: list[Mapping[str, Any]] = []
        for query in queries:
            searches.append({"search_type": self._search_type, "allow_partial_search_results": False})
            may_open = Terms(access=list(access))
            search = Search().query(Bool(must=[query], filter=[may_open])).source(False)
            # Reading the stored id of each would cost more than finding them.
            search = search.extra(size=most, track_total_hits=False, stored_fields="_none_", docvalue_fields=["row"])
            searches.append(search.to_dict())
        answer: Any = self._client().msearch(
            index=self._names.documents,
            searches=searches,
            filter_path="responses.hits.hits._score,responses.hits.hits.fields,responses.error,responses.status",
        )
        return [_rows(response) for response in answer["responses"]]

    def shown(self, keys: Sequence[str]) -> dict[str, Document]:
        """Return the documents, as far as they are still there; their words are then what marks are looked for in."""
        if not keys:
            return {}
        answer: Any = self._client().mget(
            index=self._names.documents,
            ids=list(dict.fromkeys(keys)),
            realtime=False,
            source_includes=["stored", "words"],
            filter_path="docs._id,docs.found,docs._source,docs.error",
        )
        documents: dict[str, Document] = {}
        for found in answer["docs"]:
            if "error" in found:
                raise failure(found.get("status", 500), found["error"])
            if found["found"]:
                documents[found["_id"]] = read(found["_source"]["stored"])
                self.lexicon.shown.append(words_of(found["_source"]["words"]))
        return documents


def _all(scores: Mapping[Key, float], _keys: AbstractSet[Key]) -> Mapping[Key, float]:
    return scores


def _rows(response: Any) -> Scored:
    if "error" in response:
        raise failure(response["status"], response["error"])
    hits = response.get("hits", {}).get("hits", [])
    return [(unpacked(found["fields"]["row"][0]), found["_score"]) for found in hits]

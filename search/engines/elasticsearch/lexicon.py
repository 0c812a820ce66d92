"""What planning asks about the words of the index: each question one request, remembered for the length of a search."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Q, Search

from search.analysis import LANGUAGES, Word
from search.engines.asking import MOST_FOLDED, MOST_OF_A_STEM
from search.engines.elasticsearch.connection import failure
from search.engines.elasticsearch.indices import Pair
from search.engines.elasticsearch.writing import Dumped, Key, found_among, word_id
from search.engines.wanted import Wanted

_MOST_NEAR = 10_000


class ClusterLexicon:
    """The words as one search sees them; the Lexicon of the cluster.

    `client` gives one that answers within what is left of the search's time. Words of documents that `access` does not
    open count as unknown.
    """

    def __init__(self, client: Callable[[], Elasticsearch], names: Pair, access: Iterable[str]) -> None:
        self.wanted: dict[str, Wanted] = {}
        # The words of the documents that are shown, once those are known: what to mark is looked for among them.
        self.shown: list[dict[str, Dumped]] = []
        self._client = client
        self._names = names
        self._access = list(access)
        self._words: dict[Key, Word | None] = {}
        self._frequencies: dict[str, int] = {}
        self._documents: int | None = None

    def documents(self) -> int:
        if self._documents is None:
            self._counted([])
        return self._documents or 0

    def words(self, surfaces: AbstractSet[str]) -> dict[Key, Word]:
        keys = [(language, surface) for surface in surfaces for language in (*LANGUAGES, "")]
        unknown = [key for key in keys if key not in self._words]
        if unknown:
            answer = self._client().mget(
                index=self._names.words,
                ids=[word_id(*key) for key in unknown],
                realtime=False,
                filter_path="docs.found,docs._source,docs.error",
            )
            for key, found in zip(unknown, answer["docs"], strict=True):
                if "error" in found:
                    raise failure(found.get("status", 500), found["error"])
                kept = found["_source"] if found.get("found") else None
                self._words[key] = Word.load(kept["word"], kept["analysis"]) if kept else None
        return {key: word for key in keys if (word := self._words[key])}

    def frequencies(self, terms: AbstractSet[str]) -> dict[str, int]:
        unknown = [term for term in terms if term not in self._frequencies]
        if unknown:
            self._frequencies |= self._counted(unknown)
        return {term: self._frequencies[term] for term in terms}

    def _counted(self, terms: Sequence[str]) -> dict[str, int]:
        """Return the number of documents that hold each term, of those that the reader may open."""
        search = Search().extra(size=0, track_total_hits=True).filter("terms", access=self._access)
        filters = {str(place): Q("term", any=term) for place, term in enumerate(terms)}
        if filters:
            search.aggs.bucket("terms", "filters", filters=filters)
        answer = self._client().search(
            index=self._names.documents,
            filter_path="hits.total.value,aggregations.terms.buckets.*.doc_count",
            **search.to_dict(),
        )
        self._documents = answer["hits"]["total"]["value"]
        buckets = answer["aggregations"]["terms"]["buckets"] if filters else {}
        return {term: buckets[str(place)]["doc_count"] for place, term in enumerate(terms)}

    def of_same_stem(self, stem: str) -> list[Word]:
        hits = self._find(Q("term", stem=stem), MOST_OF_A_STEM, source=["word", "analysis"])
        return [Word.load(hit["_source"]["word"], hit["_source"]["analysis"]) for hit in hits]

    def spelled_like(self, keys: AbstractSet[str], shortest: int, longest: int) -> list[str]:
        query = Q("terms", keys=sorted(keys)) & Q("range", length={"gte": shortest, "lte": longest})
        return self._terms(query, _MOST_NEAR)

    def folded_like(self, folded: str) -> list[str]:
        return self._terms(Q("term", folded=folded), MOST_FOLDED)

    def found_by(self, terms: AbstractSet[str]) -> list[Word]:
        return [word for words in self.shown for word in found_among(words, terms)]

    def _terms(self, query: Any, most: int) -> list[str]:
        # Reading what is stored of each would cost more than finding them.
        hits = self._find(query, most, source=False, stored_fields="_none_", docvalue_fields=["term"])
        return [hit["fields"]["term"][0] for hit in hits]

    def _find(self, query: Any, most: int, **read: Any) -> list[Any]:
        search = Search().query("bool", filter=[query]).extra(size=most, track_total_hits=False, sort=["_doc"])
        answer = self._client().search(
            index=self._names.words,
            filter_path="hits.hits._source,hits.hits.fields",
            **search.to_dict(),
            **read,
        )
        return list(answer.get("hits", {}).get("hits", []))

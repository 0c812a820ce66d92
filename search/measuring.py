"""How good and how fast a search engine is on a judged set: a folder with corpus.jsonl, queries.tsv and qrels.tsv.

A query's kind beginning with `x_` is an extra: "core" is the mean over the other kinds.
"""

import json
import math
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from search.documents import Document
from search.engines import Engine
from search.query import parse
from search.tokens import clean, tokens

MOST_HITS = 100
TOP = 10
EXTRA = "x_"
CORE = "core"
_SEED = 1


class JudgedQuery(NamedTuple):
    """One judged query."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True)
class JudgedSet:
    """Documents, queries, and for each query the documents that it should find."""

    documents: Sequence[Document]
    queries: Sequence[JudgedQuery]
    relevant: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, folder: Path) -> "JudgedSet":
        """Read the set; without qrels.tsv nothing is relevant. OSError, ValueError or KeyError where it is no set."""
        with open(folder / "corpus.jsonl", encoding="utf-8") as lines:
            documents = [_document(json.loads(line)) for line in lines if line.strip()]
        relevant: dict[str, set[str]] = defaultdict(set)
        if (folder / "qrels.tsv").exists():
            for query, document, *_grade in _rows(folder / "qrels.tsv"):
                relevant[query].add(document)
        queries = [JudgedQuery(*row[:3]) for row in _rows(folder / "queries.tsv")]
        return cls(documents, queries, {query: frozenset(keys) for query, keys in relevant.items()})

    def grown(self, count: int, length: int = 100) -> "JudgedSet":
        """Return as many documents of so many words drawn from these, to measure speed: nothing is relevant."""
        dice = random.Random(_SEED)  # noqa: S311  the same documents each time
        words = [token.word for d in self.documents for token in tokens(clean(f"{d.title} {d.lead} {d.body}"))]
        documents = [
            Document(f"g{number}", "document", "fi", " ".join(made[:5]), "/", body=" ".join(made[5:]))
            for number in range(count)
            for made in [dice.choices(words, k=length)]
        ]
        return JudgedSet(documents, self.queries, {})


def _document(values: Mapping[str, str]) -> Document:
    return Document(
        key=values["id"],
        kind="document",
        language=values.get("language", "fi"),
        title=values.get("title", ""),
        url="/",
        body=values.get("body", ""),
    )


def _rows(path: Path) -> Iterator[list[str]]:
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = line.rstrip("\r\n").split("\t")
            if row[0] not in {"", "query_id"}:
                yield row


class Ranked(NamedTuple):
    """A hit of a run."""

    key: str
    score: float


Run = Mapping[str, Sequence[Ranked]]


def run(engine: Engine, queries: Iterable[JudgedQuery], most: int = MOST_HITS) -> dict[str, list[Ranked]]:
    """Ask every query and return the hits of each, best first, with scores that fall."""
    found = {}
    for query in queries:
        hits = engine.search(parse(query.text), per_page=most).hits
        ranked: list[Ranked] = []
        # Later tiers may hold better scores; whoever sorts by score shall see the same order.
        lowest = -math.inf
        for hit in reversed(hits):
            lowest = max(hit.score, lowest + 1e-6)
            ranked.append(Ranked(hit.document.key, lowest))
        found[query.id] = ranked[::-1]
    return found


def written(run: Run) -> Iterator[str]:
    """Write a run as lines of query_id, doc_id, rank and score."""
    for query, hits in run.items():
        for rank, hit in enumerate(hits, 1):
            yield f"{query}\t{hit.key}\t{rank}\t{hit.score:.6f}\n"


class Quality(NamedTuple):
    """How good the answers to some queries are, on average."""

    queries: int
    recall: float
    ndcg: float
    mrr: float
    zero_hits: float


def judged(judged_set: JudgedSet, run: Run) -> dict[str, Quality]:
    """Judge a run: each kind, then the core, then the extras."""
    by_kind: dict[str, list[Quality]] = defaultdict(list)
    for query in judged_set.queries:
        found = [hit.key for hit in run.get(query.id, ())][:MOST_HITS]
        by_kind[query.kind].append(_judged(found, judged_set.relevant.get(query.id, frozenset())))
    means = {kind: _mean(each, len(each)) for kind, each in sorted(by_kind.items())}
    core = [quality for kind, quality in means.items() if not kind.startswith(EXTRA)]
    first = {kind: quality for kind, quality in means.items() if not kind.startswith(EXTRA)}
    if core:
        first[CORE] = _mean(core, sum(quality.queries for quality in core))
    return first | means


def _mean(each: Sequence[Quality], queries: int) -> Quality:
    return Quality(queries, *(statistics.fmean(column) for column in list(zip(*each, strict=True))[1:]))


def _judged(found: Sequence[str], relevant: frozenset[str]) -> Quality:
    places = [place for place, key in enumerate(found[:TOP]) if key in relevant]
    gained = sum(1 / math.log2(place + 2) for place in places)
    possible = sum(1 / math.log2(place + 2) for place in range(min(TOP, len(relevant))))
    return Quality(
        1,
        recall=len(relevant.intersection(found)) / len(relevant) if relevant else 0.0,
        ndcg=gained / possible if possible else 0.0,
        mrr=1 / (places[0] + 1) if places else 0.0,
        zero_hits=0.0 if found else 1.0,
    )


def milliseconds(
    engine: Engine, queries: Iterable[JudgedQuery], clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Return what a page of ten hits costs inside the engine, facets and excerpts included, sorted."""
    taken = []
    for query in queries:
        asked = parse(query.text)
        began = clock()
        engine.search(asked)
        taken.append((clock() - began) * 1000)
    return sorted(taken)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value that this share of an ordered list does not exceed; 0 of an empty one."""
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0

"""How a cluster is asked, beyond what any engine must do: seldom, and for no more than is needed."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from elasticsearch import Elasticsearch

from search import analysis
from search.analysis import Part, Word
from search.engines import Sort
from search.engines.elasticsearch import rows as kept
from search.engines.elasticsearch.engine import ClusterEngine
from search.engines.elasticsearch.rows import KeptRows, number_of, packed
from search.engines.elasticsearch.writing import found_among, source
from search.query import parse
from tests.search.conftest import make


@pytest.fixture
def asked() -> Iterator[list[tuple[str, Any]]]:
    """What the cluster is asked, and what it answers."""
    journeys: list[tuple[str, Any]] = []
    perform = Elasticsearch.perform_request

    def noted(self: Any, method: str, path: str, **rest: Any) -> Any:
        answer = perform(self, method, path, **rest)
        journeys.append((path.partition("?")[0].rpartition("/")[2], answer.body))
        return answer

    with patch.object(Elasticsearch, "perform_request", noted):
        yield journeys


@pytest.mark.elasticsearch
def test_a_search_in_a_warm_process_takes_four_journeys(cluster: ClusterEngine, asked: list[tuple[str, Any]]) -> None:
    cluster.index([make(f"p:{number}", "Raportti") for number in range(120)])
    asked.clear()
    cluster.search(parse("raportti"))
    assert [path for path, _answer in asked] == ["_msearch", "_search", "_msearch", "_search", "_mget"]
    asked.clear()
    cluster.search(parse("raportti"))
    assert [path for path, _answer in asked] == ["_msearch", "_search", "_msearch", "_mget"]
    # Of each found document a score and a number come, and of each titled one a number.
    hits = [hit for response in asked[2][1]["responses"] for hit in response["hits"]["hits"]]
    assert {(*hit,) for hit in hits} == {("sort",)}
    assert {len(hit["sort"]) for hit in hits} == {1, 2}


@pytest.mark.elasticsearch
def test_a_row_that_changes_is_not_taken_for_what_it_was(cluster: ClusterEngine) -> None:
    cluster.index([make("p:1", "Raportti", regions=("lappi",)), make("p:2", "Raportti pitkä")])
    assert cluster.search(parse("raportti"), sort=Sort.NEWEST).facets["region"] == {"lappi": 1}
    cluster.index([make("p:1", "Raportti", regions=("kainuu",))])
    assert cluster.search(parse("raportti"), sort=Sort.NEWEST).facets["region"] == {"kainuu": 1}


def test_rows_of_other_content_have_other_numbers() -> None:
    documents = [make("p:1", "Raportti"), make("p:2", "Raportti"), make("p:1", "Raportti", language="sv")]
    numbers = {number_of(packed(document)) for document in documents}
    assert len(numbers) == 3
    assert max(numbers) < 2**53


def test_no_more_rows_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST_KEPT", 3)
    rows = KeptRows()
    first, second = (
        rows.add([packed(make(f"p:{number}", "Raportti")) for number in some]) for some in ((1, 2), (3, 4))
    )
    assert [row.id for row in second.values()] == ["p:3", "p:4"]
    assert rows.known([*first, *second]) == second


def test_words_of_a_page_are_found_by_any_of_their_terms() -> None:
    lines = source(make("p:1", "Ilmiötyöpajoissa 14 kurssia", "Viisi 5 kurssilla"), analysis.analyse)["words"]
    assert {word.surface for word in found_among(lines, {"kurssi"})} == {"kurssia", "kurssilla"}
    assert {word.surface for word in found_among(lines, {"5", "paja", "ei"})} == {"5", "ilmiötyöpajoissa"}
    (word,) = found_among(lines, {"ilmiötyöpaja"})
    assert word == analysis.analyse("ilmiötyöpajoissa", "fi")
    assert isinstance(word, Word)
    assert all(isinstance(part, Part) for part in word.parts)

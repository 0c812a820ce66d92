"""The measuring of search on a judged set, and the command that does it."""

import json
import math
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.measuring import JudgedQuery, JudgedSet, Ranked, judged, percentile

TEXTS = {"d1": "Ilmiötyöpajoissa opittua", "d2": "Raportti asunnottomuudesta", "d3": "Asunnottomien tukeminen"}
QUERIES = ["q1\tlemma\ttyöpaja", "q2\tlemma\traportit", "q3\ttypo\tasunotomuus", "q4\tx_none\txyzzyplugh"]
RELEVANT = ["q1\td1", "q2\td2", "q3\td2", "q3\td3", "q4\td1"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = [{"id": key, "title": key, "body": body, "language": "fi"} for key, body in TEXTS.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    (tmp_path / "queries.tsv").write_text("\n".join(["query_id\tkind\tquery", *QUERIES]), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("\n".join(["query_id\tdoc_id", *RELEVANT]), encoding="utf-8")
    return tmp_path


def measure(folder: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("search_benchmark", str(folder), "--json", *options, stdout=out)
    figures: dict[str, Any] = json.loads(out.getvalue())
    return figures


@pytest.mark.parametrize("engine", ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def test_a_set_is_indexed_asked_and_judged(folder: Path, engine: str, settings: Any) -> None:
    if engine == "elasticsearch":
        settings.ELASTICSEARCH_HOSTS = [os.environ["TEST_ELASTICSEARCH_URL"]]
    figures = measure(folder, "--engine", engine, "--run-file", str(folder / "run.tsv"))
    assert list(figures["quality"]) == ["lemma", "typo", "core", "x_none"]
    assert figures["quality"]["lemma"] == {"n": 2, "recall@100": 1, "nDCG@10": 1, "MRR@10": 1, "zero-hit": 0}
    # The mistyped word is another one than that of d3, and half of what was to be found is found.
    assert figures["quality"]["typo"]["recall@100"] == 0.5
    assert figures["quality"]["core"]["n"] == 3
    assert figures["quality"]["core"]["recall@100"] == 0.75
    assert figures["quality"]["x_none"]["zero-hit"] == 1
    assert (figures["documents"], figures["queries"]) == (3, 4)
    assert min(figures["index bytes"], figures["peak memory bytes"], figures["query ms"]["p95"]) > 0
    rows = [line.split("\t") for line in (folder / "run.tsv").read_text(encoding="utf-8").splitlines()]
    assert [row[:3] for row in rows] == [["q1", "d1", "1"], ["q2", "d2", "1"], ["q3", "d2", "1"]]


def test_the_figures_are_printed_for_people_too(folder: Path) -> None:
    out = StringIO()
    call_command("search_benchmark", str(folder), stdout=out)
    assert "core" in out.getvalue()
    assert "documents/s" in out.getvalue()


def test_a_grown_set_measures_speed_alone(folder: Path) -> None:
    figures = measure(folder, "--grow", "50")
    assert figures["documents"] == 50
    assert "quality" not in figures


def test_without_a_cluster_it_says_so(folder: Path, settings: Any) -> None:
    settings.ELASTICSEARCH_HOSTS = []
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("search_benchmark", str(folder), "--engine", "elasticsearch")


def test_a_folder_that_holds_no_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no judged set"):
        call_command("search_benchmark", str(tmp_path))


def test_quality_is_counted_by_place() -> None:
    queries = [("a", "k"), ("b", "k"), ("c", "l"), ("d", "x_l")]
    judged_set = JudgedSet(
        [],
        [JudgedQuery(key, kind, "") for key, kind in queries],
        {key: frozenset({"r1", "r2"}) for key, _kind in queries},
    )
    run = {"a": [Ranked("r1", 2), Ranked("no", 1), Ranked("r2", 0)], "c": [Ranked("no", 1), Ranked("r2", 0)]}
    qualities = judged(judged_set, run)
    best = 1 + 1 / math.log2(3)
    assert qualities["k"].ndcg == pytest.approx((1 + 1 / math.log2(4)) / best / 2)
    assert qualities["k"][2:] == pytest.approx((qualities["k"].ndcg, 0.5, 0.5))
    assert qualities["l"][1:] == pytest.approx((0.5, 1 / math.log2(3) / best, 0.5, 0))
    assert qualities["core"].recall == pytest.approx((qualities["k"].recall + qualities["l"].recall) / 2)
    assert list(qualities) == ["k", "l", "core", "x_l"]


def test_a_percentile_is_one_of_the_values() -> None:
    assert [percentile([1, 2, 3, 4], share) for share in (0.5, 0.95, 1)] == [2, 4, 4]
    assert percentile([], 0.5) == 0

"""Building and asking a large index: 20,000 documents of 100 words, those of the demonstration's texts."""

import json
import random
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from search.tokens import clean, tokens

pytestmark = pytest.mark.benchmark
CONTENT = Path(__file__).resolve().parents[2] / "site/demo/content"
DOCUMENTS = 20_000
LONGEST_BUILD = 30.0
MEDIAN_QUERY = 5.0


def words_of_content() -> Iterator[str]:
    for path in sorted(CONTENT.rglob("*.md")):
        yield from (token.word for token in tokens(clean(path.read_text(encoding="utf-8"))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of 300 queries: words as they stand in texts, pairs of them, and one letter in ten queries missing."""
    words = list(words_of_content())
    long = sorted({word for word in words if len(word) > 4 and word.isalpha()})
    dice = random.Random(1)
    queries = [("one", dice.choice(long)) for _ in range(150)]
    queries += [("two", " ".join(dice.choices(long, k=2))) for _ in range(100)]
    queries += [("typo", word[:3] + word[4:]) for word in dice.choices(long, k=50)]
    lines = [json.dumps({"id": "all", "body": " ".join(words), "language": "fi"})]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    rows = [f"q{number}\t{kind}\t{text}" for number, (kind, text) in enumerate(queries)]
    (tmp_path / "queries.tsv").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def test_a_large_index_is_built_and_asked_quickly(folder: Path) -> None:
    out = StringIO()
    call_command("search_benchmark", str(folder), "--json", "--grow", str(DOCUMENTS), stdout=out)
    figures: dict[str, Any] = json.loads(out.getvalue())
    print(json.dumps(figures, indent=1))
    assert figures["documents"] == DOCUMENTS
    assert figures["indexing"]["seconds"] <= LONGEST_BUILD
    assert figures["query ms"]["p50"] <= MEDIAN_QUERY

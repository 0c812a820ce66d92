"""What an index keeps of a document."""

import dataclasses
import datetime

import pytest

from search.documents import Document, read, written

PLAIN = Document("post:1", "post", "fi", "Raportti", "/blogi/raportti/")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"access": ()},
        {"access": ("group:1", "members"), "fictional": True, "date": datetime.date(2026, 5, 1)},
        {"lead": "Mistä on kyse.", "regions": ("kainuu", "lappi"), "keywords": ("osallisuus",), "attached": "Liite."},
    ],
)
def test_a_document_is_read_as_it_was_written(changes: dict[str, object]) -> None:
    document = dataclasses.replace(PLAIN, **changes)  # type: ignore[arg-type]
    assert read(written(document)) == document


def test_what_is_as_of_any_document_takes_no_room() -> None:
    assert len(written(PLAIN)) < 100

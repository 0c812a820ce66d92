"""Random work by both sides: no word is lost, and what is anchored stays at its words or says that it needs a look.

WALKS in the environment makes them more; each begins from its own number, by which it can be repeated.
"""

import os
import random

import pytest

from accounts.models import User
from blog.models import Submission, Suggestion
from blog.submitting import services
from blog.submitting.deciding import change_of
from blog.submitting.details import Text
from blog.submitting.versions import flat_of
from tests.factories.submissions import latest, sent
from texts import Change, Flat, apply

pytestmark = pytest.mark.django_db
WALKS = int(os.environ.get("WALKS") or 12)
STEPS = 10


class Walk:
    """One text and the two who work on it. Every word is there once, so that each place can be known again."""

    def __init__(self, number: int, writer: User, editor: User) -> None:
        self.dice = random.Random(number)
        self.words = 0
        self.writer, self.editor = writer, editor
        body = Flat.of_notation("\n\n".join(self.sentence(12) for _time in range(26)))
        self.submission = services.take(submission=sent(writer, text=Text("Otsikko", "", body)), editor=editor)

    def sentence(self, length: int) -> str:
        self.words += length
        return " ".join(f"sana{number}" for number in range(self.words - length, self.words))

    @property
    def flat(self) -> Flat:
        return flat_of(latest(self.submission))

    def open_rows(self) -> list[Suggestion]:
        return list(self.submission.suggestions.filter(status="open"))

    def places(self, count: int, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Words of the text that nothing else is about, in order."""
        text = self.flat.text
        found: list[tuple[int, int]] = []
        for _time in range(count * 4):
            start = text.rfind(" ", 0, self.dice.randrange(len(text))) + 1
            end = text.find(" ", start + self.dice.randrange(1, 30))
            is_free = all(end < other[0] or start > other[1] for other in [*taken, *found])
            if end > start and "\n" not in text[start:end] and is_free and len(found) < count:
                found.append((start, end))
        return sorted(found)

    def changes(self, count: int, taken: list[tuple[int, int]]) -> list[Change]:
        return [
            Change(start, end, Flat(self.dice.choice(["", self.sentence(2), self.sentence(1)])))
            for start, end in self.places(count, taken)
        ]

    def suggest(self, author: User) -> None:
        own = [change_of(row) for row in self.open_rows() if row.author_id == author.pk]
        taken = [(row.start, row.end) for row in self.open_rows()]
        services.suggest(
            submission=self.submission,
            author=author,
            version=latest(self.submission).number,
            changes=[*own, *self.changes(4, taken)],
        )

    def comment(self, author: User) -> None:
        for start, end in self.places(2, []):
            services.comment(
                submission=self.submission,
                author=author,
                version=latest(self.submission).number,
                start=start,
                end=end,
                quote=self.flat.text[start:end],
                text="Mitä tämä on?",
            )

    def new_version(self, by: User) -> None:
        """Decide on some of what waits where it is certain, change something else, and hand the text on."""
        rows = [row for row in self.open_rows() if row.is_certain]
        decided = {row: self.dice.choice(["accepted", "rejected", ""]) for row in rows}
        taken = [(row.start, row.end) for row in self.open_rows()]
        accepted = [change_of(row) for row, decision in decided.items() if decision == "accepted"]
        made = self.apart([*accepted, *self.changes(5, taken)])
        expected = apply(self.flat, made)
        decisions = {str(row.pk): decision for row, decision in decided.items() if decision}
        told = {"text": Text("Otsikko", "", expected), "expected_version": latest(self.submission).number}
        if by == self.writer:
            self.submission = services.return_to_writer(submission=self.submission, editor=self.editor)
            self.submission = services.send_back(
                submission=self.submission,
                writer=by,
                changes=[],
                decisions=decisions,
                **told,  # type: ignore[arg-type]
            )
        else:
            self.submission = services.edit(submission=self.submission, editor=by, decisions=decisions, **told)  # type: ignore[arg-type]
        assert self.flat == expected
        for row in rows:
            row.refresh_from_db()
            if decided[row] == "accepted" and change_of(row) in made:
                assert row.status == "accepted"
            assert row.status in {decided[row] or "open", "open"}

    @staticmethod
    def apart(changes: list[Change]) -> list[Change]:
        kept: list[Change] = []
        for change in sorted(changes, key=lambda each: (each.start, each.end)):
            if not kept or kept[-1].end < change.start:
                kept.append(change)
        return kept

    def check(self) -> None:
        newest, text = latest(self.submission), self.flat.text
        for row in [*self.open_rows(), *self.submission.threads.all()]:
            assert row.version == newest
            assert 0 <= row.start <= row.end <= len(text)
            assert not row.is_certain or text[row.start : row.end] == row.quote


@pytest.mark.parametrize("number", range(WALKS))
def test_nothing_is_lost_and_nothing_lands_elsewhere(number: int, writer: User, editor: User) -> None:
    walk = Walk(number, writer, editor)
    for _step in range(STEPS):
        person = walk.dice.choice([writer, editor])
        act = walk.dice.choice([walk.suggest, walk.comment, walk.new_version, walk.new_version])
        act(person)
        walk.check()
    history = Submission.objects.get(pk=walk.submission.pk).versions.values_list("number", flat=True)
    assert list(history) == list(range(1, len(history) + 1))

"""Nobody works out what fewer than five people said: not by adding, subtracting, filtering or comparing runs."""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from learning.study.course_feedback.questions import GROUPS, VALUES
from learning.study.course_feedback.results import Results
from learning.study.course_feedback.suppression import LEAST, Answer, batch_of, told_apart
from learning.study.course_feedback.tables import as_rows, of_groups

QUESTIONS = ("useful", "workload", "teaching")
PRIME = 2_147_483_647
Rows = list[list[int]]


def answer(draw: random.Random, group: str) -> Answer:
    values = {code: draw.choice([0, 0, *VALUES]) for code in QUESTIONS}
    return values | {"group": group}, {"keep": draw.choice(["", "Ryhmät."]), "change": ""}


def answers(draw: random.Random, number: int) -> list[Answer]:
    weights = [draw.random() ** 2 for _group in GROUPS]
    return [answer(draw, draw.choices(list(GROUPS), weights)[0]) for _each in range(number)]


def rank(rows: Rows) -> int:
    """By elimination modulo a prime far larger than any number here."""
    rows, found = [row[:] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column] % PRIME), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        inverse = pow(rows[found][column], -1, PRIME)
        for at in range(found + 1, len(rows)):
            factor = rows[at][column] * inverse % PRIME
            if factor:
                rows[at] = [(a - factor * b) % PRIME for a, b in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found


def small_sets(sizes: Sequence[int]) -> Iterable[tuple[int, ...]]:
    """Every choice of atoms that holds from one to four people."""
    small = [at for at, size in enumerate(sizes) if 0 < size < LEAST]
    for number in range(1, LEAST):
        for chosen in itertools.combinations(small, number):
            if sum(sizes[at] for at in chosen) < LEAST:
                yield chosen


def recovered(sizes: Sequence[int], published: Rows) -> list[tuple[int, ...]]:
    """The sets of one to four people that some sum and difference of the published sets gives, where no atom is
    hidden from who subtracts: they even know which groups had nobody in which batch."""
    whole = rank(published)
    found = []
    for chosen in small_sets(sizes):
        wanted = [1 if at in chosen else 0 for at in range(len(sizes))]
        if rank([*published, wanted]) == whole:
            found.append(chosen)
    return found


def said(batch: Sequence[Answer], group: str, code: str) -> int:
    return sum(values["group"] == group and values[code] != 0 for values, _texts in batch)


def published_sets(batches: Sequence[Sequence[Answer]], code: str | None) -> tuple[list[int], Rows]:
    """The atoms (batch and group) with people in them, and all that was shown of them: of each state after a batch
    the total, each group and their rest. With a code, of those who gave a value to that question."""

    def size(batch: Sequence[Answer], group: str) -> int:
        if code:
            return said(batch, group, code)
        return sum(values["group"] == group for values, _texts in batch)

    counted = [batch for batch in batches if code is None or code in batch_of(batch)["questions"]]
    atoms = [(at, group) for at, batch in enumerate(counted) for group in GROUPS if size(batch, group)]
    rows: Rows = []
    for state in range(1, len(counted) + 1):
        rows.append([1 if at < state else 0 for at, _group in atoms])
        shown: defaultdict[str, set[int]] = defaultdict(set)
        for at, batch in enumerate(counted[:state]):
            for group, told in batch_of(batch)["groups"].items():
                if code is None or code in told["means"]:
                    shown[group].add(at)
        for group, where in shown.items():
            rows.append([1 if own == group and at in where else 0 for at, own in atoms])
    return [size(counted[at], group) for at, group in atoms], rows


@pytest.mark.parametrize("seed", range(60))
def test_no_sum_or_difference_of_what_is_shown_is_of_one_to_four_people(seed: int) -> None:
    """Random runs of a course, each with random batches: as one table of everything that teachers ever see."""
    draw = random.Random(seed)
    runs = [
        [answers(draw, draw.randint(LEAST, 24)) for _batch in range(draw.randint(1, 3))]
        for _run in range(draw.randint(1, 3))
    ]
    for code in (None, *QUESTIONS):
        sizes: list[int] = []
        published: Rows = []
        for batches in runs:
            own_sizes, own_rows = published_sets(batches, code)
            before, after = [0] * len(sizes), [0] * len(own_sizes)
            published = [row + after for row in published] + [before + row for row in own_rows]
            sizes += own_sizes
        # Totals of the course over its runs are sums of these rows, and tell nothing more.
        assert recovered(sizes, published) == []


def test_the_adversary_of_these_tests_finds_what_is_badly_hidden() -> None:
    """Eleven, nine and three with only the three left out, as in many a report: the total gives them away."""
    sizes, published = [11, 9, 3], [[1, 1, 1], [1, 0, 0], [0, 1, 0]]
    assert recovered(sizes, published) == [(2,)]
    # The same, of two days: three came between them.
    assert recovered([7, 3], [[1, 0], [1, 1]]) == [(1,)]


def test_who_knows_the_rule_does_not_learn_the_size_of_a_small_group() -> None:
    """Every table of up to thirteen in each group: what is shown of it fits others, in which a small group differs."""
    most = 13
    fits: defaultdict[tuple[Any, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in itertools.product(range(most + 1), repeat=len(GROUPS)):
        by_group = dict(zip(GROUPS, counts, strict=True))
        if sum(counts) < LEAST:
            continue
        shown = told_apart(by_group)
        fits[(sum(counts), tuple((group, by_group[group]) for group in shown))].append(counts)
    # At the edge of what was tried some tables would have had their likes beyond it.
    for (total, shown), tables in fits.items():
        pooled = total - sum(number for _group, number in shown)
        if not pooled or pooled > most:
            continue
        for at, group in enumerate(GROUPS):
            if group not in dict(shown):
                assert len({table[at] for table in tables}) > 1, (total, shown)


def test_groups_of_five_are_shown_and_smaller_ones_are_pooled_with_another() -> None:
    assert told_apart({"working": 11, "student": 9}) == ("working", "student")
    assert told_apart({"working": 11, "student": 10, "ngo": 3}) == ("working",)
    # Twelve in three groups of which none is shown: all of them might be four.
    assert told_apart({"working": 11, "student": 9, "ngo": 3}) == ()
    assert told_apart({"working": 11, "student": 9, "ngo": 3, "other": 2}) == ("working", "student")
    assert told_apart({"working": 6, "ngo": 2}) == ()
    assert told_apart({"working": 4, "student": 4}) == ()


def test_a_batch_is_of_five_or_more() -> None:
    draw = random.Random(1)
    with pytest.raises(ValueError, match="Fewer"):
        batch_of(answers(draw, 4))
    assert batch_of(answers(draw, 5))["answers"] == 5


def test_tables_and_files_have_only_what_is_shown_of_groups() -> None:
    draw = random.Random(2)
    mixed = [answer(draw, "working") for _each in range(9)] + [answer(draw, "ngo") for _each in range(3)]
    results = Results.of([batch_of(mixed)])
    assert of_groups(results) is None and results.pooled == 12
    everything = "\n".join(str(row) for row in as_rows(results))
    assert all(str(name) not in everything for name in GROUPS.values())


def test_a_question_that_few_were_asked_is_not_counted() -> None:
    draw = random.Random(3)
    rows = answers(draw, 12)
    asked_of_three = [
        ({**values, "reviews": 5} if at < 3 else values, texts) for at, (values, texts) in enumerate(rows)
    ]
    assert "reviews" not in batch_of(asked_of_three)["questions"]
    left_out_by_three = [
        ({**values, "reviews": 5} if at >= 3 else values, texts) for at, (values, texts) in enumerate(rows)
    ]
    assert "reviews" not in batch_of(left_out_by_three)["questions"]
    asked_of_six = [({**values, "reviews": 5} if at < 6 else values, texts) for at, (values, texts) in enumerate(rows)]
    assert batch_of(asked_of_six)["questions"]["reviews"] == [0, 0, 0, 0, 0, 6]


def test_texts_stand_in_an_order_by_lot_and_apart_from_everything_else() -> None:
    draw = random.Random(4)
    rows = [
        (values, {"keep": f"säilytä {at}", "change": f"muuta {at}"})
        for at, (values, _texts) in enumerate(answers(draw, 40))
    ]
    texts = batch_of(rows)["texts"]
    keep, change = ([int(text.split()[1]) for text in texts[code]] for code in ("keep", "change"))
    assert sorted(keep) == sorted(change) == list(range(40))
    assert keep != sorted(keep) and keep != change

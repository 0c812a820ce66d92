"""What may be shown of answers, so that nobody works out what fewer than five people said.

Answers are shown in batches. A batch is divided into blocks of at least five people, and everything that is ever shown
is of whole blocks; an answer belongs to one block for ever. Whatever is added up, subtracted or filtered, nothing
smaller than a block comes out. docs/decisions tells why, and what this does not keep.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from learning.study.course_feedback.questions import BY_CODE, CANNOT_SAY, GROUPS, TEXTS, VALUES

LEAST = 5
GROUP = "group"
# Values and texts of one person.
Answer = tuple[Mapping[str, Any], Mapping[str, str]]
Shuffle = Callable[[list[Any]], None]


def told_apart(counts: Mapping[str, int], least: int = LEAST) -> tuple[str, ...]:
    """The groups to be shown on their own; the people of all others are a pool of nobody or of at least `least`.

    A pool that tells of one of its groups is filled with the last group that could have been shown. Which one that
    is does not depend on how many it has: what was pooled tells nothing of the numbers in the pool.
    """
    shown = [group for group in GROUPS if counts.get(group, 0) >= least]
    while shown and _tells(
        sum(counts.values()) - sum(counts[group] for group in shown), len(GROUPS) - len(shown), least
    ):
        shown.pop()
    return tuple(shown)


def _tells(pooled: int, groups: int, least: int) -> bool:
    """Whether the size of the pool gives a small group away: it is one, or all of the groups in it are at the limit."""
    return 0 < pooled < least or (groups > 0 and pooled == groups * (least - 1))


def batch_of(answers: Sequence[Answer], shuffle: Shuffle = random.SystemRandom().shuffle) -> dict[str, Any]:
    """All that will ever be told of these answers, as JSON; raises ValueError where there are too few of them."""
    if len(answers) < LEAST:
        raise ValueError("Fewer answers than may be shown.")
    values = [values for values, _texts in answers]
    groups = _by_group(values)
    shown = told_apart({group: len(rows) for group, rows in groups.items()})
    asked = [code for code in BY_CODE if _may_be_counted(code, values)]
    return {
        "answers": len(answers),
        "questions": {code: _counted(code, values) for code in asked},
        "groups": _means(groups, shown, asked),
        "texts": {code: _texts(code, answers, shuffle) for code in TEXTS},
    }


def _by_group(values: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    groups: dict[str, list[Mapping[str, Any]]] = {group: [] for group in GROUPS}
    for each in values:
        groups[each[GROUP]].append(each)
    return groups


def _may_be_counted(code: str, values: Sequence[Mapping[str, Any]]) -> bool:
    """Whether neither those who gave a value are few, nor those of whom it was not asked."""
    said, left_out = sum(bool(each.get(code)) for each in values), sum(code not in each for each in values)
    return said >= LEAST and (left_out == 0 or left_out >= LEAST)


def _counted(code: str, values: Iterable[Mapping[str, Any]]) -> list[int]:
    """How many gave each value, from what cannot be said to five."""
    given = [each.get(code) for each in values]
    return [given.count(value) for value in (CANNOT_SAY, *VALUES)]


def _means(
    groups: Mapping[str, list[Mapping[str, Any]]], shown: Sequence[str], asked: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """By group and question: the sum of the values and how many gave one."""
    means: dict[str, dict[str, list[int]]] = {group: {} for group in shown}
    for code in asked:
        said = {group: [each[code] for each in rows if each.get(code)] for group, rows in groups.items()}
        # Those who could not say leave the others fewer: they are told apart anew.
        for group in told_apart({group: len(numbers) for group, numbers in said.items()}):
            if group in means:
                means[group][code] = [sum(said[group]), len(said[group])]
    return {group: {"answers": len(groups[group]), "means": means[group]} for group in shown}


def _texts(code: str, answers: Iterable[Answer], shuffle: Shuffle) -> list[str]:
    """The texts without anything beside them. Each question is shuffled for itself: no two texts belong together."""
    texts = [texts[code] for _values, texts in answers if texts.get(code)]
    shuffle(texts)
    return texts

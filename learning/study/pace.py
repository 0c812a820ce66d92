"""How long the rest will take, by the learner's own pace. An estimate that says no more than it knows."""

from collections.abc import Iterable
from statistics import median

# Fewer lessons tell nothing of a person's pace.
ENOUGH = 3
# What was opened and marked done much faster was not read at one sitting, or was read elsewhere; much slower, with a
# night in between. Neither tells how long reading takes.
FASTEST, SLOWEST = 0.2, 3.0
# Whatever was measured, the estimate stays near what the lessons themselves say.
LEAST, MOST = 0.5, 2.0
STEP = 5


def pace_of(read: Iterable[tuple[int, float]]) -> float | None:
    """The middle of how much longer than told the lessons took: (minutes told, minutes from opening to done).

    None where too few were read at one sitting.
    """
    ratios = [taken / told for told, taken in read if told and FASTEST <= taken / told <= SLOWEST]
    return min(MOST, max(LEAST, median(ratios))) if len(ratios) >= ENOUGH else None


def minutes_left(minutes: int, pace: float | None) -> int:
    """The minutes of what is left at that pace, in whole fives; at least five where anything is left."""
    if not minutes:
        return 0
    return max(STEP, round(minutes * (pace or 1.0) / STEP) * STEP)

"""Figures of answers: how hard, how well they tell the able apart. Pure, and silent below five."""

from collections.abc import Sequence
from statistics import StatisticsError, correlation, fmean, median

FEWEST = 5


def mean(values: Sequence[float]) -> float | None:
    return fmean(values) if len(values) >= FEWEST else None


def middle(values: Sequence[float]) -> float | None:
    return median(values) if len(values) >= FEWEST else None


def percent(number: int, whole: int) -> int | None:
    return round(100 * number / whole) if whole >= FEWEST else None


def discrimination(own: Sequence[float], rest: Sequence[float]) -> float | None:
    """The corrected item-total correlation: how the points of one go with those of the others, itself left out.

    None where there are fewer than five, or nothing to compare because everybody got the same.
    """
    if len(own) < FEWEST:
        return None
    try:
        return round(correlation(own, rest), 2)
    except StatisticsError:
        return None

"""From shares to points, and whether they are enough."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from learning.study.models import Attempt

HUNDREDTH = Decimal("0.01")


def points_of(share: Fraction, possible: int) -> Decimal:
    """The share of the points in hundredths."""
    exact = share * possible
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(HUNDREDTH, ROUND_HALF_UP)


def is_enough(points: Decimal, attempt: Attempt) -> bool:
    return points * 100 >= attempt.points_possible * attempt.rules["pass_percent"]

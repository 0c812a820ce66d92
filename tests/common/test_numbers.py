"""Numbers as they are sent."""

import pytest

from common.numbers import whole


@pytest.mark.parametrize(("sent", "number"), [("0", 0), ("12", 12), ("007", 7), ("9" * 9, 999_999_999)])
def test_plain_digits_are_a_number(sent: str, number: int) -> None:
    assert whole(sent) == number


@pytest.mark.parametrize("sent", ["", "-1", "+1", "1.0", " 1", "1\n", "²", "٣", "9" * 10, "9" * 5_000])
def test_anything_else_is_none(sent: str) -> None:
    assert whole(sent) is None

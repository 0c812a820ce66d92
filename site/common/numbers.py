"""Numbers as Finnish, Swedish and English readers write them, and as they are sent."""

from decimal import Decimal

from common import languages
from common.dates import SPACE


def written(value: Decimal | float) -> str:
    """The number with its thousands apart and without needless decimals.

    Finnish and Swedish: 2 846,5 (the space does not break). English: 2,846.5.
    """
    thousands, comma = (",", ".") if languages.current() == "en" else (SPACE, ",")
    whole, _point, decimals = f"{abs(value):f}".partition(".")
    decimals = decimals.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", thousands)
    sign = "\N{MINUS SIGN}" if value < 0 and (int(whole) or decimals) else ""
    return f"{sign}{grouped}" + (f"{comma}{decimals}" if decimals else "")


def whole(text: str, *, digits: int = 9) -> int | None:
    """The number that somebody sent; None where it is not one of so many plain digits.

    int() takes the digits of all scripts and fails at thousands of them, and a database at more than its keys hold.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None

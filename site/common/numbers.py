"""Numbers as Finnish, Swedish and English readers write them, and as they are sent."""

from decimal import ROUND_HALF_UP, Decimal

from common import languages
from common.dates import SPACE


def written(value: Decimal | float, decimals: int | None = None) -> str:
    """The number with its thousands apart and a true minus sign, for people: files for programs keep the hyphen.

    Finnish and Swedish: −2 846,5 (the space does not break). English: −2,846.5. Without needless decimals; or rounded
    half up to so many; or, where `decimals` is negative, to at most so many.
    """
    thousands, comma = (",", ".") if languages.current() == "en" else (SPACE, ",")
    if decimals is not None:
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-abs(decimals)), ROUND_HALF_UP)
    whole, _point, part = f"{abs(value):f}".partition(".")
    if decimals is None or decimals < 0:
        part = part.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", thousands)
    sign = "\N{MINUS SIGN}" if value < 0 and (int(whole) or part) else ""
    return f"{sign}{grouped}" + (f"{comma}{part}" if part else "")


def whole(text: str, *, digits: int = 9) -> int | None:
    """The number that somebody sent; None where it is not one of so many plain digits.

    int() takes the digits of all scripts and fails at thousands of them, and a database at more than its keys hold.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None

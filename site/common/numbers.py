"""Numbers as Finnish, Swedish and English readers write them."""

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

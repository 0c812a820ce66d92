"""Finding personal identity codes and telephone numbers in a folded text."""

import re
from calendar import monthrange
from collections.abc import Iterator

from common.personal_data.wordlists import Span, part, pattern, words

_IDENTITY = pattern("identity", "pattern")
_CENTURIES: dict[str, int] = part("identity")["centuries"]
_CHECKS: str = part("identity")["checks"]
_INTERNATIONAL = pattern("phone", "international")
_NATIONAL = pattern("phone", "national")
_UNIT = pattern("phone", "unit")
_CALLING_CODES = frozenset(words("phone", "calling_codes"))
_DIGITS = frozenset("0123456789")
_JOINED = re.compile(f"[0-9{part('address')['letter']}/_+-]")
_GROUP = re.compile("[0-9]+")
_YEAR = re.compile("(?:19|20)[0-9]{2}$")
# The longest numbers are the mobile ones that begin 0457; other mobile ones have ten digits, and landline ones too.
_LONGEST = 11
_USUAL = 10


def identity_codes(text: str) -> tuple[list[Span], list[Span]]:
    """Spans of personal identity codes whose date and check character hold: with the sign of a century, and without it.

    Ten digits may be anything, so those without the sign come apart, for others to go first.
    """
    signed: list[Span] = []
    unsigned: list[Span] = []
    place = 0
    while found := _IDENTITY.search(text, place):
        place = found.start() + 1
        if found.start() and text[found.start() - 1] in _DIGITS:
            continue
        if not _is_identity_code(*(group or "" for group in found.groups())):
            continue
        if found[5]:
            signed.append(found.span())
            place = found.end()
        else:
            unsigned.append(found.span())
    return signed, unsigned


def _is_identity_code(day: str, month: str, written: str, year: str, sign: str, number: str, check: str) -> bool:
    day, month, year, number = (re.sub("[^0-9]", "", digits) for digits in (day, month, year, number))
    century = _CENTURIES.get(sign.upper(), int(written or 20) * 100)
    if (written and century != int(written) * 100) or int(number) < 2 or not 1 <= int(month) <= 12:
        return False
    if not 1 <= int(day) <= monthrange(century + int(year), int(month))[1]:
        return False
    remainder = int(day.zfill(2) + month.zfill(2) + year + number) % len(_CHECKS)
    return _CHECKS[remainder] == check.upper()


def phone_numbers(text: str) -> Iterator[Span]:
    """Spans of telephone numbers that may be a person's: service and company numbers (010, 0800 …) are left out."""
    for each in _INTERNATIONAL.finditer(text):
        alone = _begins_alone(text, each.start()) and not _UNIT.match(text, each.end())
        if alone and _is_international(each[0]):
            yield each.span()
    place = 0
    while found := _NATIONAL.search(text, place):
        place = found.start(1) + len(found[1])
        end = _national_end(found) if _begins_alone(text, found.start()) else 0
        if end:
            yield found.start(), end
            place = end


def _begins_alone(text: str, place: int) -> bool:
    """Whether the number is no later part of a longer number, word, address or path."""
    before = text[place - 1] if place else " "
    if before in ".,:":
        return place < 2 or text[place - 2] not in _DIGITS
    return not _JOINED.match(before)


def _is_international(whole: str) -> bool:
    digits = "".join(_GROUP.findall(whole.replace("(0)", "")))
    if whole.startswith("00"):
        digits = digits[2:]
    if digits.startswith("358"):
        # Without a plus it may be a sum, which is shorter.
        least = 9 if whole[0] in "+0" else 11
        return least <= len(digits.replace("3580", "358", 1)) <= 14
    code = next((digits[:length] for length in (1, 2, 3) if digits[:length] in _CALLING_CODES), "")
    if not code or not 9 <= len(digits) <= 15:
        return False
    return len(digits) == _LONGEST and digits[1] > "1" if code == "1" else code == "39" or digits[len(code)] != "0"


def _national_end(found: re.Match[str]) -> int:
    """Where the number ends: groups that make it too long belong to what follows. 0 where it is no number."""
    groups = [(found[1], found.end(1))]
    groups += [(each[0], found.start(2) + each.end()) for each in _GROUP.finditer(found[2])]
    is_mobile = found[1].startswith(("04", "050"))
    most = _LONGEST if is_mobile else _USUAL
    while groups and sum(len(digits) for digits, _end in groups) > most:
        groups.pop()
    if not groups:
        return 0
    parts = [digits for digits, _end in groups]
    end = groups[-1][1]
    rest = found[2][: max(0, end - found.start(2))]
    return end if (_is_mobile(parts) if is_mobile else _is_landline(parts, rest)) else 0


def _is_mobile(groups: list[str]) -> bool:
    digits = "".join(groups)
    # Four and four is how journals are numbered (ISSN).
    return len(digits) >= 8 and len(groups[0]) > 2 and [len(each) for each in groups] != [4, 4]


def _is_landline(groups: list[str], rest: str) -> bool:
    area = groups[0]
    if len(groups) == 1:
        return len(area) >= 9 and (area[1] in "235689" or (area[1] == "1" and area[2] > "2")) and area[2] != "0"
    is_area = area in {"02", "03", "05", "06", "08", "09"} or (len(area) == 3 and "013" <= area <= "019")
    separated = rest[0] in " -" and rest[1] in _DIGITS and "." not in rest and "/" not in rest
    number = "".join(groups[1:])
    return (
        is_area
        and separated
        and len(groups[1]) >= 3
        and len(number) >= 5
        and number[0] != "0"
        and not _YEAR.match(groups[1])
    )

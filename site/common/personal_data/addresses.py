"""Finding e-mail and street addresses in a folded text."""

import re
from collections.abc import Iterator

from common.personal_data.wordlists import Span, part, pattern, words

_AT = pattern("email", "at")
_LOCAL = re.compile(f"[{part('email')['local']}]")
_DOMAIN = pattern("email", "domain")
_SHARED = pattern("email", "shared")
_PROVIDERS = frozenset(words("email", "providers"))
_LONGEST_LOCAL = 64
_NUMBER = pattern("address", "number")
_ENDING = pattern("address", "ending")
_SMALL = pattern("address", "small")
_NOT_BEFORE = pattern("address", "not_before")
_LETTER = re.compile(f"[{part('address')['letter']}-]")
_CAPITAL = re.compile(f"[{part('address')['capital']}]")
_LONGEST_WORD = 40


def email_addresses(text: str) -> Iterator[Span]:
    """Spans of e-mail addresses, "at" and "dot" in words too; shared boxes (info@, kirjaamo@) are left out."""
    for at in _AT.finditer(text):
        start = _back(text, at.start(), _LOCAL, _LONGEST_LOCAL)
        while start < at.start() and text[start] in "._-'+%":
            start += 1
        domain = _DOMAIN.match(text, at.end())
        local = text[start : at.start()]
        if not local or not domain or _SHARED.match(local.lower()):
            continue
        # "At" between spaces is an English word as well.
        if at[0][0] == " " and at[0][-1] == " " and len(at[0]) == 4 and not _is_likely(local, domain[0]):
            continue
        yield start, domain.end()


def _is_likely(local: str, domain: str) -> bool:
    return domain.split(".")[0].split(" ")[0].lower() in _PROVIDERS or bool(re.search("[a-z][._][a-z]", local.lower()))


def street_addresses(text: str) -> Iterator[Span]:
    """Spans of a street's name and the number after it."""
    for number in _NUMBER.finditer(text):
        end = number.start() - 1
        if end < 1 or text[end] != " ":
            continue
        start = _back(text, end, _LETTER, _LONGEST_WORD)
        if _is_street(text[start:end]):
            yield start, number.end()


def _is_street(word: str) -> bool:
    ending = _ENDING.search(word)
    if not ending or _NOT_BEFORE.search(word[: ending.start()]):
        return False
    return bool(_CAPITAL.match(word) or _SMALL.match(word))


def _back(text: str, place: int, allowed: re.Pattern[str], most: int) -> int:
    """The start of the run of allowed signs that ends here."""
    start = place
    while start > 0 and place - start < most and allowed.match(text, start - 1):
        start -= 1
    return start

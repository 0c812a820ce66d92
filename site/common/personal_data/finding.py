"""Finding what looks like personal data in a free text."""

from collections.abc import Iterable, Iterator

from common.personal_data.addresses import email_addresses, street_addresses
from common.personal_data.folding import fold
from common.personal_data.kinds import Finding, Kind
from common.personal_data.names import full_names
from common.personal_data.numbers import identity_codes, phone_numbers
from common.personal_data.wordlists import Span


def _searches(folded: str) -> Iterator[tuple[Kind, Iterable[Span]]]:
    """In this order: what an earlier one has found is nothing else."""
    codes, unsigned_codes = identity_codes(folded)
    yield Kind.IDENTITY_CODE, codes
    yield Kind.EMAIL, email_addresses(folded)
    yield Kind.PHONE, phone_numbers(folded)
    yield Kind.IDENTITY_CODE, unsigned_codes
    yield Kind.ADDRESS, street_addresses(folded)
    yield Kind.NAME, full_names(folded)


def find(text: str) -> list[Finding]:
    """Return what looks like personal data in a plain text, in its order, without overlaps.

    It takes time in proportion to the length, and neither keeps nor logs anything of the text. The page's script
    (`js/personal-data.js`) gives the same answers from the same patterns.
    """
    folded, places = fold(text)
    taken = bytearray(len(folded))
    found = []
    for kind, spans in _searches(folded):
        for start, end in spans:
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Finding(kind, places[start], places[end]))
    return sorted(found, key=lambda each: each.start)

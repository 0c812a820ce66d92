"""Soft hyphens for long Finnish words, since not every browser brings Finnish hyphenation."""

import re
from functools import lru_cache

SOFT = "\N{SOFT HYPHEN}"
LONG = 13
WORD = re.compile(rf"[A-Za-zÅÄÖåäö]{{{LONG},}}")
# Last parts of the field's compounds: a word divides best where it was put together.
LAST_PARTS = re.compile(
    r"(?<=[a-zåäö]{4})(?="
    r"(?:sosiaali)?työ|työpaja|työntekij|asiantuntij|viestin|raporto|raport|suunnitelma|toimikun|toimija|alue|palvelu|"
    r"johtami|kehittämi|edistämi|hallin|verkosto|osallis|tieto|tieta|aineisto|arvioin|seloste|koulutu|opiskel|"
    r"organisaatio|järjest|yhteis|kokemu|katsaus|mittar|tarpe|kesku|korkeakoulu|käytän|rakente|vaikuttavuu|muutos|muutok|perustei|kurssi|teema"
    r")"
)
VOWELS = "aeiouyåäöAEIOUYÅÄÖ"
# A Finnish syllable begins with one consonant and a vowel.
SYLLABLE = re.compile(rf"(?<=[a-zåäö])(?=[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ][{VOWELS}])")
EDGE = 5


@lru_cache(maxsize=4096)
def soften_word(word: str) -> str:
    """Divide at the seam of a compound where one is known, else at syllables away from both ends."""
    seams = [match.start() for match in LAST_PARTS.finditer(word) if match.start() >= 4]
    if not seams:
        seams = [match.start() for match in SYLLABLE.finditer(word) if EDGE <= match.start() <= len(word) - EDGE]
    for place in reversed(seams):
        word = f"{word[:place]}{SOFT}{word[place:]}"
    return word


def soften(text: str) -> str:
    return WORD.sub(lambda match: soften_word(match[0]), text)

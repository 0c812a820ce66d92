"""A text as words, signs and line ends: what people compare, and what is never cut in two."""

import re
from typing import NamedTuple

LETTER = r"[\w\u0300-\u036f]"
# A sign is taken with what shapes it: the parts of one emoji belong together.
TOKEN = re.compile(
    rf"{LETTER}+(?:[-'’.:]{LETTER}+)*|\n|[^\w\s](?:[\u0300-\u036f\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[^\w\s])*"
)


class Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] == "_"


def tokens_of(text: str) -> list[Token]:
    return [Token(found[0], found.start(), found.end()) for found in TOKEN.finditer(text)]

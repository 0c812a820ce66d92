"""How long a text is: the one rule, also for pages, whose markup is stored already sanitised.

Characters of the words with spaces are counted, as code points of composed (NFC) letters. Line ends are not, as word
processors do not; neither are titles, captions and markup. A line break inside a block counts as a space.
"""

import math
import re
from html import unescape

from texts import normal

CHARACTERS_PER_MINUTE = 1_000
WHITE = re.compile(r"[ \t\n\r\f]+")
BLOCK = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|blockquote)(?:\s[^>]*)?>|<br\s*/?>(?:\s*<br\s*/?>)+")
BREAK = re.compile(r"<br\s*/?>")
TAG = re.compile(r"<[^>]+>")
LETTER = re.compile(r"[^\W_]")


def plain_text(markup: str) -> str:
    """The words of stored rich text: one line for each block, entities decoded, no markup."""
    lines = BREAK.sub("\u2028", BLOCK.sub("\n", WHITE.sub(" ", markup)))
    text, _places = normal.characters(unescape(TAG.sub("", lines)))
    text, _kinds, _spaced = normal.spaces(text, ())
    return text.removesuffix("\n")


def characters_in(markup: str) -> int:
    """The length of stored rich text; that of a Flat is its `characters`."""
    text = plain_text(markup)
    return len(text) - text.count("\n")


def words_in(text: str) -> int:
    """How many words a normal text has: signs between spaces with a letter or a number among them.

    The browser counts by the same rule (editor/src/meter.js).
    """
    return sum(1 for word in text.split() if LETTER.search(word))


def reading_minutes(markup: str) -> int:
    """Minutes to read Finnish text aloud in one's mind; at least one."""
    return max(1, math.ceil(characters_in(markup) / CHARACTERS_PER_MINUTE))

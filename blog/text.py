"""The body of a post as plain text: its length and its reading time."""

import html
import math
import re

CHARACTERS_PER_MINUTE = 1_000
BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote)>|<br\s*/?>")
TAG = re.compile(r"<[^>]+>")


def plain_text(markup: str) -> str:
    """The words of rich text: one line for each block, entities decoded, no markup."""
    lines = html.unescape(TAG.sub("", BLOCK_END.sub("\n", markup))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def reading_minutes(markup: str) -> int:
    """Minutes to read Finnish text aloud in one's mind; at least one."""
    return max(1, math.ceil(len(plain_text(markup)) / CHARACTERS_PER_MINUTE))

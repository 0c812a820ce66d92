"""What looks like personal data in a text, shown to its writer in its place. Nothing of it is kept or logged."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.personal_data import Finding, Kind, find
from texts.changes import Change, spliced
from texts.flat import Flat

# Signs that no text has: taken out of every one that comes in.
OPEN, CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True)
class Told:
    """`number` is 0 where the words are not in the body, which has a mark for each of its own."""

    number: int
    kind: Kind
    words: str


def in_words(*texts: str) -> list[Told]:
    """What was found in plain texts, such as the title and the lead."""
    return [Told(0, each.kind, text[each.start : each.end]) for text in texts for each in find(text)]


def told_of(flat: Flat) -> tuple[list[Told], str]:
    """What was found, and the text as HTML in which each of the places can be linked to: `kohta-1` …"""
    if OPEN in flat.text or CLOSE in flat.text:
        return [], flat.html()
    found = find(flat.text)
    told = [Told(number, each.kind, flat.text[each.start : each.end]) for number, each in enumerate(found, start=1)]
    html = spliced(flat, _signs(flat, found)).html()
    for each in told:
        html = html.replace(OPEN, f'<mark class="finding" id="kohta-{each.number}">', 1).replace(CLOSE, "</mark>", 1)
    return told, html


def _signs(flat: Flat, found: Sequence[Finding]) -> list[Change]:
    """A sign before and after each finding, inside the block in which it begins."""
    changes = []
    for each in found:
        end = flat.text.find("\n", each.start, each.end)
        end = each.end if end < 0 else end
        changes += [Change(each.start, each.start, Flat(OPEN)), Change(end, end, Flat(CLOSE))]
    return changes

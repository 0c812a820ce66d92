"""The one form of a text: its words as a line for each block, the kind of each block, and the marks of words.

    {"text": "Väliotsikko\nKappale …\n", "blocks": ["h2", "p"], "marks": [[0, 5, "strong"], [6, 9, "a", "https://…"]]}

- Places are counted in code points. Every block ends with a line end, which carries the kind of the block: where two
  blocks become one, the joined block is of the kind of the line end that stays.
- A list is a block for each of its items, without levels. A line break inside a block is U+2028.
- A part of a text (what a suggestion puts in place of something) is a Flat too; its last words need no line end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from texts import normal
from texts.marks import Mark, fitted, joined, within

BLOCKS = frozenset({"p", "h2", "h3", "ul", "ol", "quote"})
LISTS = frozenset({"ul", "ol"})


@dataclass(frozen=True)
class Flat:
    text: str = ""
    blocks: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()

    @classmethod
    def of_html(cls, html: str) -> "Flat":
        """What HTML from anywhere says, its styles and layout left behind; nothing of it is ever run or trusted."""
        from texts.pasted import of_html

        return of_html(html)

    @classmethod
    def of_notation(cls, text: str) -> "Flat":
        """What a person typed into a plain text box."""
        from texts.notation_in import of_notation

        return of_notation(text)

    @classmethod
    def of_json(cls, data: Any) -> "Flat":
        """A text, or a part of one, of parsed JSON. BadText where it is malformed or too large.

        What a browser sends is read by `read_body`, which also brings a whole text to its normal form.
        """
        from texts.reading import flat_of

        return flat_of(data)

    def html(self) -> str:
        """As Wagtail's rich text stores it; `sanitise` leaves it as it is."""
        from texts.markup import to_html

        return to_html(self)

    def notation(self) -> str:
        """As a plain text box shows it; of_notation reads the same text back."""
        from texts.notation import to_notation

        return to_notation(self)

    def json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "blocks": list(self.blocks),
            "marks": [[*mark] if mark.value else [*mark[:3]] for mark in self.marks],
        }

    @property
    def characters(self) -> int:
        """The length as it is told to people: characters with spaces, line ends not counted."""
        return len(self.text) - len(self.blocks)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where the line end of each block is."""
        return tuple(place for place, sign in enumerate(self.text) if sign == "\n")

    def normal(self) -> "Flat":
        return self.normalised()[0]

    def normalised(self) -> "tuple[Flat, list[int] | None]":
        """The whole text in normal form, and the new place of each old character (None: where it was)."""
        text, composed = normal.characters(self.text)
        if text and not text.endswith("\n"):
            raise ValueError("a whole text ends with a line end")
        text, blocks, spaced = normal.spaces(text, self.blocks)
        if composed is None:
            places = spaced
        else:
            places = composed if spaced is None else [spaced[place] for place in composed]
        marks: Iterable[Mark] = self.marks
        if places is not None:
            marks = [mark._replace(start=places[mark.start], end=places[mark.end]) for mark in marks]
        return type(self)(text, blocks, fitted(marks, text)), places

    def piece(self, start: int, end: int) -> "Flat":
        """A part of the text with its marks and the kinds of the blocks that end inside."""
        first = self.text.count("\n", 0, start)
        text = self.text[start:end]
        marks = [mark.moved(-start) for mark in within(self.marks, start, end)]
        return Flat(text, self.blocks[first : first + text.count("\n")], tuple(marks))

    def __add__(self, other: "Flat") -> "Flat":
        length = len(self.text)
        marks = (*self.marks, *(mark.moved(length) for mark in other.marks))
        return Flat(self.text + other.text, self.blocks + other.blocks, joined(marks))

    def runs(self, start: int = 0, end: int | None = None) -> list[tuple[int, int, tuple[Mark, ...]]]:
        """The range cut where marks begin and end: (start, end, the marks there), line ends not kept apart."""
        end = len(self.text) if end is None else end
        inside = within(self.marks, start, end)
        cuts = sorted({start, end, *(mark.start for mark in inside), *(mark.end for mark in inside)})
        result = []
        number = 0
        waiting = sorted(inside)
        open_now: list[Mark] = []
        for here, there in pairwise(cuts):
            open_now = [mark for mark in open_now if mark.end > here]
            while number < len(waiting) and waiting[number].start <= here:
                open_now.append(waiting[number])
                number += 1
            result.append((here, there, tuple(open_now)))
        return result


def concatenated(parts: Iterable[Flat]) -> Flat:
    """Parts of texts put one after another."""
    texts: list[str] = []
    blocks: list[str] = []
    marks: list[Mark] = []
    length = 0
    for part in parts:
        texts.append(part.text)
        blocks += part.blocks
        marks += [mark.moved(length) for mark in part.marks]
        length += len(part.text)
    return Flat("".join(texts), tuple(blocks), joined(marks))

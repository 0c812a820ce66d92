"""Two versions of a text as people compare them: in one text, or beside one another."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from texts.flat import Flat
from texts.markup import inline as inline_html
from texts.markup import laid_out
from texts.segments import restyled, segments, styles

SAME, ADDED, REMOVED, FORMAT = "same", "added", "removed", "format"
CHANGED = "changed"
TAGS = {SAME: "{}", ADDED: "<ins>{}</ins>", REMOVED: "<del>{}</del>", FORMAT: '<span class="restyled">{}</span>'}
# A line end that was put in or taken out, where words stand on both sides of it.
LINE_END = "¶"
# Two blocks stand beside one another when so much of either is the same.
ALIKE = 0.2


@dataclass(frozen=True)
class Piece:
    """Words of one sort. `kind` is same, added, removed, or format (the same words that look different)."""

    kind: str
    html: SafeString


@dataclass
class Block:
    """A block of words. `kind` is p, h2, h3, ul, ol or quote; `restyled`, whether it was of another kind before."""

    kind: str = "p"
    pieces: list[Piece] = field(default_factory=list)
    restyled: bool = False

    @property
    def change(self) -> str:
        """same, added, removed, format or changed."""
        kinds = {piece.kind for piece in self.pieces} | ({FORMAT} if self.restyled else set())
        return kinds.pop() if len(kinds) == 1 else FORMAT if kinds <= {SAME, FORMAT} else CHANGED

    @property
    def inner(self) -> SafeString:
        """The words with what was added and removed marked, without the tag of the block."""
        return mark_safe("".join(TAGS[piece.kind].format(piece.html) for piece in self.pieces))

    @property
    def html(self) -> SafeString:
        return mark_safe(laid_out([(self.kind, self.inner)]))


@dataclass(frozen=True)
class Row:
    """Blocks of the two versions that stand for one another; None where a version has none."""

    old: Block | None
    new: Block | None

    @property
    def changed(self) -> bool:
        return any(block is None or block.change != SAME for block in (self.old, self.new))


class Stretch(NamedTuple):
    """A range of one of the texts, without line ends or a line end alone."""

    kind: str
    start: int
    end: int
    new_start: int
    new_end: int


def inline(old: Flat, new: Flat) -> list[Block]:
    """The new text with what was removed kept in its place."""
    blocks = [Block()]
    for part in _stretches(old, new):
        source, start, end = (
            (old, part.start, part.end) if part.kind == REMOVED else (new, part.new_start, part.new_end)
        )
        block = blocks[-1]
        if source.text[start:end] != "\n":
            block.pieces.append(_piece(part.kind, source, start, end))
            continue
        is_whole = all(piece.kind == part.kind for piece in block.pieces)
        if part.kind in {ADDED, REMOVED} and not is_whole:
            block.pieces.append(Piece(part.kind, mark_safe(LINE_END)))
        if part.kind != REMOVED or is_whole:
            _end(blocks, source, start, part.kind)
    return [block for block in blocks if block.pieces]


def side_by_side(old: Flat, new: Flat) -> list[Row]:
    """Each block of the old text beside the one of the new that has most of its words."""
    olds, news = [Block()], [Block()]
    shared: Counter[tuple[int, int]] = Counter()
    for part in _stretches(old, new):
        if part.kind in {SAME, FORMAT}:
            shared[len(olds) - 1, len(news) - 1] += part.end - part.start
        if part.kind != ADDED:
            _put(olds, old, part.kind, part.start, part.end)
        if part.kind != REMOVED:
            _put(news, new, part.kind, part.new_start, part.new_end)
    return list(_rows(olds[:-1], news[:-1], _pairs(shared, old, new)))


def _stretches(old: Flat, new: Flat) -> Iterator[Stretch]:
    looks, new_looks = styles(old), styles(new)
    for segment in segments(old.text, new.text):
        start, end, first, last = segment[1:]
        if not segment.is_same:
            yield from _lines(REMOVED, old.text, start, end, first)
            yield from _lines(ADDED, new.text, first, last, end)
            continue
        for part in restyled(segment, looks, new_looks):
            yield from _lines(SAME, old.text, start, part.start, first)
            yield from _lines(FORMAT, old.text, part.start, part.end, part.new_start)
            start, first = part.end, part.new_end
        yield from _lines(SAME, old.text, start, end, first)


def _lines(kind: str, text: str, start: int, end: int, other: int) -> Iterator[Stretch]:
    """A range cut at line ends; `other` is its place in the other text, which moves along where the words are there."""
    while start < end:
        cut = text.find("\n", start, end)
        cut = end if cut < 0 else cut if cut > start else start + 1
        size = cut - start
        if kind == ADDED:
            yield Stretch(kind, other, other, start, cut)
        elif kind == REMOVED:
            yield Stretch(kind, start, cut, other, other)
        else:
            yield Stretch(kind, start, cut, other, other + size)
            other += size
        start = cut


def _piece(kind: str, source: Flat, start: int, end: int) -> Piece:
    return Piece(kind, mark_safe(inline_html(source, start, end)))


def _end(blocks: list[Block], source: Flat, place: int, kind: str) -> None:
    blocks[-1].kind = source.blocks[source.text.count("\n", 0, place)]
    blocks[-1].restyled = kind == FORMAT
    blocks.append(Block())


def _put(blocks: list[Block], source: Flat, kind: str, start: int, end: int) -> None:
    if source.text[start:end] == "\n":
        _end(blocks, source, start, kind)
    else:
        blocks[-1].pieces.append(_piece(kind, source, start, end))


def _pairs(shared: Counter[tuple[int, int]], old: Flat, new: Flat) -> list[tuple[int, int]]:
    """Blocks that have more in common with one another than with any other."""
    sizes = [[len(line) + 1 for line in flat.text.split("\n")] for flat in (old, new)]
    best: dict[int, int] = {}
    best_new: dict[int, int] = {}
    for (one, other), _size in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(one, other)
        best_new.setdefault(other, one)
    return [
        (one, other)
        for one, other in sorted(best.items())
        if best_new[other] == one and shared[one, other] >= ALIKE * min(sizes[0][one], sizes[1][other])
    ]


def _rows(olds: list[Block], news: list[Block], pairs: Iterable[tuple[int, int]]) -> Iterator[Row]:
    here = there = 0
    for one, other in [*pairs, (len(olds), len(news))]:
        for left, right in zip_longest(olds[here:one], news[there:other]):
            yield Row(left, right)
        if one < len(olds):
            yield Row(olds[one], news[other])
        here, there = one + 1, other + 1

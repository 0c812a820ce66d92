"""Two texts side by side: what only one of them has is marked, word by word."""

import datetime
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafts.forms import FormKind
from drafts.models import Draft, DraftCopy
from drafts.texts import Fields, label_of

# Comparing takes the square of the length: what is longer is marked as a whole, between what both begin and end with.
MOST_PARTS = 1_500
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of one text; `is_own`: the other text does not have it."""

    text: str
    is_own: bool


@dataclass(frozen=True)
class ComparedField:
    name: str
    label: str
    kept: list[Piece]
    other: list[Piece]

    @property
    def differs(self) -> bool:
        return any(piece.is_own for piece in [*self.kept, *self.other])


@dataclass(frozen=True)
class Comparison:
    """The draft against one other text."""

    public_id: str
    saved_at: datetime.datetime
    fields: list[ComparedField]

    @property
    def number_of_differences(self) -> int:
        return sum(field.differs for field in self.fields)


def comparison(kind: FormKind, draft: Draft, copy: DraftCopy) -> Comparison:
    return Comparison(str(copy.public_id), copy.saved_at, list(_fields(kind, draft.object, draft.fields, copy.fields)))


def _fields(kind: FormKind, object_key: str, kept: Fields, other: Fields) -> Iterator[ComparedField]:
    """In the order of the form's labels, then what has none; a field that both leave empty is not shown."""
    texts_of = {**kept, **other}
    for name in dict.fromkeys([*(name for name in kind.labels(object_key) if name in texts_of), *sorted(texts_of)]):
        texts = [_shown(kind, object_key, name, each.get(name, [])) for each in (kept, other)]
        if any(texts):
            yield ComparedField(name, label_of(kind, object_key, name), *compared(*texts))


def _shown(kind: FormKind, object_key: str, name: str, values: list[str]) -> str:
    return "\n".join(kind.shown(object_key, name, value) for value in values)


def compared(kept: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces: changed lines are looked into word by word."""
    left: list[Piece] = []
    right: list[Piece] = []
    for is_same, one, two in _blocks(LINES.findall(kept), LINES.findall(other)):
        for inner, a, b in [(True, one, two)] if is_same else _blocks(WORDS.findall(one), WORDS.findall(two)):
            left += [Piece(a, not inner)] if a else []
            right += [Piece(b, not inner)] if b else []
    return left, right


def _blocks(kept: Sequence[str], other: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    """(same in both, text of one, text of the other)."""
    start = _same_length(kept, other)
    end = _same_length(kept[start:][::-1], other[start:][::-1])
    same_start, same_end = "".join(kept[:start]), "".join(kept[len(kept) - end :])
    middle = kept[start : len(kept) - end], other[start : len(other) - end]
    if same_start:
        yield True, same_start, same_start
    if len(middle[0]) + len(middle[1]) > MOST_PARTS:
        yield False, "".join(middle[0]), "".join(middle[1])
    elif middle[0] or middle[1]:
        matcher = difflib.SequenceMatcher(None, *middle, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            yield tag == "equal", "".join(middle[0][a:b]), "".join(middle[1][c:d])
    if same_end:
        yield True, same_end, same_end


def _same_length(kept: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(kept, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(kept), len(other)))

"""A text as a form shows it: a plain text box, beside it what the browser's editor begins with, and how long it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from common.numbers import written
from texts.bodies import Body, read_body
from texts.counting import words_in
from texts.errors import BadText
from texts.flat import Flat

WRITE, SUGGEST, READ = "write", "suggest", "read"
NOTATION = "notation"
CHARACTERS, WORDS = "characters", "words"
# The length of the beam on the drawing, and how far it goes past the most that is aimed at, or past the least alone.
WIDTH = 600
PAST_MOST, PAST_LEAST = 21 / 17, 3 / 2


@dataclass(frozen=True)
class Aim:
    """How long a text is wanted to be; 0 where there is no least or no most. Without either only the length is told."""

    least: int = 0
    most: int = 0
    unit: str = CHARACTERS

    def __bool__(self) -> bool:
        return bool(self.least or self.most)

    def __str__(self) -> str:
        """As the editor's script reads it."""
        return f"{self.least}-{self.most}"

    def length(self, flat: Flat) -> int:
        return words_in(flat.text) if self.unit == WORDS else flat.characters

    @property
    def shown(self) -> int:
        """The length at the end of the beam."""
        return round(self.most * PAST_MOST) if self.most else round(self.least * PAST_LEAST)

    @property
    def told(self) -> str:
        """In a sentence; "" where nothing is aimed at."""
        told = _of_words(self) if self.unit == WORDS else _of_characters(self)
        return told % {"least": written(self.least), "most": written(self.most)} if self else ""


def _of_words(aim: Aim) -> str:
    if not aim.most:
        return _("The aim is at least %(least)s words.")
    return _("The aim is %(least)s–%(most)s words.") if aim.least else _("The aim is at most %(most)s words.")


def _of_characters(aim: Aim) -> str:
    if not aim.most:
        return _("The aim is at least %(least)s characters, spaces included.")
    if not aim.least:
        return _("The aim is at most %(most)s characters, spaces included.")
    return _("The aim is %(least)s–%(most)s characters, spaces included.")


@dataclass(frozen=True)
class Meter:
    """How long a text is, and whether that is what is aimed at. Places are on the drawing, 0–600."""

    length: int
    aim: Aim

    @property
    def state(self) -> str:
        if self.length < self.aim.least:
            return "under"
        return "over" if self.aim.most and self.length > self.aim.most else "fits"

    @property
    def lacks(self) -> int:
        return max(0, self.aim.least - self.length)

    @property
    def too_many(self) -> int:
        return max(0, self.length - self.aim.most) if self.aim.most else 0

    @property
    def place(self) -> int:
        """Where the load stands on the beam."""
        return self._at(self.length)

    @property
    def posts(self) -> list[tuple[int, int]]:
        """Where the wanted length begins and ends, and what is told under each: (place, length)."""
        return [(self._at(length), length) for length in (self.aim.least, self.aim.most) if length]

    @property
    def good(self) -> tuple[int, int]:
        """Where the wanted part of the beam begins, and how long it is."""
        start, end = self._at(self.aim.least), self._at(self.aim.most) if self.aim.most else WIDTH
        return start, end - start

    def _at(self, length: int) -> int:
        return round(min(length / self.aim.shown, 1) * WIDTH) if self.aim.shown else 0


@dataclass(frozen=True)
class BodyField:
    """`value` is what stands in the plain text box; `data` goes to the script, None where there is nothing to edit."""

    value: str
    data: dict[str, Any] | None
    length: int
    mode: str = WRITE
    error: str = ""
    decisions: str = "{}"
    hint: str = ""
    aim: Aim = Aim()

    @classmethod
    def of_posted(cls, value: str, form: str, *, mode: str = WRITE, **more: Any) -> Self:
        """What somebody typed, also where it cannot be read: then it is shown as it came, with the reason."""
        try:
            return cls.of(read_body(value, form or NOTATION), mode=mode, **more)
        except BadText as refusal:
            return cls(value, None, len(value), mode, str(refusal.message), **more)

    @classmethod
    def of(cls, body: Body, *, threads: Sequence[dict[str, Any]] = (), **more: Any) -> Self:
        aim: Aim = more.get("aim", cls.aim)
        data = body.json() | {"threads": list(threads)}
        return cls(body.flat.notation(), data, aim.length(body.flat), **more)

    @property
    def meter(self) -> Meter:
        return Meter(self.length, self.aim)


def read_or_empty(value: str, form: str) -> Flat:
    """The text, or an empty one where what was sent cannot be read."""
    try:
        return read_body(value, form or NOTATION).flat
    except BadText:
        return Flat()

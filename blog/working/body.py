"""The body of a text as a form shows it: a plain text box, and beside it what the browser's editor begins with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from blog.models import MAX_CHARACTERS, MIN_CHARACTERS
from drafts.texts import Fields
from texts import BadText, Body, Flat, read_body

WRITE, SUGGEST, READ = "write", "suggest", "read"
NOTATION = "notation"
# Where the beam of the meter ends, and its length on the drawing.
MOST_SHOWN, WIDTH = 4_200, 600


@dataclass(frozen=True)
class BodyField:
    """`value` is what stands in the plain text box; `data` goes to the script, None where there is nothing to edit."""

    value: str
    data: dict[str, Any] | None
    characters: int
    mode: str = WRITE
    error: str = ""
    decisions: str = "{}"
    hint: str = ""

    aim = f"{MIN_CHARACTERS}-{MAX_CHARACTERS}"

    @classmethod
    def of_posted(cls, value: str, form: str, *, mode: str = WRITE) -> "BodyField":
        """What somebody typed, also where it cannot be read: then it is shown as it came, with the reason."""
        try:
            return cls.of(read_body(value, form or NOTATION), mode=mode)
        except BadText as refusal:
            return cls(value, None, len(value), mode, str(refusal.message))

    @classmethod
    def of(
        cls, body: Body, *, mode: str = WRITE, threads: Sequence[dict[str, Any]] = (), decisions: str = "{}"
    ) -> "BodyField":
        data = body.json() | {"threads": list(threads)}
        return cls(body.flat.notation(), data, body.flat.characters, mode, decisions=decisions)

    @property
    def meter(self) -> "Meter":
        return Meter(self.characters)


@dataclass(frozen=True)
class Meter:
    """How long a text is, and whether that is what is aimed at."""

    characters: int

    least, most = MIN_CHARACTERS, MAX_CHARACTERS

    @property
    def state(self) -> str:
        if self.characters < self.least:
            return "under"
        return "over" if self.characters > self.most else "fits"

    @property
    def lacks(self) -> int:
        return max(0, self.least - self.characters)

    @property
    def too_many(self) -> int:
        return max(0, self.characters - self.most)

    @property
    def place(self) -> int:
        """Where the load stands on the beam, 0–600."""
        return round(min(self.characters, MOST_SHOWN) / MOST_SHOWN * WIDTH)


def read_or_empty(value: str, form: str) -> Flat:
    """The text, or an empty one where what was sent cannot be read."""
    try:
        return read_body(value, form or NOTATION).flat
    except BadText:
        return Flat()


def words_in(fields: Fields) -> list[str]:
    """What somebody typed into the form of a text, each part as a plain text box shows it."""

    def one(name: str) -> str:
        return (fields.get(name) or [""])[-1]

    try:
        body = read_body(one("body"), one("body_format") or NOTATION).flat.notation()
    except BadText:
        body = one("body")
    return [one("title"), one("lead"), body, one("words")]

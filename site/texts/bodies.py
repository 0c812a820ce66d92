"""The value of a form's text field: typed as plain text, or sent by the browser's editor with suggested changes."""

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from texts import limits
from texts.changes import Change
from texts.errors import BadText, TextTooIntricate, TextTooLong, TooManyChanges
from texts.flat import Flat
from texts.reading import flat_of, range_of, raw_flat

ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Body:
    """A text, and the changes suggested to it: places in the text without them, in order, none over another."""

    flat: Flat
    changes: tuple[Change, ...] = ()

    def json(self) -> dict[str, Any]:
        return self.flat.json() | {"changes": [change.json() for change in self.changes]}


def read_body(value: str, format: str) -> Body:  # noqa: A002 (the field's own name)
    """What a form sent in "notation" (plain text) or "flat" (JSON). BadText where that cannot be read."""
    if len(value) > limits.TRANSPORT:
        raise TextTooLong
    if format == "notation":
        return Body(within_limits(Flat.of_notation(value)))
    if format != "flat":
        raise BadText
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        raise BadText from None
    return body_of(data)


def body_of(data: Any) -> Body:
    """A text and its changes out of parsed JSON, both in normal form."""
    raw = raw_flat(data, is_whole=True)
    changes = _changes(data.get("changes", []), len(raw.text))
    flat, places = raw.normalised()
    if places is not None:
        changes = [change.at(places[change.start], places[change.end]) for change in changes]
    return Body(flat, tuple(changes))


def within_limits(flat: Flat) -> Flat:
    """The text, unless it is larger than a text may be."""
    if len(flat.text) > limits.CHARACTERS:
        raise TextTooLong
    if len(flat.blocks) > limits.BLOCKS or len(flat.marks) > limits.MARKS:
        raise TextTooIntricate
    return flat


def _changes(data: Any, length: int) -> list[Change]:
    if not isinstance(data, list):
        raise BadText
    if len(data) > limits.CHANGES:
        raise TooManyChanges
    changes = sorted((_change(one, length) for one in data), key=lambda change: (change.start, change.end))
    if len({change.id for change in changes}) != len(changes):
        raise BadText
    if any(before.end > after.start for before, after in pairwise(changes)):
        raise BadText
    if sum(len(change.replacement.text) for change in changes) > limits.CHARACTERS:
        raise TextTooLong
    if sum(len(change.replacement.marks) for change in changes) > limits.MARKS:
        raise TextTooIntricate
    return changes


def _change(data: Any, length: int) -> Change:
    if not isinstance(data, dict):
        raise BadText
    name = data.get("id")
    if not isinstance(name, str) or not ID.fullmatch(name):
        raise BadText
    start, end = range_of(data.get("start"), data.get("end"), length)
    return Change(start, end, flat_of(data.get("with")), id=name)

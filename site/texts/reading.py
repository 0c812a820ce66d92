"""A text out of the JSON that the browser's editor sends: taken only when every part of it is sound."""

from typing import Any

from texts import limits, normal
from texts.addresses import known_address
from texts.errors import BadAddress, BadText, TextTooIntricate, TextTooLong
from texts.flat import BLOCKS, Flat
from texts.marks import KINDS, Mark


def flat_of(data: Any) -> Flat:
    """A text or a part of one, of sound characters. Its spaces are left: those of a part meet others around it."""
    flat = raw_flat(data, is_whole=False)
    text, places = normal.characters(flat.text)
    if places is None:
        return Flat(text, flat.blocks, flat.marks)
    marks = tuple(mark._replace(start=places[mark.start], end=places[mark.end]) for mark in flat.marks)
    return Flat(text, flat.blocks, marks)


def raw_flat(data: Any, *, is_whole: bool) -> Flat:
    """The text as it was sent: sound, and not yet in normal form."""
    if not isinstance(data, dict):
        raise BadText
    text, blocks = data.get("text"), data.get("blocks")
    if not isinstance(text, str) or not isinstance(blocks, list):
        raise BadText
    if len(text) > limits.CHARACTERS:
        raise TextTooLong
    if len(blocks) > limits.BLOCKS:
        raise TextTooIntricate
    if not all(isinstance(kind, str) and kind in BLOCKS for kind in blocks) or len(blocks) != text.count("\n"):
        raise BadText
    if is_whole and text and not text.endswith("\n"):
        raise BadText
    return Flat(text, tuple(blocks), marks_of(data.get("marks", []), len(text)))


def marks_of(data: Any, length: int) -> tuple[Mark, ...]:
    if not isinstance(data, list):
        raise BadText
    if len(data) > limits.MARKS:
        raise TextTooIntricate
    return tuple(_mark(values, length) for values in data)


def _mark(values: Any, length: int) -> Mark:
    if not isinstance(values, list) or len(values) not in {3, 4}:
        raise BadText
    start, end, kind, *value = values
    if not (isinstance(kind, str) and kind in KINDS) or (kind == "a") != bool(value):
        raise BadText
    start, end = range_of(start, end, length)
    if kind != "a":
        return Mark(start, end, kind)
    address = known_address(value[0]) if isinstance(value[0], str) else None
    if address is None:
        raise BadAddress
    return Mark(start, end, kind, address)


def range_of(start: Any, end: Any, length: int) -> tuple[int, int]:
    """Two places in order inside a text."""
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= length:
        raise BadText
    return start, end

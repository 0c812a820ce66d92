"""The kinds of things that people are told. Areas register theirs when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Facts = dict[str, Any]
# A user. Accounts are on the same floor, so they are known by the settings alone.
Person = Any


@dataclass(frozen=True)
class Notice:
    """What is told, in the reader's language. `path` is the address on this site where to go on."""

    subject: str
    paragraphs: list[str] = field(default_factory=list)
    action: str = ""
    path: str = ""
    # Where an answer to the letter goes; "" where answers are not read.
    answers_to: str = ""


@dataclass(frozen=True)
class Kind:
    """`compose` makes the notice of the stored facts while the reader's language is active.

    `why` says why the person gets it. What is optional can be refused.
    """

    code: str
    compose: Callable[[Facts], Notice]
    why: str | Promise
    is_optional: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind | None:
    """None for what is no longer told: rows of it may still wait."""
    return _kinds.get(code)

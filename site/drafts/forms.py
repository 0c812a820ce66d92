"""What kinds of forms keep drafts. Each app registers its own when it is ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

KILOBYTE = 1024


def _anyone(user: Any, object_key: str) -> bool:
    return True


def _no_address(object_key: str) -> str:
    return ""


def _as_it_is(object_key: str, name: str, value: str) -> str:
    return value


def _no_labels(object_key: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class FormKind:
    """The rules of a form's drafts.

    `may_write(user or None, object)` answers whether the person may still write this; it may raise Refused with the
    sentence to show. `address(object)` is where the form is, `labels(object)` what people call its fields, and
    `shown(object, field, value)` what they call a value, where it is not their own words.
    """

    code: str
    name: str | Promise = ""
    max_bytes: int = 200 * KILOBYTE
    max_fields: int = 300
    max_length: int = 100_000
    kept_days: int = 90
    # No copy on the device, and none in the browser's memory once the person has signed out.
    is_sensitive: bool = False
    allows_anonymous: bool = False
    # Off where there is nothing to begin again: the form cannot be thrown away.
    can_be_discarded: bool = True
    may_write: Callable[[Any, str], bool] = _anyone
    address: Callable[[str], str] = _no_address
    labels: Callable[[str], Mapping[str, str]] = _no_labels
    shown: Callable[[str, str, str], str] = _as_it_is


_kinds: dict[str, FormKind] = {}


def register(kind: FormKind) -> FormKind:
    """Make the kind known; a second one of the same code takes the place of the first."""
    if kind.is_sensitive and kind.allows_anonymous:
        raise ValueError(f"{kind.code}: nobody signs out of a draft that has no owner, so it may not be sensitive.")
    _kinds[kind.code] = kind
    return kind


def unregister(code: str) -> None:
    _kinds.pop(code, None)


def kind_of(code: str) -> FormKind | None:
    return _kinds.get(code)


def registered() -> list[FormKind]:
    return list(_kinds.values())

"""What many pages share, kept in the process until something that pages show changes (common/generation.py)."""

import functools
from collections.abc import Callable, Hashable
from typing import Generic, NamedTuple, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection

from common import generation, languages
from common.store import Store, end_within

P = ParamSpec("P")
T = TypeVar("T")
MOST_BYTES = 32 * 1024 * 1024
# What an entry weighs besides its value: the key, the record, and a value that is small.
SMALL = 2_000


class _Entry(NamedTuple, Generic[T]):
    generation: int
    ends: float
    size: int
    value: T


_store: Store[_Entry[object]] = Store(MOST_BYTES)


def kept(make: Callable[P, T]) -> Callable[P, T]:
    """Remember what `make` returned for the same arguments, for as long as it is true.

    What it returns must depend on nothing but its arguments, the language in use and the content of the site: not on
    who is reading. It is everybody's, so nobody may change it.
    """

    @functools.wraps(make)
    def get(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (make, languages.current(), args, tuple(kwargs.items()))
        return remembered(key, lambda: make(*args, **kwargs))

    return get


def remembered(key: Hashable, make: Callable[[], T], size_of: Callable[[T], int] = lambda _value: 0) -> T:
    """Return the value of the key, made now if there is none that is still true; `size_of` tells its bytes if large."""
    # What a transaction sees may never come true.
    valid = None if connection.in_atomic_block or settings.KEPT_SECONDS <= 0 else generation.current()
    if valid is None:
        return make()
    entry = _store.get(key, valid)
    if entry is not None:
        return entry.value  # type: ignore[return-value]  # a key has values of one type
    value = make()
    _store.put(key, _Entry(valid, end_within(settings.KEPT_SECONDS), SMALL + size_of(value), value))
    return value


def forget() -> None:
    """Forget everything, where the content changed without a word: a database was put in place of another."""
    _store.clear()

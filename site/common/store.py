"""Finished things in the memory of a process: up to a number of bytes, each for as long as it is true."""

import datetime
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar

from django.utils import timezone


class Finished(Protocol):
    """`generation` is the one it was made in, `ends` a time stamp, `size` in bytes."""

    @property
    def generation(self) -> int: ...

    @property
    def ends(self) -> float: ...

    @property
    def size(self) -> int: ...


E = TypeVar("E", bound=Finished)


class Store(Generic[E]):
    """Entries up to a number of bytes; the one that was unused longest goes first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._entries: OrderedDict[Hashable, E] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, now_valid: int) -> E | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            if entry.generation == now_valid and entry.ends > time.time():
                self._entries.move_to_end(key)
                return entry
            self._drop(key)
            return None

    def put(self, key: Hashable, entry: E) -> None:
        with self._lock:
            self._drop(key)
            self._entries[key] = entry
            self.bytes += entry.size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._entries)))

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.bytes = 0

    def _drop(self, key: Hashable) -> None:
        old = self._entries.pop(key, None)
        self.bytes -= old.size if old else 0


def end_within(seconds: float) -> float:
    """The time in so many seconds, but not beyond midnight: what a page says of today is then no longer true."""
    now = timezone.localtime()
    tomorrow = now.date() + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(tomorrow, datetime.time(), tzinfo=now.tzinfo)
    return min(time.time() + seconds, midnight.timestamp())

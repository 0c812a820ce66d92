"""The worker's part in counting searches: it hears of each on a socket and writes what it has counted now and then."""

import contextlib
import datetime
import hashlib
import json
import logging
import os
import socket
import threading
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils import timezone

from search.answering import beside
from search.editing.searches import LONGEST, SearchCount, Sought

logger = logging.getLogger(__name__)
# More in one day of one host would be no people.
MOST_REMEMBERED = 200_000
_LONGEST_MESSAGE = 4096


class Counter:
    """What has been heard of today. One visitor's repetition counts once.

    Who searched is remembered as a digest with a secret that this process made up for the day, in memory alone, and
    forgotten when the day is over.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._day = timezone.localdate()
        self._secret = os.urandom(16)
        self._seen: set[bytes] = set()
        self._counts: dict[tuple[datetime.date, Sought], list[int]] = {}

    def hear(self, message: bytes) -> None:
        """Count what a web process told; anything else is dropped."""
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
            said = json.loads(message)
            sought = Sought(str(said["words"])[:LONGEST], str(said["language"])[:2])
            self._count(sought, bool(said["found"]), str(said["who"]))

    def _count(self, sought: Sought, found: bool, who: str) -> None:
        with self._lock:
            today = timezone.localdate()
            if today != self._day:
                self._day, self._secret, self._seen = today, os.urandom(16), set()
            once = hashlib.blake2b(f"{who}\n{sought}".encode(), key=self._secret, digest_size=12).digest()
            if once in self._seen or len(self._seen) >= MOST_REMEMBERED:
                return
            self._seen.add(once)
            counts = self._counts.setdefault((today, sought), [0, 0])
            counts[0] += 1
            counts[1] += not found

    def take(self) -> dict[tuple[datetime.date, Sought], list[int]]:
        """What has been counted since the last time."""
        with self._lock:
            taken, self._counts = self._counts, {}
        return taken

    def give_back(self, taken: dict[tuple[datetime.date, Sought], list[int]]) -> None:
        """What could not be written waits for the next time."""
        with self._lock:
            for key, (visitors, without_hits) in taken.items():
                counts = self._counts.setdefault(key, [0, 0])
                counts[0] += visitors
                counts[1] += without_hits


_counter: Counter | None = None
_socket: socket.socket | None = None


def socket_path() -> Path:
    return beside("searches.sock")


def listen() -> bool:
    """Have a thread of this process hear of searches; once it does, nothing more happens. False: no work waits."""
    global _counter, _socket
    path = socket_path()
    if _socket is not None and path.exists():
        return False
    stop()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    _counter = _counter or Counter()
    _socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    _socket.bind(str(path))
    path.chmod(0o600)
    threading.Thread(target=_hear, args=(_socket, _counter), name="searches", daemon=True).start()
    return False


def _hear(heard: socket.socket, counter: Counter) -> None:
    with contextlib.suppress(OSError):
        while message := heard.recv(_LONGEST_MESSAGE):
            counter.hear(message)


def stop() -> None:
    """End the listening of this process."""
    global _socket
    if _socket is not None:
        # A thread that waits in recv is not woken by closing alone.
        with contextlib.suppress(OSError):
            _socket.shutdown(socket.SHUT_RDWR)
        _socket.close()
        _socket = None


def write() -> bool:
    """Write down what has been counted, in one short transaction."""
    counter = _counter
    counted = counter.take() if counter else {}
    if not counter or not counted:
        return False
    try:
        with transaction.atomic():
            for (day, sought), (visitors, without_hits) in counted.items():
                SearchCount.objects.add(day, sought, visitors, without_hits)
    except DatabaseError:
        counter.give_back(counted)
        raise
    return False


def forget_old() -> bool:
    """Delete what is older than it may be, and the words of what has become rare."""
    with transaction.atomic():
        SearchCount.objects.forget_old()
    return False

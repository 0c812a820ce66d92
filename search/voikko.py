"""Voikko's readings of a Finnish word: from the native library where the system has it, else from pyvoikko.

The native one (Debian: libvoikko1 and voikko-fi) is five times as fast and weighs 10 MB in place of 200. Both hold the
same dictionary; the few readings that only pyvoikko gives are those that Finnish spelling rules out.
"""

import logging
import os
import threading
from collections.abc import Callable
from functools import cache

logger = logging.getLogger(__name__)
# How Voikko describes a reading: `[Ln][Xp]työ[X]työ[Sn][Ny][Bh][Bc][Ln][Xp]paja[X]paja[Sn][Ny]`.
Read = Callable[[str], set[str]]


def readings(word: str) -> list[str]:
    """Return the readings of a lower-case word, in order; none where Voikko does not know it."""
    return sorted(_source()(word))


@cache
def _source() -> Read:
    return native() or packaged()


def is_native_wanted() -> bool:
    """Not where VOIKKO=packaged: read from the environment, for the worker asks before there are settings."""
    return os.environ.get("VOIKKO") != "packaged"


def native() -> Read | None:
    """Load the system's library and dictionary; None where either is missing or not wanted."""
    if not is_native_wanted():
        return None
    try:
        from libvoikko import Voikko
    except ImportError:
        return None
    try:
        # Asked of the class: an instance that could not be made complains when it is thrown away.
        if not any(dictionary.language == "fi" for dictionary in Voikko.listDicts()):
            return None
    except OSError as error:
        logger.debug("No native Voikko: %s", error)
        return None
    voikko = Voikko("fi")
    # The library serves one thread at a time.
    lock = threading.Lock()

    def read(word: str) -> set[str]:
        with lock:
            found = voikko.analyze(word)
        return {reading["FSTOUTPUT"] for reading in found if "FSTOUTPUT" in reading}

    return read


def packaged() -> Read:
    """Load pyvoikko with its own dictionary."""
    from pyvoikko import VOIKKO_FST, TokenizationException

    def read(word: str) -> set[str]:
        try:
            return {reading for reading, _weight in VOIKKO_FST.lookup(word)}
        except TokenizationException:
            return set()

    return read

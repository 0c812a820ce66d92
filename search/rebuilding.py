"""A whole index, although some things cannot be indexed: those are left out and named, for the outbox to try again."""

import logging
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing

from django.db import DatabaseError

from search.documents import Document
from search.engines import Engine, IndexUnavailable
from search.engines.errors import NotIndexed
from search.models import Outbox
from search.sources import CHUNK, ROWS, SOURCES
from search.surroundings import Surroundings

logger = logging.getLogger(__name__)
Thing = tuple[str, int]
# Where nothing can be written, the index in use is better than a new one with little in it.
_MOST_BUILDS = 5
# The fault of no document: the disk, the database, the cluster, a terminal that went away.
_NO_DOCUMENTS_FAULT = (IndexUnavailable, DatabaseError, sqlite3.OperationalError, OSError)


class Everything:
    """All that can be found, as it is now, but for what has failed in making or writing it."""

    def __init__(self) -> None:
        self.failed: set[Thing] = set()
        # Of which thing each document is that was given since the last sign of progress.
        self._given: dict[str, Thing] = {}

    def documents(self) -> Generator[Document, None, None]:
        for source in SOURCES:
            around = Surroundings()
            for row in source.queryset().order_by("pk").iterator(chunk_size=CHUNK):
                thing = (source.kind if source.kind in ROWS else str(Outbox.Kind.PAGE), row.pk)
                if thing in self.failed:
                    continue
                try:
                    made = list(source.documents_of(row, around))
                except Exception:
                    logger.exception("%s:%s cannot be made into a document and is left out.", *thing)
                    self.failed.add(thing)
                    continue
                for document in made:
                    self._given[document.key] = thing
                    yield document

    def build(self, engine: Engine, progress: Callable[[int], None]) -> int:
        """Rebuild the index; where a document is refused, once more without it."""

        def progressed(count: int) -> None:
            self._given.clear()
            progress(count)

        for _build in range(_MOST_BUILDS - 1):
            self._given.clear()
            try:
                return self._attempt(engine, progressed)
            except _NO_DOCUMENTS_FAULT:
                raise
            except Exception as error:
                suspects = self._suspects(error)
                if not suspects:
                    raise
                logger.exception("A rebuild begins anew without %d things, which are tried after it.", len(suspects))
                self.failed |= suspects
        return self._attempt(engine, progressed)

    def _attempt(self, engine: Engine, progressed: Callable[[int], None]) -> int:
        # A reading that is left unfinished holds a cursor of the database server, whose end must not fall into
        # whatever transaction is under way when the memory is tidied.
        with closing(self.documents()) as documents:
            return engine.rebuild(documents, progressed)

    def _suspects(self, error: Exception) -> set[Thing]:
        """The things whose documents were refused; where that is not said, all that may have been."""
        if isinstance(error, NotIndexed) and error.reasons.keys() <= self._given.keys():
            return {self._given[key] for key in error.reasons}
        return set(self._given.values())

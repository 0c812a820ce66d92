"""A whole index, although some things cannot be indexed: those are left out and named, for the outbox to try again."""

import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import closing
from typing import Any

from django.db import DatabaseError

from search.documents import Document
from search.engines import Engine, IndexUnavailable
from search.engines.errors import NotIndexed
from search.models import Outbox
from search.sources import ROWS, SOURCES, Source
from search.surroundings import Surroundings

logger = logging.getLogger(__name__)
Thing = tuple[str, int]
# Where nothing can be written, the index in use is better than a new one with little in it.
_MOST_BUILDS = 5
# Rows of a kind that are in memory at once.
_CHUNK = 100


class KindsFailed(Exception):
    """Nothing of these kinds could be indexed (kind → the first reason): the index in use holds them and stays."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        told = "; ".join(f"{kind}: {reason}" for kind, reason in reasons.items())
        super().__init__(f"nothing can be indexed of the kind {told}")
        self.reasons = reasons


# The fault of no single document: the disk, the database, the cluster, a terminal that went away, a whole kind.
_NO_DOCUMENTS_FAULT = (IndexUnavailable, DatabaseError, sqlite3.OperationalError, OSError, KindsFailed)


class Everything:
    """All that can be found, as it is now, but for what has failed in making or writing it."""

    def __init__(self) -> None:
        self.failed: set[Thing] = set()
        self._reasons: dict[Thing, str] = {}
        # The documents that were given since the last sign of progress, and of which thing each is.
        self._given: dict[str, tuple[Thing, Document]] = {}
        # The kinds of which nothing could be made, and the first reason of each; known when all is given.
        self._without: dict[str, str] = {}
        self._has_predecessor = False

    def documents(self) -> Generator[Document, None, None]:
        there: Counter[str] = Counter()
        lost: dict[str, list[Thing]] = {}
        for source in SOURCES:
            around = Surroundings()
            for row in source.queryset().order_by("pk").iterator(chunk_size=_CHUNK):
                thing = (source.kind if source.kind in ROWS else str(Outbox.Kind.PAGE), row.pk)
                there[source.kind] += 1
                for document in self._made(source, row, around, thing):
                    self._given[document.key] = thing, document
                    yield document
                if thing in self.failed:
                    lost.setdefault(source.kind, []).append(thing)
        self._without = {kind: self._reasons[things[0]] for kind, things in lost.items() if len(things) == there[kind]}

    def _made(self, source: Source, row: Any, around: Surroundings, thing: Thing) -> list[Document]:
        if thing in self.failed:
            return []
        try:
            return list(source.documents_of(row, around))
        except Exception as error:
            logger.exception("%s:%s cannot be made into a document and is left out.", *thing)
            self._leave_out([thing], error)
            return []

    def _leave_out(self, things: Collection[Thing], error: Exception) -> None:
        self.failed.update(things)
        self._reasons.update(dict.fromkeys(things, f"{type(error).__name__}: {error}"[:200]))

    def build(self, engine: Engine, progress: Callable[[int], None]) -> int:
        """Rebuild the index; where a document is refused, once more without it.

        Raises KindsFailed rather than replace an index by one in which a kind of things is missing.
        """
        self._has_predecessor = engine.is_built()

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
                suspects = self._suspects(error, engine)
                if not suspects:
                    raise
                logger.exception("A rebuild begins anew without %d things, which are tried after it.", len(suspects))
                self._leave_out(suspects, error)
        return self._attempt(engine, progressed)

    def _attempt(self, engine: Engine, progressed: Callable[[int], None]) -> int:
        # A reading that is left unfinished holds a cursor of the database server, whose end must not fall into
        # whatever transaction is under way when the memory is tidied.
        with closing(self._of_every_kind()) as documents:
            return engine.rebuild(documents, progressed)

    def _of_every_kind(self) -> Generator[Document, None, None]:
        yield from self.documents()
        if self._without and self._has_predecessor:
            raise KindsFailed(self._without)
        if self._without:
            logger.error("There is no index to keep, so one is built without whole kinds: %s.", self._without)

    def _suspects(self, error: Exception, engine: Engine) -> set[Thing]:
        """The things whose documents were refused; where nothing tells them, all that may have been."""
        if isinstance(error, NotIndexed) and error.reasons.keys() <= self._given.keys():
            return {self._given[key][0] for key in error.reasons}
        refused = self._refused(engine) if self._has_predecessor else set()
        return refused or {thing for thing, _document in self._given.values()}

    def _refused(self, engine: Engine) -> set[Thing]:
        """Those of the given that the index in use does not take either; the others do it good."""
        refused = set()
        for thing, document in self._given.values():
            try:
                engine.index([document])
            except _NO_DOCUMENTS_FAULT:
                raise
            except Exception:
                refused.add(thing)
        return refused

"""Bringing the index to the present state: what the outbox names, or everything."""

import datetime
import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from search.access import Restrictions
from search.current import engine
from search.documents import Document, digest, key_of, written
from search.engines import IndexUnavailable
from search.models import Outbox
from search.sources import LANGUAGES, PAGES, TERMS, all_documents

logger = logging.getLogger(__name__)
MOST_ROWS = 200
LONGEST_WAIT = datetime.timedelta(minutes=10)


def apply() -> bool:
    """Index what the outbox names and delete exactly those rows; True when there may be more to do at once.

    A row that fails is tried again later, and stops no other. An index that is missing or of another
    version is built first.
    """
    with _sole_writer() as alone:
        if not alone:
            return False
        if not engine().is_built():
            return _rebuild_and_forget()
        rows = list(Outbox.objects.filter(due_at__lte=timezone.now())[:MOST_ROWS])
        if any(row.kind == Outbox.Kind.ALL for row in rows):
            return _rebuild_and_forget()
        for thing in dict.fromkeys((row.kind, row.object_id) for row in rows):
            same = [row.pk for row in rows if (row.kind, row.object_id) == thing]
            _apply_one(*thing, same)
        return len(rows) == MOST_ROWS


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Build the index anew beside the one in use; waits for the worker to finish what it is writing."""
    with _sole_writer(wait=True):
        return _rebuild(progress)


class Difference(NamedTuple):
    """The keys that the index lacks, those that it should not hold, and those of which it holds something else."""

    missing: set[str]
    surplus: set[str]
    changed: set[str]


def difference() -> Difference:
    wanted = {document.key: digest(written(document)) for document in all_documents()}
    held = engine().digests()
    changed = {key for key in wanted.keys() & held.keys() if wanted[key] != held[key]}
    return Difference(wanted.keys() - held.keys(), held.keys() - wanted.keys(), changed)


def mend() -> bool:
    """Have everything indexed anew if the index is damaged or is not what the content is."""
    try:
        if Outbox.objects.exists():
            return False
        if engine().check().problem or any(difference()):
            logger.warning("The search index is damaged or differs from the content: it is built anew.")
            Outbox.objects.create(kind=Outbox.Kind.ALL)
    except IndexUnavailable:
        logger.info("There is no search index to compare yet.")
    return False


def _rebuild_and_forget() -> bool:
    """Rebuild; what the outbox named before is thereby done."""
    done = list(Outbox.objects.values_list("pk", flat=True))
    _rebuild()
    Outbox.objects.filter(pk__in=done).delete()
    return True


def _rebuild(progress: Callable[[int], None] | None = None) -> int:
    return engine().rebuild(all_documents(), progress)


def _apply_one(kind: str, object_id: int, rows: list[int]) -> None:
    try:
        documents = list(_present(kind, object_id))
        gone = _possible_keys(kind, object_id) - {document.key for document in documents}
        engine().index(documents)
        engine().delete(gone)
    except Exception as error:
        # Whatever is wrong with one thing must not keep the others from the index.
        logger.exception("%s:%s could not be indexed", kind, object_id)
        _put_off(rows, error)
    else:
        Outbox.objects.filter(pk__in=rows).delete()


def _put_off(rows: list[int], error: Exception) -> None:
    """Try again after 2, 4, 8 … seconds, at most ten minutes."""
    Outbox.objects.filter(pk__in=rows).update(attempts=F("attempts") + 1, error=str(error)[:300])
    for row in Outbox.objects.filter(pk__in=rows):
        wait = min(datetime.timedelta(seconds=2 ** min(row.attempts, 12)), LONGEST_WAIT)
        Outbox.objects.filter(pk=row.pk).update(due_at=timezone.now() + wait)


def _present(kind: str, object_id: int) -> Iterator[Document]:
    """The documents of the thing as it is now: none when it is gone, a draft, or nothing one searches for."""
    if kind == Outbox.Kind.TERM:
        source, things = TERMS, TERMS.queryset().filter(pk=object_id)
    else:
        page: Any = Page.objects.filter(pk=object_id).first()
        model = page.specific_class if page else None
        if model not in PAGES:
            return
        source = PAGES[model]
        things = source.queryset().filter(pk=object_id)
    for thing in things:
        yield from source.documents_of(thing, Restrictions())


def _possible_keys(kind: str, object_id: int) -> set[str]:
    if kind == Outbox.Kind.TERM:
        return {key_of(TERMS.kind, f"{object_id}-{language}") for language in LANGUAGES}
    return {key_of(source.kind, object_id) for source in PAGES.values()}


@contextmanager
def _sole_writer(wait: bool = False) -> Iterator[bool]:
    """Hold the writer's lock; the system lets it go when the process ends, however it ends.

    Changes that happen during a rebuild stay in the outbox until it is over: applied to the old
    generation they would be lost with it.
    """
    settings.RUN_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.RUN_DIR / "index.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True

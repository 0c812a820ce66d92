"""Bringing each index to the present state: what its outbox names, or everything."""

import datetime
import logging
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from search import current
from search.current import Index
from search.documents import Document, digest, written
from search.engines import IndexUnavailable
from search.engines.errors import Unreachable
from search.models import IndexTarget, Outbox
from search.outbox import MOST_ROWS, LeaseLost, go_on_holding, hand_out, note_trouble, registered, sole_writer
from search.rebuilding import Everything, KindsFailed, Thing
from search.resting import Rest
from search.sources import PAGES, ROWS, SOURCES, Source
from search.surroundings import Surroundings

logger = logging.getLogger(__name__)
LONGEST_WAIT = datetime.timedelta(minutes=10)
# What is not the index being out of reach seldom passes by itself, and each try may be a whole rebuild.
LONGEST_REST_AFTER_FAULT = 600.0
_rests: dict[str, Rest] = {}
_trouble = Rest("Changes cannot be applied to the search indices", logger)


def follow() -> bool:
    """As `apply`, for the worker: it raises nothing, for a job that fails is left alone for minutes.

    Trouble that no index has by itself, such as a database that is away, puts off the next try by some seconds.
    """
    if _trouble.is_on():
        return False
    try:
        has_more = apply()
    except Exception as error:
        _trouble.begin(error)
        return False
    _trouble.end()
    return has_more


def apply() -> bool:
    """Bring what the outbox names to every index; True when there may be more to do at once.

    An index that cannot be reached keeps its rows and is tried again later; the others don't wait for it.
    """
    indices = current.indices()
    targets = [registered(index.name) for index in indices]
    hand_out()
    # Each has its turn, whatever the others say.
    more = [_bring(index, target) for index, target in zip(indices, targets, strict=True)]
    return any(more)


def rebuild(index: Index | None = None, progress: Callable[[int], None] | None = None) -> int:
    """Build an index anew beside the one in use; waits for the worker to finish what it is writing."""
    index = index or current.indices()[0]
    target = registered(index.name)
    with sole_writer(target, wait=True):
        return _rebuild(index, target, progress)


class Difference(NamedTuple):
    """The keys that the index lacks, those that it should not hold, and those of which it holds something else."""

    missing: set[str]
    surplus: set[str]
    changed: set[str]


def difference(index: Index | None = None) -> Difference:
    wanted = {document.key: digest(written(document)) for document in Everything().documents()}
    held = (index or current.indices()[0]).engine.digests()
    changed = {key for key in wanted.keys() & held.keys() if wanted[key] != held[key]}
    return Difference(wanted.keys() - held.keys(), held.keys() - wanted.keys(), changed)


def expected() -> int:
    """About how many documents there will be, for a progress bar."""
    return sum(source.most_documents for source in SOURCES)


def mend() -> bool:
    """Have everything indexed anew in an index that is damaged or is not what the content is."""
    for index in current.indices():
        target = registered(index.name)
        # What failed is tried again by itself, and is no reason to build the index anew.
        failed = Outbox.objects.filter(target=target, attempts__gt=0)
        waiting = Outbox.objects.filter(target=None) | Outbox.objects.filter(target=target, attempts=0)
        waiting |= failed.filter(kind=Outbox.Kind.ALL)
        try:
            if waiting.exists():
                continue
            left_out = {key for row in failed for key in _keys_of(row)}
            if index.engine.check().problem or any(keys - left_out for keys in difference(index)):
                logger.warning("The search index %s differs from the content: it is built anew.", index.name)
                Outbox.objects.create(kind=Outbox.Kind.ALL, target=target)
        except IndexUnavailable as error:
            logger.info("The search index %s cannot be compared: %s", index.name, error)
        except Exception:
            logger.exception("The search index %s cannot be compared", index.name)
    return False


def _bring(index: Index, target: IndexTarget) -> bool:
    """Apply the rows of one index."""
    rest = _rests.setdefault(index.name, Rest(f"The search index {index.name} cannot be brought up to date", logger))
    if rest.is_on():
        return False
    try:
        with sole_writer(target) as alone:
            has_more = alone and _apply(index, target)
    except LeaseLost as error:
        logger.warning("The search index %s: %s", index.name, error)
        return False
    except (IndexUnavailable, OperationalError, InterfaceError) as error:
        rest.begin(error, is_expected=isinstance(error, Unreachable))
        note_trouble(target, str(error) or "unreachable")
        return False
    except Exception as error:
        # The other indices have their turn.
        rest.begin(error, LONGEST_REST_AFTER_FAULT)
        note_trouble(target, str(error) or type(error).__name__)
        return False
    if alone:
        rest.end()
    if alone and not has_more:
        note_trouble(target, "")
    return has_more


def _apply(index: Index, target: IndexTarget) -> bool:
    """Index what the rows name and delete exactly those. An index that is missing or old is built first.

    A row that fails is tried again later, and stops no other.
    """
    if not index.engine.is_built() or _is_another(index, target):
        _rebuild(index, target)
        return True
    rows = list(Outbox.objects.filter(target=target, due_at__lte=timezone.now())[:MOST_ROWS])
    whole = [row.pk for row in rows if row.kind == Outbox.Kind.ALL]
    if whole:
        try:
            _rebuild(index, target)
        except KindsFailed as error:
            # It stays, and goes on following what can be indexed.
            logger.error("The search index %s was not built anew: %s", index.name, error)
            _put_off(whole, error)
        return True
    things: dict[Thing, list[int]] = {}
    for row in rows:
        things.setdefault((row.kind, row.object_id), []).append(row.pk)
    if len(things) > 1:
        try:
            _index(index, target, things)
        except (Unreachable, LeaseLost):
            raise
        except Exception:
            logger.info("Some of %d changes could not be indexed together; now one by one.", len(things))
        else:
            return len(rows) == MOST_ROWS
    for thing, same in things.items():
        _index_one(index, target, thing, same)
    return len(rows) == MOST_ROWS


def _is_another(index: Index, target: IndexTarget) -> bool:
    """Whether the index is not the one that changes were brought to, but a copy from before, say of a backup."""
    present = index.engine.state()
    if present is None or not target.build or (present.build == target.build and present.written >= target.written):
        return False
    logger.warning("The search index %s lacks changes that it had: it is built anew.", index.name)
    return True


def _remember(index: Index, target: IndexTarget) -> None:
    """Keep in the database how far the index has come. One that was cut off before this has come farther."""
    present = index.engine.state()
    if present and (target.build, target.written) != present:
        target.build, target.written = present
        IndexTarget.objects.filter(pk=target.pk).update(build=present.build, written=present.written)


def _rebuild(index: Index, target: IndexTarget, progress: Callable[[int], None] | None = None) -> int:
    """Rebuild; what the outbox named before is thereby done, but for what had to be left out."""
    hand_out()
    done = list(Outbox.objects.filter(target=target).values_list("pk", flat=True))

    def progressed(count: int) -> None:
        # Another host must not take over while this one is at work.
        go_on_holding(target)
        if progress:
            progress(count)

    everything = Everything()
    count = everything.build(index.engine, progressed)
    with transaction.atomic():
        Outbox.objects.bulk_create(
            Outbox(kind=kind, object_id=pk, target=target) for kind, pk in sorted(everything.failed)
        )
        Outbox.objects.filter(pk__in=done).delete()
        _remember(index, target)
    return count


def _index(index: Index, target: IndexTarget, things: dict[Thing, list[int]]) -> None:
    """Write what the things are now, remove what they are no more, and delete the rows."""
    documents: list[Document] = []
    gone: set[str] = set()
    around = Surroundings()
    for thing in things:
        present = list(_present(*thing, around))
        documents += present
        gone |= _possible_keys(*thing) - {document.key for document in present}
    go_on_holding(target)
    index.engine.index(documents)
    go_on_holding(target)
    index.engine.delete(gone)
    _remember(index, target)
    Outbox.objects.filter(pk__in=[pk for same in things.values() for pk in same]).delete()


def _index_one(index: Index, target: IndexTarget, thing: Thing, rows: list[int]) -> None:
    try:
        _index(index, target, {thing: rows})
    except (Unreachable, LeaseLost):
        raise
    except Exception as error:
        # Whatever is wrong with one thing must not keep the others from the index.
        logger.exception("%s:%s could not be indexed in %s", *thing, index.name)
        _withdraw(index, target, thing)
        _put_off(rows, error)


def _withdraw(index: Index, target: IndexTarget, thing: Thing) -> None:
    """Remove what the index holds of a thing that failed: it may have been closed to those who still find it."""
    go_on_holding(target)
    try:
        index.engine.delete(_possible_keys(*thing))
    except Unreachable:
        raise
    except Exception:
        logger.exception("%s:%s could not be removed from %s", *thing, index.name)


def _put_off(rows: list[int], error: Exception) -> None:
    """Try again after 2, 4, 8 … seconds, at most ten minutes."""
    Outbox.objects.filter(pk__in=rows).update(attempts=F("attempts") + 1, error=str(error)[:300])
    for row in Outbox.objects.filter(pk__in=rows):
        wait = min(datetime.timedelta(seconds=2 ** min(row.attempts, 12)), LONGEST_WAIT)
        Outbox.objects.filter(pk=row.pk).update(due_at=timezone.now() + wait)


def _present(kind: str, object_id: int, around: Surroundings) -> Iterator[Document]:
    """The documents of the thing as it is now: none when it is gone, a draft, or nothing one searches for."""
    source = ROWS.get(kind) or _source_of_page(object_id)
    if source is not None:
        for thing in source.queryset().filter(pk=object_id):
            yield from source.documents_of(thing, around)


def _source_of_page(pk: int) -> Source | None:
    page = Page.objects.filter(pk=pk).first()
    return PAGES.get(page.specific_class) if page else None


def _keys_of(row: Outbox) -> set[str]:
    return _possible_keys(row.kind, row.object_id)


def _possible_keys(kind: str, object_id: int) -> set[str]:
    # A page that is gone does not say of which kind it was.
    sources = [ROWS[kind]] if kind in ROWS else PAGES.values()
    return {key for source in sources for key in source.keys_of(object_id)}

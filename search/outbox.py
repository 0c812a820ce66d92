"""Which indices there are, and whose turn it is to write: changes are handed out to each, so none waits for another."""

import datetime
import fcntl
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from search.engines import IndexUnavailable
from search.models import IndexTarget, Outbox

CLUSTER = "cluster"
MOST_ROWS = 200
# Rows of an index that no worker has looked after for so long are dropped; it is built anew if it returns.
FORGOTTEN_AFTER = datetime.timedelta(days=7)
_SEEN_EACH = datetime.timedelta(hours=1)
# The cluster's writer that stops without a word is replaced after this time. It says that it goes on before each step,
# and one request may take two minutes: a writer that only waits must not be taken for one that has stopped.
HELD = datetime.timedelta(minutes=6)
# Readers are told once something has waited for so long: a worker that is well needs a second, or a rebuild's time.
BEHIND_AFTER = datetime.timedelta(minutes=1)
_REMEMBERED_SECONDS = 3.0
# The name of an index → until when it is known whether it is behind.
_behind: dict[str, tuple[float, bool]] = {}


class LeaseLost(IndexUnavailable):
    """Another host writes to the cluster now: whatever this one was doing is not its to finish."""


def this_host() -> str:
    """The name of this installation's data folder among those that share the database."""
    path = settings.RUN_DIR / "host"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        settings.RUN_DIR.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"host.{uuid.uuid4().hex}")
        part.write_text(uuid.uuid4().hex[:12])
        try:
            # Two processes that start together agree on the first one's name.
            path.hardlink_to(part)
        except FileExistsError:
            pass
        finally:
            part.unlink()
        return path.read_text().strip()


def own_name() -> str:
    """What the index in this host's own file is called."""
    return f"host:{this_host()}"


def registered(name: str) -> IndexTarget:
    """The index's row. A new one is built whole: what changed before was handed out without it."""
    with transaction.atomic():
        target, is_new = IndexTarget.objects.get_or_create(name=name)
        if is_new:
            Outbox.objects.create(kind=Outbox.Kind.ALL, target=target)
    if timezone.now() - target.seen_at > _SEEN_EACH:
        IndexTarget.objects.filter(pk=target.pk).update(seen_at=timezone.now())
        IndexTarget.objects.filter(seen_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
    return target


def hand_out() -> None:
    """Give each index its own row of every change.

    An index that is registered meanwhile is built from what was committed before this reads who there is.
    """
    while Outbox.objects.filter(target=None).exists():
        with transaction.atomic():
            waiting = Outbox.objects.select_for_update(skip_locked=True).filter(target=None)
            rows = list(waiting.order_by("pk")[:MOST_ROWS])
            targets = list(IndexTarget.objects.all())
            if not rows or not targets:
                return
            Outbox.objects.bulk_create(
                Outbox(kind=row.kind, object_id=row.object_id, changed_at=row.changed_at, target=target)
                for target in targets
                for row in rows
            )
            Outbox.objects.filter(pk__in=[row.pk for row in rows]).delete()


def note_trouble(target: IndexTarget, trouble: str) -> None:
    """Tell every process that the index is behind, or with '' that it has caught up."""
    if target.trouble != trouble:
        IndexTarget.objects.filter(pk=target.pk).update(trouble=trouble[:300])


def is_behind(name: str) -> bool:
    """Whether changes have waited for long or cannot be brought to the index: what it finds may be gone or closed.

    It is asked at each search, and looked up every few seconds. What failed by itself was taken out of the index.
    """
    until, known = _behind.get(name, (0.0, False))
    if time.monotonic() >= until:
        long_ago = timezone.now() - BEHIND_AFTER
        late = Outbox.objects.filter(Q(target=OuterRef("pk")) | Q(target=None), attempts=0, changed_at__lt=long_ago)
        known = IndexTarget.objects.filter(~Q(trouble="") | Exists(late), name=name).exists()
        _behind[name] = (time.monotonic() + _REMEMBERED_SECONDS, known)
    return known


@contextmanager
def sole_writer(target: IndexTarget, wait: bool = False) -> Iterator[bool]:
    """Hold the right to write an index; the system lets go of it when the process ends, however it ends.

    Changes that happen during a rebuild stay in the outbox until it is over: applied to the old
    generation they would be lost with it.
    """
    shared = target.name == CLUSTER
    settings.RUN_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.RUN_DIR / ("index-cluster.lock" if shared else "index.lock"), "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        while shared and not hold(target):
            if not wait:
                yield False
                return
            time.sleep(1)
        try:
            yield True
        finally:
            if shared:
                _held_by_this_host().update(held_until=timezone.now())


def hold(target: IndexTarget) -> bool:
    """Take the cluster for this host; False while another one writes."""
    now = timezone.now()
    free = IndexTarget.objects.filter(Q(held_by=this_host()) | Q(held_until__lte=now), pk=target.pk)
    return bool(free.update(held_by=this_host(), held_until=now + HELD))


def go_on_holding(target: IndexTarget) -> None:
    """Before each step of writing: raises LeaseLost if another host has taken the cluster meanwhile."""
    if target.name == CLUSTER:
        go_on_holding_cluster()


def go_on_holding_cluster() -> None:
    if not _held_by_this_host().update(held_until=timezone.now() + HELD):
        raise LeaseLost("another host writes to it now")


def _held_by_this_host() -> QuerySet[IndexTarget]:
    return IndexTarget.objects.filter(name=CLUSTER, held_by=this_host())

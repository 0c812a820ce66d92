"""How often posts are read: counted by the server, in front of the page cache, without knowing who reads.

A process keeps the counts of some seconds in its memory and adds them to the row of the day. What a killed process
had not written is lost, a few seconds of reads; nothing else hangs on them.
"""

import atexit
import datetime
import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Callable

from django.db import connection
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from blog.models import DailyReads, PostPage
from blog.models.posts import COUNTED
from blog.readers.daily import add_today

logger = logging.getLogger(__name__)
EVERY_SECONDS = 10.0
# Programs say what they are, in these words or with the address of their maker; browsers never do.
ROBOTS = re.compile(
    r"bot\b|bot/|spider|crawl|slurp|https?://|www\.|preview|monitor|fetch|scan|headless|lighthouse|python|curl|wget|java/|go-http",
    re.IGNORECASE,
)
# The page cache answers by address: which post that is, is known since this process drew the page.
MOST_ADDRESSES = 10_000


class Reads:
    """The counts of a process that wait to be written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._posts: dict[str, int] = {}
        self._waiting: Counter[int] = Counter()
        self._written_at = time.monotonic()

    def know(self, path: str, post: int) -> None:
        with self._lock:
            if len(self._posts) >= MOST_ADDRESSES:
                self._posts.clear()
            self._posts[path] = post

    def count(self, path: str) -> None:
        """Count one, and write what has gathered where it is time; in a thread, so that no reader waits for it."""
        with self._lock:
            post = self._posts.get(path)
            if post is None:
                return
            self._waiting[post] += 1
            if time.monotonic() - self._written_at < EVERY_SECONDS:
                return
            gathered = self._take()
        threading.Thread(target=_write_and_close, args=(gathered,), name="reads").start()

    def write(self) -> None:
        """Write what has gathered, now."""
        with self._lock:
            gathered = self._take()
        write(gathered)

    def _take(self) -> "Counter[int]":
        gathered, self._waiting = self._waiting, Counter()
        self._written_at = time.monotonic()
        return gathered


reads = Reads()


def count_reads(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware in front of the page cache: a post that a person's browser asked for has been read once more."""
    # A process that ends in order loses nothing.
    atexit.register(_write_last)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        post = getattr(request, COUNTED, None)
        if post is not None:
            reads.know(request.path, post)
        if request.method == "GET" and response.status_code in {200, 304} and is_person(request):
            reads.count(request.path)
        return response

    return middleware


def is_person(request: HttpRequest) -> bool:
    """Whether a browser asks for somebody to read now: no robot, no page fetched in case it is wanted."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    purpose = f"{request.META.get('HTTP_SEC_PURPOSE', '')}{request.META.get('HTTP_PURPOSE', '')}"
    return bool(agent) and "prefetch" not in purpose and not ROBOTS.search(agent)


def write(gathered: "Counter[int]") -> None:
    """Add the counts to today's rows. A post that is gone is no error."""
    there = set(PostPage.objects.filter(pk__in=gathered).values_list("pk", flat=True)) if gathered else set()
    for post, number in gathered.items():
        if post in there:
            add_today(DailyReads, page=post, number=number)


def reads_of(page: PostPage, *, days: int | None = None) -> int:
    """How often the post has been read, in all or in the last so many days."""
    rows = DailyReads.objects.filter(page=page)
    if days is not None:
        rows = rows.filter(day__gt=timezone.localdate() - datetime.timedelta(days=days))
    return rows.aggregate(all=Sum("count"))["all"] or 0


def _write_and_close(gathered: "Counter[int]") -> None:
    try:
        write(gathered)
    except Exception as error:
        # No reader may suffer from it, and the next ten seconds are counted again.
        logger.warning("The reads of %s posts could not be written (%s).", len(gathered), type(error).__name__)
    finally:
        connection.close()


def _write_last() -> None:
    try:
        reads.write()
    except Exception as error:
        logger.warning("The last reads could not be written (%s).", type(error).__name__)

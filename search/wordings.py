"""What people search: told to the worker without waiting, and read back as suggestions once many have used it."""

import contextlib
import hashlib
import hmac
import json
import re
import socket
import time
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from common import languages
from common.limits import network_of
from search.answering import beside
from search.editing.searches import LONGEST, SearchCount
from search.query import Query
from search.tokens import clean, fold, lower

MOST_WORDS = 6
# A year or two are no secret; an identity code, a telephone number, a postal code and a case number may be.
_MOST_DIGITS = 4
_REMEMBERED_SECONDS = 60
_MACHINE = re.compile(r"bot\b|crawl|spider|^$", re.IGNORECASE)
_PERSONAL = re.compile(r"@|\bhttps?:|\bwww\.", re.IGNORECASE)


def note(request: HttpRequest, query: Query, found: int) -> None:
    """Tell the worker that these words were searched for. Waits for nothing and raises nothing.

    Further pages and filtered results are the same search again. What signed-in people and machines search is not
    told, nor what looks like personal data.
    """
    words = countable(query) if set(request.GET) == {"q"} else ""
    if not words or request.user.is_authenticated or _MACHINE.search(request.headers.get("User-Agent", "")):
        return
    said = {"words": words, "language": languages.current(), "found": bool(found), "who": _visitor(request)}
    with contextlib.suppress(OSError, ValueError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        sender.sendto(json.dumps(said).encode(), str(beside("searches.sock")))


def countable(query: Query) -> str:
    """The lower-case words that may be counted, or '' where they are too many or may tell of a person."""
    words = [*query.words, *(word for phrase in query.phrases for word in phrase)]
    typed = " ".join(words)
    if len(words) > MOST_WORDS or len(typed) > LONGEST or _PERSONAL.search(query.text):
        return ""
    return "" if sum(letter.isdigit() for letter in query.text) > _MOST_DIGITS else typed


def popular(beginning: str, language: str, limit: int = 5) -> list[str]:
    """Wordings that begin so, which many have searched for in the language and found something; the most used first.

    Umlauts may be left out. Words that few have used are never among them.
    """
    wanted = fold(lower(clean(beginning)))
    if not wanted:
        return []
    found = _popular(language, int(time.monotonic() // _REMEMBERED_SECONDS))
    return [words for folded, words in found if folded.startswith(wanted)][:limit]


def forget() -> None:
    """Read the wordings anew at the next question of this process."""
    _popular.cache_clear()


@lru_cache(maxsize=8)
def _popular(language: str, _minute: int) -> list[tuple[str, str]]:
    rows = SearchCount.objects.filter(language=language).totals().order_by("-times", "words")
    return [(fold(row["words"]), row["words"]) for row in rows if row["unanswered"] * 2 < row["times"]]


def _visitor(request: HttpRequest) -> str:
    """Tells one visitor of the day from others; the worker keeps it in memory until midnight at the longest."""
    # Not by the browser's name, which anybody can change to be many.
    said = f"{timezone.localdate()}\n{network_of(request)}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:24]

"""/blogi/kirjoita/: what the blog is for, and the way to a text of one's own."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from blog.models import Channel
from blog.working.body import read_or_empty
from blog.writing.unsent import FORM
from drafts.models import Draft
from drafts.opening import keep_private
from drafts.writers import Writer

MOST_SHOWN = 20


@dataclass(frozen=True)
class Unfinished:
    """A text that its writer may go on with."""

    key: str
    title: str
    characters: int
    saved_at: datetime


def unfinished_of(request: HttpRequest) -> list[Unfinished]:
    """What the asker has begun and not sent, the latest first; no query for somebody who has written nothing."""
    writer = Writer.of(request)
    if writer is None:
        return []
    rows = Draft.objects.filter(writer.rows, form=FORM, status=Draft.Status.OPEN).order_by("-saved_at")
    return [_unfinished(row) for row in rows[:MOST_SHOWN]]


def _unfinished(row: Draft) -> Unfinished:
    def one(name: str) -> str:
        values: list[Any] = row.fields.get(name) or [""]
        return str(values[-1])

    flat = read_or_empty(one("body"), one("body_format"))
    return Unfinished(row.object, one("title").strip(), flat.characters, row.saved_at)


# A long page, and a first one for many. It holds no secret but what signing out asks, which is masked anew each time.
@gzip_page
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    context = {
        "unfinished": unfinished_of(request),
        "fresh": uuid.uuid4(),
        "channels": [each for each in Channel.objects.all() if each.takes_texts],
    }
    return keep_private(render(request, "blog/writing/start.html", context))


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """To an empty page of its own; nothing is kept before something is written there."""
    return keep_private(redirect("blog:writing", uuid.uuid4()))

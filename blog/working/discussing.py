"""What the buttons of the cards do: comment, answer, settle a conversation, take it up again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from blog.models import Thread
from blog.submitting import services
from blog.working.work import Work
from common.numbers import whole

OF_COMMENT = ("quote", "start", "end", "comment_text", "is_private")
DISCUSSING = ("reply", "resolve", "reopen_thread", "comment")


def discuss(request: HttpRequest, work: Work, text: QueryDict, pressed: str, value: str) -> str:
    """Do what the button says; return where on the page the outcome is."""
    person: Any = request.user
    if pressed == "comment":
        return f"#thread-{_comment(request, work, text).pk}"
    thread = _thread(work, value)
    if pressed == "reply":
        services.reply(thread=thread, author=person, text=text.get(f"reply-{thread.pk}", ""))
    elif pressed == "resolve":
        services.resolve(thread=thread, by=person)
        messages.success(request, _("The comment is marked as handled."))
        return "#keskustelu"
    else:
        services.reopen_thread(thread=thread, by=person)
    return f"#thread-{thread.pk}"


def forget_said(text: QueryDict, pressed: str, value: str) -> None:
    """Take what has been said out of the form."""
    for name in OF_COMMENT if pressed == "comment" else (f"reply-{value}",):
        text.pop(name, None)


def _comment(request: HttpRequest, work: Work, text: QueryDict) -> Thread:
    person: Any = request.user
    return services.comment(
        submission=work.submission,
        author=person,
        version=work.version.number,
        start=whole(text.get("start", "")) or 0,
        end=whole(text.get("end", "")) or 0,
        quote=text.get("quote", ""),
        text=text.get("comment_text", ""),
        is_private=bool(text.get("is_private")) and work.sees_private,
    )


def _thread(work: Work, value: str) -> Thread:
    thread = work.submission.threads.filter(pk=whole(value)).first()
    if thread is None or (thread.is_private and not work.sees_private):
        raise Http404
    return thread

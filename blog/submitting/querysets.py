"""Lists of submissions, each with what its page shows."""

import calendar as months
import datetime

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from blog.models import Submission, SubmissionAuthor, TextVersion
from blog.models.submissions import OPEN, State, Turn


def with_text() -> "QuerySet[Submission]":
    """Submissions with `title`, `characters` and `newest` (the number) of their newest version, and their authors."""
    newest = TextVersion.objects.filter(submission=OuterRef("pk")).order_by("-number")
    authors = SubmissionAuthor.objects.select_related("user", "organisation")
    return (
        Submission.objects.select_related("editor", "channel", "task_area", "page")
        .prefetch_related(Prefetch("authors", authors))
        .annotate(
            title=Subquery(newest.values("title")[:1]),
            characters=Subquery(newest.values("characters")[:1]),
            newest=Subquery(newest.values("number")[:1]),
        )
    )


def for_desk() -> "QuerySet[Submission]":
    """Everything that editors see, what has waited longest first."""
    return with_text().exclude(state=State.UNCONFIRMED).order_by("turn_since", "pk")


def for_queue() -> "QuerySet[Submission]":
    """What waits for an editor to take it."""
    return for_desk().filter(state=State.SENT)


def waiting_for_editor(editor: User) -> "QuerySet[Submission]":
    """What the editor should act on: the queue, and what they hold on their turn; nothing that they wrote."""
    turn = Q(turn=Turn.EDITOR) & (Q(editor=editor) | Q(state=State.SENT))
    return for_desk().filter(turn).exclude(authors__user=editor)


def for_editor(user: User) -> "QuerySet[Submission]":
    """What the editor has taken and is still on its way, or asks for an answer; the editor's own turn first."""
    mine = Q(editor=user) & (Q(state__in=OPEN) | Q(turn__in=[Turn.WRITER, Turn.EDITOR]))
    return for_desk().filter(mine).order_by(F("turn").asc(), "turn_since", "pk")


def for_writer(user: User) -> "QuerySet[Submission]":
    """The person's own texts, the newest first."""
    return with_text().filter(authors__user=user).order_by("-created_at", "-pk")


def calendar(month: datetime.date) -> "QuerySet[Submission]":
    """What was published, is to be published or is due in the month, each in `with_text`'s form."""
    first = month.replace(day=1)
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    begins = timezone.make_aware(datetime.datetime.combine(first, datetime.time()))
    ends = timezone.make_aware(datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time()))
    coming = Q(state=State.SCHEDULED, publish_at__gte=begins, publish_at__lt=ends)
    out = Q(state=State.PUBLISHED, published_at__gte=begins, published_at__lt=ends)
    due = Q(state__in=OPEN - {State.SCHEDULED}, due__range=(first, last))
    return for_desk().filter(coming | out | due)

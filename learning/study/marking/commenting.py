"""Comments on words of a work, and words that teachers use again."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.courses.models import Course, CourseRun
from learning.study import errors as study_errors
from learning.study import permissions
from learning.study.marking import errors
from learning.study.models import InlineComment, ReusableComment, Submission, SubmissionVersion
from texts import Flat

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_QUOTE = 4_000
MOST_COMMENTS = 200
# Of one teacher for one course: the list of them is on the page of every work.
MOST_REUSABLE = 100


@transaction.atomic
def comment(
    *, version: SubmissionVersion, by: "User", start: int = 0, end: int = 0, quote: str = "", text: str
) -> InlineComment:
    """Say something of words of the version; without a quote, of all of it. Assistants may, too.

    Without places, as without a script, the words are looked for. Of what the learner has been given already, they
    see the comment at once.
    """
    if not text.strip():
        raise errors.NothingSaid
    submission = Submission.objects.select_related("enrolment", "run_assignment__run", "mark").get(
        pk=version.submission_id
    )
    check_may_comment(submission, by)
    start, end, quote = _place(version, start, end, quote)
    is_given = submission.mark is not None and submission.mark.version_id == version.pk
    return InlineComment.objects.create(
        version=version,
        start=start,
        end=end,
        quote=quote[:LONGEST_QUOTE],
        text=text.strip(),
        author=by,
        released_at=timezone.now() if is_given else None,
    )


@transaction.atomic
def remove_comment(*, comment: InlineComment, by: "User") -> None:
    """Take away one's own comment that the learner has not seen."""
    row = InlineComment.objects.select_for_update(no_key=True, of=("self",)).get(pk=comment.pk)
    if row.author_id != by.pk or row.released_at is not None:
        raise errors.NotOwnComment
    row.delete()


def check_may_comment(submission: Submission, by: "User") -> None:
    if submission.enrolment.learner_id == by.pk:
        raise errors.OwnWork
    if not permissions.may_teach(by, submission.run_assignment.run):
        raise study_errors.NotTheTeacher


def _place(version: SubmissionVersion, start: int, end: int, quote: str) -> tuple[int, int, str]:
    """Where the words are in the version, and what they are."""
    quote = quote.replace("\r\n", "\n").strip()
    if not quote:
        return 0, 0, ""
    text = Flat.of_json(version.body).text if version.body else ""
    if 0 <= start < end <= len(text) and text[start:end].strip() == quote:
        return start, end, text[start:end]
    at = text.find(quote)
    if at < 0:
        raise errors.NoSuchWords
    return at, at + len(quote), quote


def reusable_for(person: "User", course: Course) -> "QuerySet[ReusableComment]":
    """The person's own words for the course and those that its teachers share, most used first."""
    return (
        ReusableComment.objects.filter(Q(owner=person) | Q(is_shared=True), course=course)
        .select_related("owner")
        .order_by("-used", "title", "pk")
    )


@transaction.atomic
def keep_reusable(
    *, run: CourseRun, by: "User", title: str, text: str, is_shared: bool, row: ReusableComment | None = None
) -> ReusableComment:
    """Keep new words for the course of the run, or change one's own. Raises where there are as many as there may be."""
    # Two that are kept at once are counted one after the other.
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    if not permissions.may_teach(by, run):
        raise study_errors.NotTheTeacher
    if row is None:
        if ReusableComment.objects.filter(course=run.course, owner=by).count() >= MOST_REUSABLE:
            raise errors.TooManyReusable
        row = ReusableComment(course=run.course, owner=by)
    elif row.owner_id != by.pk or row.course_id != run.course_id:
        raise errors.NotOwnComment
    row.title, row.text, row.is_shared = title.strip(), text.strip(), is_shared
    row.save()
    return row


def forget_reusable(*, row: ReusableComment, by: "User") -> None:
    if row.owner_id != by.pk:
        raise errors.NotOwnComment
    row.delete()


@transaction.atomic
def count_used(person: "User", course: Course, ids: Iterable[int]) -> None:
    """Note that the words were put in; what is used most is first in the list."""
    for row in reusable_for(person, course).filter(pk__in=list(ids)[:MOST_COMMENTS]).select_for_update(of=("self",)):
        row.used += 1
        row.save(update_fields=["used"])

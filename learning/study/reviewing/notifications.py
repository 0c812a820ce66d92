"""What people are told of peer reviews. No letter names a reviewer or a reviewed to the other."""

import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import dates
from learning.study import notifications
from learning.study.models import RunTeacher
from notifications.kinds import Facts, Kind, Notice, register
from notifications.services import notify

if TYPE_CHECKING:
    from learning.study.models import Enrolment, PeerReview, RunAssignment

WORK, REMINDED, DUE_SOON = "study.review_to_write", "study.review_reminded", "study.review_due_soon"
RECEIVED, THANKED, HIDDEN, LET_OFF = (
    "study.review_received",
    "study.review_thanked",
    "study.review_hidden",
    "study.review_let_off",
)
APPEALED, ANSWERED, STALLED = "study.review_appealed", "study.review_appeal_answered", "study.reviews_stalled"


def tell_of_work(run_assignment: "RunAssignment", enrolment: "Enrolment", due: datetime.datetime | None) -> None:
    tell(WORK, run_assignment, enrolment, due=due.isoformat() if due else "")


def tell_of_due_date(
    run_assignment: "RunAssignment", enrolment: "Enrolment", due: datetime.datetime, *, key: str
) -> None:
    tell(DUE_SOON, run_assignment, enrolment, key=key, due=due.isoformat(), useful_until=due)


def tell(kind: str, run_assignment: "RunAssignment", enrolment: "Enrolment", *, key: str = "", **facts: Any) -> bool:
    """Tell a learner of the run something about the peer review of the assignment."""
    enrolment.run = run_assignment.run
    return notifications.tell(enrolment, kind, key=key, **_about(run_assignment), **facts)


def tell_teachers(kind: str, run_assignment: "RunAssignment", *, key: str = "", **facts: Any) -> None:
    """Tell all teachers of the run, in their morning letter."""
    context = notifications.about_run(run_assignment.run) | _about(run_assignment) | facts
    for row in RunTeacher.objects.filter(run=run_assignment.run_id).select_related("user"):
        notify(person=row.user, kind=kind, context=context, key=key)


def tell_of_answer(review: "PeerReview", *, is_upheld: bool, answer: str) -> None:
    """What the teacher answered to an appeal, to both."""
    run_assignment = review.submission.run_assignment
    for enrolment, is_writer in ((review.submission.enrolment, False), (review.reviewer, True)):
        if enrolment is not None:
            tell(ANSWERED, run_assignment, enrolment, is_upheld=is_upheld, answer=answer, is_writer=is_writer)


def _about(run_assignment: "RunAssignment") -> Facts:
    return {"title": run_assignment.assignment.title, "assignment": run_assignment.assignment.code}


def _told(facts: Facts) -> dict[str, str]:
    return {"title": facts["title"], "course": notifications.course_named(facts)}


def _path(facts: Facts) -> str:
    return reverse("study:reviews", args=[facts["run"], facts["assignment"]])


def _desk(facts: Facts) -> str:
    return f"{reverse('run_reviews', args=[facts['run']])}?tehtava={facts['assignment']}"


def _by(due: str) -> list[str]:
    if not due:
        return []
    moment = datetime.datetime.fromisoformat(due)
    return [_("Write it by %(day)s at %(clock)s.") % {"day": dates.day(moment), "clock": dates.clock(moment)}]


def _work(facts: Facts) -> Notice:
    told = _told(facts)
    first = _("A work of another learner waits for your review: “%(title)s” on the course %(course)s.") % told
    return Notice(
        _("A work to review: %(title)s") % told, [first, *_by(facts["due"])], _("To the reviews"), _path(facts)
    )


def _due_soon(facts: Facts) -> Notice:
    told = _told(facts)
    first = _("You have a review to write: “%(title)s” on the course %(course)s.") % told
    return Notice(
        _("A review is due: %(title)s") % told, [first, *_by(facts["due"])], _("To the reviews"), _path(facts)
    )


def _reminded(facts: Facts) -> Notice:
    told = _told(facts)
    paragraphs = [
        _("A teacher of the course %(course)s reminds you of the reviews of “%(title)s” that you have to write.")
        % told,
        _("If you cannot write them, tell the teacher. Then somebody else can."),
    ]
    return Notice(_("Reviews wait for you: %(title)s") % told, paragraphs, _("To the reviews"), _path(facts))


def _received(facts: Facts) -> Notice:
    told = _told(facts)
    paragraphs = [_("Your work “%(title)s” on the course %(course)s has been reviewed.") % told]
    if not facts["is_open"]:
        paragraphs.append(_("The review opens when you have written your own reviews."))
    return Notice(_("A review of your work: %(title)s") % told, paragraphs, _("To the reviews"), _path(facts))


def _thanked(facts: Facts) -> Notice:
    told = _told(facts)
    paragraphs = [_("Somebody whose work “%(title)s” you reviewed thanks you for the review.") % told]
    return Notice(_("Thanks for your review: %(title)s") % told, paragraphs, _("To the reviews"), _path(facts))


def _hidden(facts: Facts) -> Notice:
    told = _told(facts)
    if facts["is_writer"]:
        first = _("A teacher took a review that you wrote out of sight: “%(title)s” on the course %(course)s.") % told
    else:
        first = _("A teacher took a review of your work out of sight: “%(title)s” on the course %(course)s.") % told
    paragraphs = [first, _("The teacher's reason: %(reason)s") % {"reason": facts["reason"]}]
    if facts["is_writer"]:
        paragraphs.append(_("It still counts as one of the reviews that you have written."))
    return Notice(_("A review was taken out of sight: %(title)s") % told, paragraphs, _("To the reviews"), _path(facts))


def _let_off(facts: Facts) -> Notice:
    told, number = _told(facts), facts["number"]
    first = ngettext(
        "%(number)d review fewer is waited for from you: “%(title)s” on the course %(course)s.",
        "%(number)d reviews fewer are waited for from you: “%(title)s” on the course %(course)s.",
        number,
    ) % (told | {"number": number})
    why = facts["reason"] or _("There was no work left that you could have reviewed.")
    return Notice(_("Fewer reviews to write: %(title)s") % told, [first, why], _("To the reviews"), _path(facts))


def _appealed(facts: Facts) -> Notice:
    told = _told(facts)
    paragraphs = [_("A learner asks a teacher to look at a review of “%(title)s” on the course %(course)s.") % told]
    return Notice(_("An appeal against a review: %(title)s") % told, paragraphs, _("To the peer reviews"), _desk(facts))


def _answered(facts: Facts) -> Notice:
    told = _told(facts)
    if facts["is_upheld"]:
        first = _("A teacher looked at a review of “%(title)s” because of an appeal, and took it out of sight.") % told
    else:
        first = _("A teacher looked at a review of “%(title)s” because of an appeal. The review stays.") % told
    paragraphs = [first]
    if facts["answer"]:
        paragraphs.append(_("The teacher's answer: %(answer)s") % {"answer": facts["answer"]})
    if facts["is_writer"] and facts["is_upheld"]:
        paragraphs.append(_("It still counts as one of the reviews that you have written."))
    return Notice(_("An appeal was answered: %(title)s") % told, paragraphs, _("To the reviews"), _path(facts))


def _stalled(facts: Facts) -> Notice:
    told, late, lacking = _told(facts), facts["late"], facts["lacking"]
    paragraphs = [_("Peer review of “%(title)s” on the course %(course)s:") % told]
    if late:
        text = ngettext("%(number)d review is late.", "%(number)d reviews are late.", late)
        paragraphs.append(text % {"number": late})
    if lacking:
        text = ngettext(
            "%(number)d work lacks a review that nobody is to write.",
            "%(number)d works lack reviews that nobody is to write.",
            lacking,
        )
        paragraphs.append(text % {"number": lacking})
    return Notice(_("Peer review needs you: %(title)s") % told, paragraphs, _("To the peer reviews"), _desk(facts))


def register_kinds() -> None:
    learner = gettext_lazy("You get this because you take part in a peer review on a course.")
    for code, compose in (
        (WORK, _work),
        (REMINDED, _reminded),
        (RECEIVED, _received),
        (HIDDEN, _hidden),
        (LET_OFF, _let_off),
        (ANSWERED, _answered),
    ):
        register(Kind(code, compose, learner))
    register(Kind(THANKED, _thanked, learner, is_optional=True))
    reminders = gettext_lazy("You get reminders because you study on a run that has due dates.")
    register(Kind(DUE_SOON, _due_soon, reminders, is_optional=True))
    teacher = gettext_lazy("You get this because you teach the run.")
    register(Kind(APPEALED, _appealed, teacher))
    register(Kind(STALLED, _stalled, teacher))

"""What learners are told of their final grades and of results that were brought from elsewhere."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from learning.study.notifications import about_run, course_named
from notifications.kinds import Facts, Kind, Notice, register
from notifications.services import notify

if TYPE_CHECKING:
    from learning.study.models import Enrolment, FinalGrade

FINAL, RESULT = "study.final_grade", "study.result_elsewhere"


def tell_of_final(final: "FinalGrade") -> None:
    enrolment = final.enrolment
    facts = {
        "grade": final.grade,
        "is_passed": final.is_passed,
        "is_taken_back": final.is_taken_back,
        "reason": final.reason,
    }
    notify(
        person=enrolment.learner, kind=FINAL, context=about_run(enrolment.run) | facts, key=f"{enrolment.pk}:{final.pk}"
    )


def tell_of_result(enrolment: "Enrolment", title: str, outcome: str, grade: int | None, *, is_taken_back: bool) -> None:
    """Of an assignment that was done elsewhere."""
    facts = {"title": title, "is_passed": outcome == "accepted", "grade": grade, "is_taken_back": is_taken_back}
    notify(person=enrolment.learner, kind=RESULT, context=about_run(enrolment.run) | facts)


def grade_words(grade: int | None, *, is_passed: bool) -> str:
    """A grade as people read it: a number where there is one."""
    if grade is not None:
        return str(grade)
    return pgettext("final grade", "passed") if is_passed else pgettext("final grade", "not passed")


def _final(facts: Facts) -> Notice:
    course, reason = course_named(facts), facts["reason"]
    if facts["is_taken_back"]:
        subject = _("Your final grade was taken back: %(course)s") % {"course": course}
    else:
        subject = _("Your final grade: %(course)s") % {"course": course}
    told = [] if facts["is_taken_back"] else [_given(facts)]
    if reason:
        told.append(_("The teacher's reason: %(reason)s") % {"reason": reason})
    return Notice(subject, told, _("To the run"), reverse("study:run", args=[facts["run"]]))


def _given(facts: Facts) -> str:
    words = grade_words(facts["grade"], is_passed=facts["is_passed"])
    return _("Your final grade of the course is: %(grade)s.") % {"grade": words}


def _result(facts: Facts) -> Notice:
    about = {"title": facts["title"], "course": course_named(facts)}
    if facts["is_taken_back"]:
        told = _("The result of “%(title)s” that was brought from elsewhere was taken back.") % about
    else:
        words = grade_words(facts["grade"], is_passed=facts["is_passed"])
        told = _("The teacher recorded a result of “%(title)s” that you did elsewhere: %(grade)s.") % (
            about | {"grade": words}
        )
    return Notice(
        _("A result done elsewhere: %(course)s") % about,
        [told],
        _("To the run"),
        reverse("study:run", args=[facts["run"]]),
    )


def register_kinds() -> None:
    why = gettext_lazy("You get this because you study on the run.")
    register(Kind(FINAL, _final, why))
    register(Kind(RESULT, _result, why))

"""Who may enrol, study and teach: policy as predicates."""

import datetime
import hmac
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from common import dates
from common.errors import Refused
from common.permissions import may_read_as_staff
from common.prepared import Prepared
from learning.courses.models import CourseRun
from learning.study import errors
from learning.study.models import Enrolment, RunTeacher
from learning.study.models.enrolments import Status
from learning.study.models.runs import MARKERS

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Person = AbstractBaseUser | AnonymousUser

MAY_CHANGE_EVERY_RUN = "courses.change_courserun"


def enrolment_of(user: "Person", run: CourseRun) -> Enrolment | None:
    """The person's place on the run, in whatever state, with its run; None for strangers and teachers."""
    if not user.is_authenticated:
        return None
    enrolment = Enrolment.objects.filter(learner_id=user.pk, run=run).first()
    if enrolment is not None:
        enrolment.run = run
    return enrolment


def is_teacher_of(user: "Person", run: CourseRun) -> bool:
    return user.is_authenticated and RunTeacher.objects.filter(run=run, user_id=user.pk).exists()


def may_teach(user: "Person", run: CourseRun) -> bool:
    """Whether the person sees the learners of the run: its teachers alone, whatever role others have."""
    person: Any = user
    return bool(person.is_active) and is_teacher_of(user, run)


def role_of(user: "Person", run: CourseRun) -> str:
    """The person's part as a teacher of the run (RunTeacher.Role); "" for everybody else."""
    person: Any = user
    if not (user.is_authenticated and person.is_active):
        return ""
    return next((role for _run, teacher, role in _TEACHERS.of([run.pk]) if teacher == user.pk), "")


# Every page of the desk asks it, and a run has few of them.
_TEACHERS = Prepared(lambda: RunTeacher.objects.values_list("run_id", "user_id", "role"), by="run_id")


def may_mark(user: "Person", run: CourseRun) -> bool:
    """Whether the person gives marks and grades and takes results out: teachers do, assistants help without it."""
    return role_of(user, run) in MARKERS


def may_lead(user: "Person", run: CourseRun) -> bool:
    """Whether the person decides who teaches the run and between markers who differ."""
    return role_of(user, run) == RunTeacher.Role.RESPONSIBLE


def may_arrange(user: "Person", run: CourseRun) -> bool:
    """Whether the person copies the run and looks at it as a learner does, which tells nothing of its learners."""
    return may_teach(user, run) or may_arrange_every_run(user)


def may_arrange_every_run(user: "Person") -> bool:
    """Whether the person changes runs without teaching them, and so also says who teaches them."""
    person: Any = user
    return may_read_as_staff(user) and bool(person.has_perm(MAY_CHANGE_EVERY_RUN))


def runs_taught_by(user: "Person") -> "QuerySet[CourseRun]":
    """The runs whose learners the person sees."""
    return CourseRun.objects.filter(run_teachers__user_id=user.pk)


def runs_arranged_by(user: "Person") -> "QuerySet[CourseRun]":
    return CourseRun.objects.all() if may_arrange_every_run(user) else runs_taught_by(user)


def why_not_enrol(user: "Person", run: CourseRun, enrolment: Enrolment | None) -> Refused | None:
    """Why the person cannot enrol now, or None. The page tells it, and the service refuses by it.

    The enrolment code is not looked at: the page asks for it, and the service compares it.
    """
    if run.admission == CourseRun.Admission.OUTSIDE:
        return errors.EnrolmentElsewhere()
    refusal = _not_in_time(run, timezone.localdate(), is_back=was_enrolled(enrolment))
    if refusal is not None:
        return refusal
    if not user.is_authenticated:
        return errors.SignInFirst()
    if enrolment is not None and enrolment.status == Status.COMPLETED:
        return errors.AlreadyCompleted()
    if enrolment is not None and enrolment.status == Status.REFUSED:
        return errors.NotApproved()
    return None if is_admitted(user, run) or was_enrolled(enrolment) else _not_admitted(run)


def was_enrolled(enrolment: Enrolment | None) -> bool:
    """Whether the person had a seat, gave it up and may take it again without asking anew."""
    if enrolment is None or enrolment.status != Status.WITHDRAWN:
        return False
    return enrolment.events.filter(before=Status.ACTIVE, after=Status.WITHDRAWN).exists()


def _not_in_time(run: CourseRun, day: datetime.date, *, is_back: bool) -> Refused | None:
    if run.ends is not None and run.ends < day:
        return errors.RunEnded()
    if is_back or run.is_enrolling(day):
        return None
    if run.enrolment_opens is not None and day < run.enrolment_opens:
        return errors.NotOpenYet(_("Enrolment opens on %(day)s.") % {"day": dates.day(run.enrolment_opens)})
    return errors.EnrolmentEnded()


def is_admitted(user: "Person", run: CourseRun) -> bool:
    """Whether the person belongs to those for whom the run is. Administrators say whose people accounts are."""
    organisation = getattr(user, "organisation", None)
    if run.admission == CourseRun.Admission.MEMBERS:
        return organisation is not None and (organisation.ends is None or organisation.ends >= timezone.localdate())
    if run.admission == CourseRun.Admission.INSTITUTIONS:
        return organisation is not None and run.admitted.filter(pk=organisation.pk).exists()
    return run.admission != CourseRun.Admission.OUTSIDE


def _not_admitted(run: CourseRun) -> Refused:
    if run.admission == CourseRun.Admission.MEMBERS:
        return errors.NotAdmitted(
            _("This run is for people of the network's organisations, and your account names no organisation.")
        )
    names = ", ".join(sorted(str(organisation) for organisation in run.admitted.all()))
    return errors.NotAdmitted(
        _("This run is for people of these organisations: %(names)s. Your account names none of them.")
        % {"names": names}
    )


def opens_with(run: CourseRun, code: str) -> bool:
    """Whether the code is the run's, without telling by the time taken how much of it was right."""
    typed, right = (" ".join(text.split()).casefold().encode() for text in (code, run.enrolment_code))
    return bool(right) and hmac.compare_digest(typed, right)

"""Who teaches a run: adding, changing roles, leaving, handing over. Somebody always stays responsible.

Each act locks the run, so that of two the second sees what the first did. Every change is an event.
"""

from typing import TYPE_CHECKING

from django.db import transaction

from learning.courses.models import CourseRun
from learning.study.co_teaching import errors, notifications
from learning.study.models import RunTeacher, RunTeacherEvent, Submission
from learning.study.permissions import may_lead
from learning.study.services.moves import lock_run

if TYPE_CHECKING:
    from accounts.models import User

Role = RunTeacher.Role
# What the database gives of a run's teachers: the role by person.
Roles = dict[int, str]


def roles_of(run: CourseRun) -> Roles:
    return dict(RunTeacher.objects.filter(run=run).values_list("user_id", "role"))


@transaction.atomic
def add(*, run: CourseRun, person: "User", role: str, by: "User") -> RunTeacher:
    """Make the person teach the run. Adding them twice to the same role adds them once."""
    run = _locked(run, by)
    found = RunTeacher.objects.filter(run=run, user=person).first()
    if found is not None and found.role != role:
        raise errors.TeachesAlready
    if found is not None:
        return found
    if not (person.is_active and person.has_perm("wagtailadmin.access_admin")):
        raise errors.NoWayIn
    made = RunTeacher.objects.create(run=run, user=person, role=Role(role), sort_order=len(roles_of(run)))
    _note(run, person.pk, "", made.role, by)
    notifications.tell(notifications.ADDED, person, run, other=by, role=made.role)
    return made


@transaction.atomic
def change_role(*, run: CourseRun, person: "User", role: str, by: "User") -> None:
    run = _locked(run, by)
    row = _row(run, person)
    if row.role == role:
        return
    if row.role == Role.RESPONSIBLE:
        _refuse_the_last(run)
    _set(row, Role(role), by)
    if person.pk != by.pk:
        notifications.tell(notifications.CHANGED, person, run, other=by, role=role)


@transaction.atomic
def remove(*, run: CourseRun, person: "User", by: "User") -> None:
    """Take another teacher off the run; what they had open for marking is free for the others."""
    run = _locked(run, by)
    row = _row(run, person)
    if row.role == Role.RESPONSIBLE:
        _refuse_the_last(run)
    _take_off(row, by)
    if person.pk != by.pk:
        notifications.tell(notifications.REMOVED, person, run, other=by)


@transaction.atomic
def leave(*, run: CourseRun, by: "User") -> None:
    """Teach the run no longer. The last who is responsible hands that over first."""
    run = lock_run(run)
    row = _row(run, by)
    if row.role == Role.RESPONSIBLE:
        _refuse_the_last(run)
    _take_off(row, by)
    for each in RunTeacher.objects.filter(run=run, role=Role.RESPONSIBLE).select_related("user"):
        notifications.tell(notifications.LEFT, each.user, run, other=by)


@transaction.atomic
def hand_over(*, run: CourseRun, to: "User", by: "User", stays_as: str = "") -> None:
    """Make another teacher of the run responsible in one's own place; "" leaves the run."""
    run = _locked(run, by)
    row = _row(run, to)
    if to.pk == by.pk:
        raise errors.TeachesAlready
    if not (to.is_active and to.has_perm("wagtailadmin.access_admin")):
        raise errors.NoWayIn
    if row.role != Role.RESPONSIBLE:
        _set(row, Role.RESPONSIBLE, by)
    own = _row(run, by)
    if stays_as:
        _set(own, Role(stays_as), by)
    else:
        _take_off(own, by)
    notifications.tell(notifications.RESPONSIBLE, to, run, other=by)
    notifications.tell(notifications.HANDED_OVER, by, run, other=to)


@transaction.atomic
def note_changes(*, run: CourseRun, before: Roles, by: "User") -> None:
    """Write the events of what the administration's form of the run changed, and let go of the works of who left."""
    after = roles_of(run)
    for person in sorted(before.keys() | after.keys()):
        if before.get(person, "") != after.get(person, ""):
            _note(run, person, before.get(person, ""), after.get(person, ""), by)
        if person not in after:
            _let_go(run, person)


def _locked(run: CourseRun, by: "User") -> CourseRun:
    """The run as it is now, locked; raises where the person is not responsible for it, any longer."""
    run = lock_run(run)
    if not may_lead(by, run):
        raise errors.NotResponsible
    return run


def _row(run: CourseRun, person: "User") -> RunTeacher:
    row = RunTeacher.objects.filter(run=run, user=person).first()
    if row is None:
        raise errors.TeachesNoLonger
    return row


def _refuse_the_last(run: CourseRun) -> None:
    if RunTeacher.objects.filter(run=run, role=Role.RESPONSIBLE).count() < 2:
        raise errors.LastResponsible


def _set(row: RunTeacher, role: Role, by: "User") -> None:
    before, row.role = row.role, role
    row.save()
    _note(row.run, row.user_id, before, role, by)


def _take_off(row: RunTeacher, by: "User") -> None:
    run, person, before = row.run, row.user_id, row.role
    row.delete()
    _note(run, person, before, "", by)
    _let_go(run, person)


def _note(run: CourseRun, person: int, before: str, after: str, by: "User") -> None:
    RunTeacherEvent.objects.create(run=run, person_id=person, before=before, after=after, by=by)


def _let_go(run: CourseRun, person: int) -> None:
    """Nobody waits for the works that they had open for marking."""
    Submission.objects.filter(run_assignment__run=run, marker=person).update(marker=None, marker_since=None)

"""What the attempts and the works of some enrolments tell, read for the hundreds of cells of a page."""

import datetime
from collections.abc import Collection
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery, Value
from django.utils import timezone

from common.prepared import Prepared
from learning.study.models import Attempt, Submission, SubmissionVersion


class Attempted(NamedTuple):
    """An attempt that counts at a quiz of the run. `is_passed` is None while it is under way."""

    enrolment_id: int
    run_quiz_id: int
    is_passed: bool | None
    points: Decimal | None
    points_possible: int | None
    at: datetime.datetime | None


class Work(NamedTuple):
    """A work of an assignment of the run; `is_late` tells of its newest version."""

    enrolment_id: int
    run_assignment_id: int
    status: str
    mark__grade: int | None
    public_id: UUID
    is_late: bool | None
    at: datetime.datetime | None


def attempts_of(ids: Collection[int], *, moments: bool) -> list[Attempted]:
    """The attempts of these enrolments; only with `moments` do they tell when they were handed in."""
    return [
        Attempted(enrolment, quiz, is_passed, _points(points), possible, _moment(at))
        for enrolment, quiz, is_passed, points, possible, at in _ATTEMPTS[moments].of(ids)
    ]


def works_of(ids: Collection[int], *, moments: bool) -> list[Work]:
    """The works of these enrolments; only with `moments` do they tell when they were handed in."""
    return [
        Work(enrolment, assigned, status, grade, _identifier(public_id), is_late, _moment(at))
        for enrolment, assigned, status, grade, public_id, is_late, at in _WORKS[moments].of(ids)
    ]


def _attempts(moments: bool) -> "QuerySet[Any, Any]":
    counted = Attempt.objects.filter(is_practice=False).annotate(at=_came(moments))
    return counted.values_list(*Attempted._fields)


def _works(moments: bool) -> "QuerySet[Any, Any]":
    newest = SubmissionVersion.objects.filter(submission=OuterRef("pk")).order_by("-number")
    is_late = Subquery(newest.values("is_late")[:1])
    return Submission.objects.annotate(is_late=is_late, at=_came(moments)).values_list(*Work._fields)


def _came(moments: bool) -> F | Value:
    # SQLite reads a moment from its text, which takes as long as the rest of the row.
    return F("handed_in_at") if moments else Value(None, DateTimeField())


_ATTEMPTS = {moments: Prepared(partial(_attempts, moments), by="enrolment_id") for moments in (True, False)}
_WORKS = {moments: Prepared(partial(_works, moments), by="enrolment_id") for moments in (True, False)}
# What SQLite has in another shape.
_points = Attempt._meta.get_field("points").to_python
_identifier = Submission._meta.get_field("public_id").to_python


def _moment(at: datetime.datetime | None) -> datetime.datetime | None:
    return at if at is None or timezone.is_aware(at) else at.replace(tzinfo=datetime.UTC)

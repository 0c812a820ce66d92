"""Certificates of graded courses wait for the final grade, so that a learner gets one code and not two."""

import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from learning.courses.models import Course
from learning.study.models import Enrolment
from learning.study.querysets import has_final_grade

if TYPE_CHECKING:
    from accounts.models import User

# After this nobody's certificate waits for a teacher any more. The form of a course tells both in words.
PATIENCE = datetime.timedelta(days=28)
# A grade that is mended at once makes no certificate.
SETTLES = datetime.timedelta(hours=1)


def waits_for_no_grade(settles: datetime.timedelta = datetime.timedelta(0)) -> Q:
    """Completed enrolments that have a final grade for so long, get none, or have waited long enough."""
    now = timezone.now()
    ungraded = ~Q(run__course__assessment=Course.Assessment.GRADE)
    return ungraded | Q(completed_at__lte=now - PATIENCE) | Q(has_final_grade(at__lte=now - settles))


def waits_for_grade(enrolment: Enrolment) -> bool:
    """Whether the final grade that the certificate of the completed enrolment waits for has not been given."""
    return not Enrolment.objects.filter(waits_for_no_grade(), pk=enrolment.pk).exists()


def waiting_of(person: "User") -> set[int]:
    """The completed enrolments of the person whose certificates wait for a grade, or for one to settle."""
    completed = Enrolment.objects.filter(learner=person, status=Enrolment.Status.COMPLETED, certificates=None)
    return set(completed.exclude(waits_for_no_grade(SETTLES)).values_list("pk", flat=True))


def last_day_of(enrolment: Enrolment) -> datetime.date:
    """The day by which the certificate comes, with a grade or without."""
    assert enrolment.completed_at is not None, "only completed studies are certified"
    return timezone.localdate(enrolment.completed_at + PATIENCE)

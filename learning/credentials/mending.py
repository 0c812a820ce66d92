"""Certificates that could not be given when the studies were completed, and final grades that came after them."""

import logging
from collections.abc import Callable

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from learning.courses import certifying
from learning.courses.models import Course
from learning.credentials import services
from learning.credentials.models import Certificate
from learning.credentials.waiting import SETTLES, waits_for_no_grade
from learning.study.models import Enrolment, FinalGrade

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 50


def issue_what_waits() -> bool:
    """Issue the certificates that nothing keeps waiting any more; True when there may be more of them."""
    waiting = Enrolment.objects.filter(status=Enrolment.Status.COMPLETED, certificates=None)
    courses = Course.objects.filter(pk__in=waiting.values("run__course")).prefetch_related("institutions__organisation")
    ready = [course.pk for course in courses if not certifying.missing(course)]
    nameless = Q(learner__first_name="", learner__last_name="")
    found = waiting.exclude(nameless).filter(waits_for_no_grade(SETTLES), run__course__in=ready)
    found = found.order_by("completed_at")
    return _each_of(found, lambda enrolment: services.issue(enrolment=enrolment) is not None, "issued")


def tell_final_grades() -> bool:
    """Give new certificates where a final grade was given, changed or taken back since; True when there may be more."""
    grades = FinalGrade.objects.filter(enrolment=OuterRef("enrolment")).order_by("-at", "-pk")
    valid = Certificate.objects.filter(status=Certificate.Status.VALID).annotate(
        newest=Subquery(grades.values("at")[:1])
    )
    unknown = valid.filter(Q(graded_at=None) | Q(graded_at__lt=F("newest")), newest__lte=timezone.now() - SETTLES)
    ungraded = Enrolment.objects.filter(pk__in=unknown.values("enrolment")).order_by("pk")

    def tell(enrolment: Enrolment) -> bool:
        services.regrade(enrolment=enrolment)
        return True

    return _each_of(ungraded, tell, "given a final grade")


def _each_of(enrolments: QuerySet[Enrolment], act: Callable[[Enrolment], bool], what: str) -> bool:
    """Do it for so many at once; True when there may be more. Those that fail keep nobody behind them waiting."""
    done = 0
    for enrolment in list(enrolments):
        try:
            done += act(enrolment)
        except Exception:
            logger.exception("The certificate of enrolment %s could not be %s.", enrolment.pk, what)
        if done == MOST_AT_ONCE:
            return True
    return False

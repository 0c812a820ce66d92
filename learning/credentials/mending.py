"""Certificates that could not be given when the studies were completed, and final grades that came after them."""

import datetime
import logging

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from learning.courses import certifying
from learning.courses.models import Course
from learning.credentials import services
from learning.credentials.models import Certificate
from learning.study.models import Enrolment, FinalGrade

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 50
# A grade that is mended at once makes no certificate.
SETTLES = datetime.timedelta(hours=1)


def issue_what_waits() -> bool:
    """Issue the certificates that nothing keeps waiting any more; True when there may be more of them."""
    waiting = Enrolment.objects.filter(status=Enrolment.Status.COMPLETED, certificates=None)
    courses = Course.objects.filter(pk__in=waiting.values("run__course")).prefetch_related("institutions__organisation")
    ready = [course.pk for course in courses if not certifying.missing(course)]
    nameless = Q(learner__first_name="", learner__last_name="")
    found = waiting.exclude(nameless).filter(run__course__in=ready).order_by("completed_at")
    issued = 0
    # One after another: those that fail each time keep nobody behind them waiting.
    for pk in list(found.values_list("pk", flat=True)):
        try:
            issued += services.issue(enrolment=found.get(pk=pk)) is not None
        except Enrolment.DoesNotExist:
            continue
        except Exception:
            logger.exception("The certificate of enrolment %s could not be issued.", pk)
        if issued == MOST_AT_ONCE:
            return True
    return False


def tell_final_grades() -> bool:
    """Give new certificates where a final grade was given, changed or taken back since; True when there may be more."""
    grades = FinalGrade.objects.filter(enrolment=OuterRef("enrolment")).order_by("-at", "-pk")
    valid = Certificate.objects.filter(status=Certificate.Status.VALID).annotate(
        newest=Subquery(grades.values("at")[:1])
    )
    unknown = valid.filter(Q(graded_at=None) | Q(graded_at__lt=F("newest")), newest__lte=timezone.now() - SETTLES)
    told = 0
    for certificate in list(unknown.select_related("enrolment").order_by("pk")):
        try:
            services.regrade(enrolment=certificate.enrolment)
            told += 1
        except Exception:
            logger.exception("The certificate %s could not be given a final grade.", certificate.code)
        if told == MOST_AT_ONCE:
            return True
    return False

"""Certificates that could not be given when the studies were completed, because something was not known then."""

import logging

from django.db.models import Q

from learning.courses import certifying
from learning.courses.models import Course
from learning.credentials import services
from learning.study.models import Enrolment

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 50


def issue_what_waits() -> bool:
    """Issue the certificates that nothing keeps waiting any more; True when there may be more of them."""
    waiting = Enrolment.objects.filter(status=Enrolment.Status.COMPLETED, certificates=None)
    courses = Course.objects.filter(pk__in=waiting.values("run__course")).prefetch_related("institutions__organisation")
    ready = [course.pk for course in courses if not certifying.missing(course)]
    nameless = Q(learner__first_name="", learner__last_name="")
    found = list(waiting.exclude(nameless).filter(run__course__in=ready).order_by("completed_at")[:MOST_AT_ONCE])
    issued = 0
    for enrolment in found:
        try:
            issued += services.issue(enrolment=enrolment) is not None
        except Exception:
            logger.exception("The certificate of enrolment %s could not be issued.", enrolment.pk)
    return issued == MOST_AT_ONCE

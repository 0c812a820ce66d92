"""What study tells: an enrolment became complete."""

import logging
from typing import Any

from django.db import transaction

from learning.credentials import services
from learning.study.models import Enrolment

logger = logging.getLogger(__name__)


def issue_certificate(enrolment: Enrolment, **_kwargs: Any) -> None:
    """Give the certificate in the transaction that completed the studies.

    A fault here must not take the last lesson or quiz from the learner: the worker tries again (mending.py).
    """
    try:
        with transaction.atomic():
            services.issue(enrolment=enrolment)
    except Exception:
        logger.exception("The certificate of enrolment %s could not be issued at once.", enrolment.pk)

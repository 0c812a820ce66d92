"""Texts that are not kept for ever."""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from blog.models import Submission
from blog.models.submissions import State
from blog.submitting.details import forget_file

KEPT_UNCONFIRMED = datetime.timedelta(days=14)
KEPT_ENDED = datetime.timedelta(days=2 * 365)


def forget_unconfirmed() -> bool:
    """Erase the texts whose senders never confirmed an address. For the worker."""
    _erase(Submission.objects.filter(state=State.UNCONFIRMED, created_at__lt=timezone.now() - KEPT_UNCONFIRMED))
    return False


def forget_ended() -> bool:
    """Erase what was declined or withdrawn two years ago and never sent again. For the worker."""
    ended = Submission.objects.filter(state__in=[State.DECLINED, State.WITHDRAWN], page=None)
    _erase(ended.filter(turn_since__lt=timezone.now() - KEPT_ENDED))
    return False


def _erase(rows: QuerySet[Submission]) -> None:
    """Each in a transaction of its own, with its picture; one that has moved on meanwhile stays."""
    for submission in rows:
        with transaction.atomic():
            if submission.picture:
                forget_file(submission, str(submission.picture.name))
            Submission.objects.filter(pk=submission.pk, state=submission.state).delete()

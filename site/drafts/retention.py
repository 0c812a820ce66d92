"""Forgetting drafts: each kind of form says for how many days they are kept."""

import datetime

from django.utils import timezone

from drafts.forms import registered
from drafts.models import Draft
from drafts.services import UNDO

# Of forms that no app knows any more.
KEPT_DAYS = 90


def forget_old_drafts() -> bool:
    """Delete what nobody has gone on with, and the texts of what was discarded once it cannot be brought back."""
    now = timezone.now()
    kinds = registered()
    for kind in kinds:
        Draft.objects.filter(form=kind.code, saved_at__lt=now - datetime.timedelta(days=kind.kept_days)).delete()
    unknown = Draft.objects.exclude(form__in=[kind.code for kind in kinds])
    unknown.filter(saved_at__lt=now - datetime.timedelta(days=KEPT_DAYS)).delete()
    Draft.objects.filter(status=Draft.Status.DISCARDED, saved_at__lt=now - UNDO).delete()
    return False

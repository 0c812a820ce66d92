"""What is published or taken off the site at its moment: Wagtail's own schedule, kept by the worker."""

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from common import jobs
from common.errors import Refused

logger = logging.getLogger(__name__)
# A revision was refused at its moment and has lost it: (revision, at, refusal). Whoever scheduled it wants to know.
not_published = Signal()


def publish_scheduled() -> bool:
    """Publish and expire what is due, as Wagtail's command of the name does.

    The command gives up at the first that fails; here each is tried by itself, and again the next time.
    """
    from wagtail.models import DraftStateMixin, Page, Revision

    now = timezone.now()
    drafted = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    for model in [Page, *drafted]:
        for thing in model._default_manager.filter(live=True, expire_at__lt=now).order_by("expire_at"):
            unpublish = functools.partial(thing.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
            _attempt(unpublish, f"{model._meta.label} {thing.pk}")
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        name = f"{revision.content_type.model} {revision.object_id}"
        _attempt(functools.partial(_publish, revision, name), name)
    return False


def _publish(revision: Any, name: str) -> None:
    """A revision that may not be published loses its moment, and that is told once: it would be refused each time."""
    at = revision.approved_go_live_at
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except Refused as refusal:
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        logger.warning("Not published on schedule, and no longer scheduled: %s (%s)", name, type(refusal).__name__)
        not_published.send(sender=type(revision), revision=revision, at=at, refusal=refusal)


def _attempt(act: Callable[[], Any], name: str) -> None:
    """Do it all or leave no trace but a line in the log: what cannot be published must hold nothing else back."""
    try:
        with transaction.atomic():
            act()
    except Exception:
        logger.exception("Not published or expired on schedule: %s", name)


jobs.register("publish_scheduled", 60, publish_scheduled)

"""One number that changes whenever something that pages show has changed; what was rendered before is then stale.

Others who remember something in each process may have a number of their own, by another name.
"""

import logging
import os
import time
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import post_page_move

logger = logging.getLogger(__name__)
PAGES = "generation"
# An editor's autosave writes these to a page, many times a minute, without changing what readers see.
DRAFT_FIELDS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}


def current(name: str = PAGES) -> int | None:
    """The generation in force, shared by all processes; None when nobody can tell: then nothing may be cached."""
    if settings.CACHE_URL:
        return _shared(name)
    try:
        return os.stat(_file(name)).st_mtime_ns
    except FileNotFoundError:
        return 0
    except OSError:
        return None


def bump(name: str = PAGES) -> None:
    """Make every cached page stale. Bulk writes (`update`, `bulk_create`) call this; saves and deletes need not."""
    transaction.on_commit(partial(_bump_now, name), robust=True)


def _bump_now(name: str = PAGES) -> None:
    now = time.time_ns()
    if settings.CACHE_URL:
        cache.set(f"page-{name}", now, timeout=None)
        return
    path = Path(_file(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, ns=(now, now))


def _file(name: str) -> str:
    # A text: asked many times a page, a path takes longer to put together than the file to look at.
    return f"{settings.RUN_DIR}/{name}"


def _shared(name: str) -> int | None:
    try:
        return int(cache.get(f"page-{name}", 0))
    except Exception as error:
        logger.warning("The shared cache does not answer (%s): pages are rendered anew.", type(error).__name__)
        return None


def connect() -> None:
    """Bump after every save and delete, except of the models that settings name as changing no page."""
    post_save.connect(_saved, dispatch_uid="page-generation")
    post_delete.connect(_deleted, dispatch_uid="page-generation")
    m2m_changed.connect(_related, dispatch_uid="page-generation")
    post_page_move.connect(_moved, dispatch_uid="page-generation")


def changes_pages(model: type[Model]) -> bool:
    """Whether a row of the model may show on a page that readers share."""
    return model._meta.label_lower not in _ignored()


def _ignored() -> frozenset[str]:
    return frozenset(settings.PAGE_CACHE_IGNORED_MODELS)


def only_draft(update_fields: frozenset[str] | None) -> bool:
    """Whether what was saved of a page, as `post_save` tells it, is no more than a draft's."""
    return bool(update_fields) and DRAFT_FIELDS.issuperset(update_fields or ())


def _saved(sender: type[Model], update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if not only_draft(update_fields) and changes_pages(sender):
        bump()


def _deleted(sender: type[Model], **kwargs: Any) -> None:
    # Pages link to a file of their own accord: making it changes none of them, deleting it breaks the link.
    if changes_pages(sender) or sender._meta.label_lower in settings.PAGE_CACHE_LINKED_MODELS:
        bump()


def _moved(sender: object, **kwargs: Any) -> None:
    # Among its siblings a page is moved by the tree itself, without a save.
    bump()


def _related(sender: type[Model], instance: Model, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and changes_pages(sender) and changes_pages(type(instance)):
        bump()

"""What readers do at a post, and what editors do about it."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import PostPage, ReaderComment, Thanks
from blog.readers.daily import add_today
from common.errors import Refused

Status = ReaderComment.Status


class NotTaken(Refused):
    message = _("This post takes no comments or thanks.")


@transaction.atomic
def comment(*, page: PostPage, signature: str, text: str, author: Any = None) -> ReaderComment:
    """Leave a comment, which waits for an editor. Sending the same again is one comment."""
    if not page.takes_comments:
        raise NotTaken
    waiting, _is_new = ReaderComment.objects.get_or_create(
        page=page, signature=signature, text=text, status=Status.WAITING, defaults={"author": author}
    )
    return waiting


@transaction.atomic
def moderate(*, comment: ReaderComment, by: Any, show: bool) -> ReaderComment:
    """Show the comment or leave it out; either can be changed later."""
    comment.status = Status.SHOWN if show else Status.REFUSED
    comment.moderated_by, comment.moderated_at = by, timezone.now()
    comment.save(update_fields=["status", "moderated_by", "moderated_at"])
    return comment


def thank(*, page: PostPage) -> None:
    """Count one thank-you. No row tells whose it was; other readers see the number when the page is drawn anew."""
    if not page.takes_thanks:
        raise NotTaken
    add_today(Thanks, page=page.pk)


def thanks_of(page: PostPage) -> int:
    return Thanks.objects.filter(page=page).aggregate(all=Sum("count"))["all"] or 0


def shown_comments(page: PostPage) -> "QuerySet[ReaderComment]":
    return page.reader_comments.filter(status=Status.SHOWN)

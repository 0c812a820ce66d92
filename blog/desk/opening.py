"""Who gets to the desk, which text a page is about, and the way back to the queue."""

import functools
import uuid
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Submission
from blog.submitting.permissions import may_edit, sides_of
from blog.submitting.states import Side

P = ParamSpec("P")


def for_editors(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let editors alone in."""

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_edit(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return opened


def of_submission(
    view: Callable[Concatenate[HttpRequest, Submission, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give the view the text of the address. To an editor who may not see it, such as its writer, it is not there."""

    @functools.wraps(view)
    def opened(request: HttpRequest, public_id: uuid.UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_edit(request.user):
            raise PermissionDenied
        rows = Submission.objects.filter(public_id=public_id).exclude(state=Submission.State.UNCONFIRMED)
        submission = rows.select_related("channel", "editor", "task_area", "page").first()
        if submission is None or Side.EDITOR not in sides_of(request.user, submission):
            raise Http404
        return view(request, submission, *args, **kwargs)

    return opened


def crumbs(*steps: tuple[str, str]) -> list[dict[str, Any]]:
    """The queue and further (label, address) steps."""
    return [
        {"label": label, "url": url} for label, url in [(_("Texts sent to the blog"), reverse("blog_queue")), *steps]
    ]

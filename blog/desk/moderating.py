"""Readers' comments: those that wait, those that are shown, those that are not."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog.desk.opening import crumbs, for_editors
from blog.models import ReaderComment
from blog.readers import services

ON_PAGE = 25
Status = ReaderComment.Status


@require_safe
@for_editors
def comments(request: HttpRequest) -> HttpResponse:
    """The comments of one state, those that wait unless another is asked for."""
    state = request.GET.get("tila", "")
    if state not in Status.values:
        state = Status.WAITING
    rows = ReaderComment.objects.filter(status=state).select_related("page", "moderated_by")
    ordered = rows.order_by("sent_at" if state == Status.WAITING else "-sent_at", "pk")
    context = {
        "breadcrumbs_items": crumbs((_("Readers' comments"), "")),
        "header_title": _("Readers' comments"),
        "header_icon": "comment",
        "states": [(str(status), status.label) for status in Status],
        "state": state,
        "page": Paginator(ordered, ON_PAGE).get_page(request.GET.get("p")),
    }
    return render(request, "blog/desk/comments.html", context)


@require_POST
@for_editors
def moderate(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Show a comment, or leave it out."""
    comment = get_object_or_404(ReaderComment, public_id=public_id)
    show = request.POST.get("act") == "show"
    editor: Any = request.user
    services.moderate(comment=comment, by=editor, show=show)
    messages.success(request, _("The comment is shown.") if show else _("The comment is not shown."))
    return redirect(f"{reverse('blog_comments')}?tila={request.POST.get('tila', '')}")

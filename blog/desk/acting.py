"""One act on one text: a page that asks what the act needs, and the act itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from blog.desk.acts import BY_SLUG, DeskAct
from blog.desk.forms import ActForm, DeclineForm
from blog.desk.opening import crumbs, of_submission
from blog.models import DeclineTemplate, Submission
from blog.submitting.permissions import may
from blog.submitting.versions import latest_of
from common.errors import Refused
from common.numbers import whole

TEMPLATE = "pohja"


@require_http_methods(["GET", "HEAD", "POST"])
@of_submission
def act(request: HttpRequest, submission: Submission, slug: str) -> HttpResponseBase:
    """GET asks, POST does; what is refused is said on the page, with what was written."""
    chosen = BY_SLUG.get(slug)
    if chosen is None:
        raise Http404
    if request.method != "POST":
        if not may(request.user, chosen.act, submission):
            # Somebody was quicker: the text's page tells where it is now.
            return redirect("blog_text", submission.public_id)
        return _page(request, submission, chosen, _form(request, submission, chosen))
    form = _form(request, submission, chosen, request.POST)
    if not form.is_valid():
        return _page(request, submission, chosen, form, status=400)
    try:
        chosen.do(submission, request.user, form.cleaned_data)
    except Refused as refusal:
        if not chosen.asks:
            messages.error(request, str(refusal.message))
            return redirect("blog_text", submission.public_id)
        form.add_error(None, str(refusal.message))
        return _page(request, submission, chosen, form, status=409)
    messages.success(request, str(chosen.done))
    return redirect("blog_text", submission.public_id)


def _form(request: HttpRequest, submission: Submission, chosen: DeskAct, data: Any = None) -> ActForm:
    more: dict[str, Any] = {}
    if chosen.form is DeclineForm:
        template = DeclineTemplate.objects.filter(pk=whole(request.GET.get(TEMPLATE, "")) or 0).first()
        more = {"template": template, "title": latest_of(submission).title}
    person: Any = request.user
    return chosen.form(data, submission=submission, editor=person, **more)


def _page(
    request: HttpRequest, submission: Submission, chosen: DeskAct, form: ActForm, status: int = 200
) -> HttpResponse:
    version = latest_of(submission)
    context = {
        "breadcrumbs_items": crumbs(
            (version.title, reverse("blog_text", args=[submission.public_id])), (str(chosen.label), "")
        ),
        "header_title": chosen.label,
        "header_icon": "edit",
        "chosen": chosen,
        "submission": submission,
        "version": version,
        "form": form,
        "templates": DeclineTemplate.objects.all() if isinstance(form, DeclineForm) else [],
    }
    return render(request, "blog/desk/act.html", context, status=status)

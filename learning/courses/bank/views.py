"""The bank of questions in and out, in the administration."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Refused
from learning.courses.bank import files
from learning.courses.bank.importing import Act, carry_out, counted, plan
from learning.courses.bank.records import Record, record_of
from learning.courses.models import Question

# What was read waits in the session while its report is looked at: the file need not be sent twice.
KEY = "courses.import"
LIST = "wagtailsnippets_courses_question:list"
MAY_IMPORT = ("courses.add_question", "courses.change_question")


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of questions"),
        help_text=gettext_lazy(
            "XLSX, CSV or Markdown (.md), at most 2 MB. Nothing is changed before you have seen what it does."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.md"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_questions(request: HttpRequest) -> HttpResponseBase:
    """Takes a file and tells what it would do; a second POST does it."""
    if not request.user.has_perms(MAY_IMPORT):
        raise PermissionDenied
    if "vahvista" in request.POST:
        return _carry_out(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, {"form": form}, status=422 if form.errors else 200)
    file: UploadedFile[Any] = form.cleaned_data["file"]
    try:
        records = files.read(file.name or "", file.read(files.MOST_BYTES + 1))
        lines = plan(records)
    except Refused as refusal:
        form.add_error("file", str(refusal.message))
        return _page(request, {"form": form}, status=422)
    request.session[KEY] = {"name": file.name, "records": [record.as_dict() for record in records]}
    has_refused = any(line.act == Act.REFUSE for line in lines)
    has_news = any(line.act in {Act.MAKE, Act.CHANGE} for line in lines)
    report = {"lines": lines, "counts": counted(lines), "has_refused": has_refused, "has_news": has_news}
    return _page(request, {"form": FileForm(), "name": file.name, **report})


def _carry_out(request: HttpRequest) -> HttpResponseBase:
    kept: dict[str, Any] | None = request.session.pop(KEY, None)
    if kept is None:
        messages.error(request, _("This file has been imported already, or too long ago. Choose it again."))
        return redirect(request.path)
    try:
        lines = carry_out([Record.from_dict(told) for told in kept["records"]])
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(request.path)
    told = ", ".join(f"{words.lower()}: {number}" for words, number in counted(lines))
    messages.success(request, _("The questions of %(name)s: %(told)s.") % {"name": kept["name"], "told": told})
    return redirect(LIST)


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    frame = {
        "breadcrumbs_items": [
            {"url": reverse(LIST), "label": _("Questions")},
            {"url": "", "label": _("Import questions")},
        ],
        "header_title": _("Import questions"),
        "header_icon": "upload",
    }
    return render(request, "learning/courses/import.html", frame | context, status=status)


@require_safe
def export_questions(request: HttpRequest) -> HttpResponse:
    """All questions as a file of the form that is asked for; read in again it changes nothing."""
    if not request.user.has_perm("courses.view_question"):
        raise PermissionDenied
    kind = request.GET.get("muoto", "xlsx")
    if kind not in files.WRITERS:
        raise Http404
    questions = Question.objects.prefetch_related("options", "steps").order_by("code")
    content_type, write = files.WRITERS[kind]
    response = HttpResponse(write([record_of(question) for question in questions]), content_type=content_type)
    name = f"kysymykset-{timezone.localdate():%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response

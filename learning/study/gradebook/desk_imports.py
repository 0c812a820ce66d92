"""Results done elsewhere, brought in as a file: looked at row by row, recorded, taken back."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from common.lines import one_line
from common.listing import Pages
from common.spreadsheets import XLSX, xlsx_file
from learning.courses.models import CourseRun
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_run_to_mark
from learning.study.gradebook import importing, reading
from learning.study.gradebook.desk import TAB, steps
from learning.study.gradebook.forms import ResultsFileForm
from learning.study.gradebook.results import import_results as record
from learning.study.gradebook.results import undo_import
from learning.study.gradebook.tasks import Kind, tasks_of
from learning.study.models import ResultImport

# What was read waits in the session while its report is looked at: the file need not be sent twice.
KEY = "study.results"
ON_LOG = 25


@require_http_methods(["GET", "HEAD", "POST"])
@of_run_to_mark
def import_results(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Takes a file and tells of each row what would become of it; a second POST records it."""
    if request.method == "POST" and "vahvista" in request.POST:
        return _record(request, run)
    form = ResultsFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, run, {"form": form}, status=422 if form.errors else 200)
    file: UploadedFile[Any] = form.cleaned_data["file"]
    teacher: Any = request.user
    try:
        records = reading.read(file.name or "", file.read(reading.MOST_BYTES + 1))
    except Refused as refusal:
        form.add_error("file", str(refusal.message))
        return _page(request, run, {"form": form}, status=422)
    lines, name = importing.plan(run, teacher, records), one_line(file.name or "")
    request.session[KEY] = {"run": run.code, "name": name, "records": [each.as_dict() for each in records]}
    has_news = any(line.act in {importing.Act.RECORD, importing.Act.CHANGE} for line in lines)
    report = {"lines": lines, "counts": importing.counted(lines), "has_news": has_news, "name": name}
    return _page(request, run, {"form": ResultsFileForm(), **report})


def _record(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    kept: dict[str, Any] | None = request.session.pop(KEY, None)
    here = redirect("run_import", run.code)
    if kept is None or kept["run"] != run.code:
        messages.error(request, _("This file has been recorded already, or too long ago. Choose it again."))
        return here
    teacher: Any = request.user
    records = [reading.Record(**told) for told in kept["records"]]
    try:
        source, lines = record(run=run, by=teacher, records=records, name=kept["name"])
    except Refused as refusal:
        messages.error(request, str(refusal))
        return here
    note = messages.success if source else messages.info
    note(request, _("The results of %(name)s: %(told)s.") % {"name": kept["name"], "told": importing.done(lines)})
    return here


def _page(request: HttpRequest, run: CourseRun, context: dict[str, Any], status: int = 200) -> HttpResponse:
    log = (
        ResultImport.objects.filter(run=run)
        .select_related("by", "undone_by")
        .annotate(number=Count("results"))
        .order_by("-at", "-pk")
    )
    frame = {
        "log": Pages(request, log, ON_LOG, place="log"),
        "assignments": [task for task in tasks_of(run) if task.kind is Kind.ASSIGNMENT],
    }
    title, template = _("Results done elsewhere"), "learning/study/gradebook/import.html"
    return desk_page(request, template, run, TAB, title, frame | context, steps=steps(run), status=status)


@require_safe
@of_run_to_mark
def template(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """An empty table with the names of the columns."""
    file = xlsx_file([list(reading.COLUMNS.values())], title="Suoritukset", widths=(32, 20, 24, 16, 12, 14, 40))
    response = FileResponse(file, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{run.code}-tuontipohja.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@of_run_to_mark
def undo(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    source = get_object_or_404(ResultImport.objects.select_related("run"), run=run, public_id=public_id)
    teacher: Any = request.user
    try:
        undone, standing = undo_import(source=source, by=teacher)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("run_import", run.code)
    told = ngettext("%(number)d result taken back.", "%(number)d results taken back.", undone) % {"number": undone}
    if standing:
        stays = ngettext(
            "%(number)d stands, because it was changed since or the run was completed with it.",
            "%(number)d stand, because they were changed since or the run was completed with them.",
            standing,
        )
        told = f"{told} {stays % {'number': standing}}"
    messages.success(request, told)
    return redirect("run_import", run.code)

"""Files out of the gradebook at the teachers' desk, and the completion list to print."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.listing import Pages
from common.spreadsheets import CSV, XLSX, csv_lines, xlsx_file
from learning.courses.models import CourseRun
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_run_to_mark
from learning.study.gradebook.desk import TAB, steps
from learning.study.gradebook.exporting import WIDTHS, Content, Export, grade_of, learners_of, shares_of, whose
from learning.study.gradebook.institutions import institutions_of
from learning.study.gradebook.rows import NO_INSTITUTION, UNGRADED, Chosen, lines_of, narrowed
from learning.study.models import Enrolment, GradebookExport
from learning.study.models.enrolments import STUDYING

ON_LOG, ON_LIST = 25, 500
FORMS = ("csv", "xlsx")


@require_safe
@of_run_to_mark
def exports(request: HttpRequest, run: CourseRun) -> HttpResponse:
    """What can be taken out for whom, and what has been."""
    studying = Enrolment.objects.filter(run=run, status__in=STUDYING)
    log = Pages(request, GradebookExport.objects.filter(run=run).select_related("by"), ON_LOG, place="log")
    context = {
        "shares": shares_of(run, Content.CREDITS),
        "graded": learners_of(run, Content.CREDITS).count(),
        "ungraded": narrowed(studying, Chosen(state=UNGRADED)).count(),
        "everybody": studying.count(),
        "log": log,
        "taken": [(each, whose(each)) for each in log.page],
    }
    title = _("Files for institutions")
    return desk_page(request, "learning/study/gradebook/exports.html", run, TAB, title, context, steps=steps(run))


@require_POST
@of_run_to_mark
def export(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """The file, after it has been noted who took it. By POST: it writes, and nothing may fetch it by itself."""
    form, content = request.POST.get("muoto", ""), request.POST.get("sisalto", "")
    institution = request.POST.get("laitos", "")
    is_known = not institution or institution == NO_INSTITUTION or (institution.isascii() and institution.isdigit())
    if form not in FORMS or content not in Content.values or not is_known or len(institution) > 9:
        return redirect("run_exports", run.code)
    out = Export(run, content, institution)
    ids = out.ids()
    teacher: Any = request.user
    GradebookExport.objects.create(
        run=run, by=teacher, content=content, format=form, institution=out.institution_name, learners=len(ids)
    )
    return _file(out, ids, form)


def _file(out: Export, ids: list[int], form: str) -> HttpResponseBase:
    response: Any
    if form == "csv":
        response = StreamingHttpResponse(csv_lines(out.rows(ids)), content_type=CSV)
    else:
        title = "Suoritukset" if out.content != Content.WHOLE else "Arviointitaulukko"
        response = FileResponse(xlsx_file(out.rows(ids), title=title, widths=WIDTHS), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{out.file_name(form)}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@of_run_to_mark
def completions(request: HttpRequest, run: CourseRun) -> HttpResponse:
    """Who has completed, when, with which grade and how many credits: to print, of one institution or of all."""
    institution = request.GET.get("laitos", "")
    institutions = institutions_of(run)
    if institution != NO_INSTITUTION and institution not in map(str, institutions):
        institution = ""
    pages = Pages(request, Export(run, Content.COMPLETIONS, institution).ids(), ON_LIST)
    lines = lines_of(run, list(pages.page), (), institutions)
    context = {
        "pages": pages,
        "rows": [(line, grade_of(line.final, line)) for line in lines],
        "institutions": institutions,
        "institution": institution,
        "institution_name": institutions.get(int(institution)) if institution.isdigit() else "",
    }
    title = _("Completion list")
    return desk_page(request, "learning/study/gradebook/completions.html", run, TAB, title, context, steps=steps(run))

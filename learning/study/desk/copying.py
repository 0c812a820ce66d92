"""A copy of a run with new dates."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.widgets import AdminDateInput

from learning.courses.models import CourseRun
from learning.study.desk.opening import crumbs, of_arranged_run
from learning.study.forms import refuse_far_days, refuse_other_pages
from learning.study.services.copying import copy_run as make_copy


class CopyForm(forms.Form):
    code = forms.SlugField(label=gettext_lazy("Code of the copy"), max_length=30)
    starts = forms.DateField(
        label=gettext_lazy("First day of the copy"),
        widget=AdminDateInput,
        help_text=gettext_lazy("All other dates move by as many days; times of the clock stay."),
    )
    enrolment_code = forms.CharField(label=gettext_lazy("Enrolment code of the copy"), max_length=40, required=False)

    def __init__(self, *args: Any, run: CourseRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if run.admission == CourseRun.Admission.CODE:
            self.fields["enrolment_code"].required = True
        else:
            del self.fields["enrolment_code"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        refuse_other_pages(code)
        if CourseRun.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another run has this code."))
        return code

    def clean_starts(self) -> datetime.date:
        starts: datetime.date = self.cleaned_data["starts"]
        refuse_far_days(starts)
        return starts


@require_http_methods(["GET", "HEAD", "POST"])
@of_arranged_run
def copy_run(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Ask for the code and the first day of the copy; POST makes it and opens it."""
    form = CopyForm(request.POST if request.method == "POST" else None, run=run)
    if request.method == "POST" and form.is_valid():
        teacher: Any = request.user
        copy = make_copy(run=run, by=teacher, **form.cleaned_data)
        messages.success(request, _("The copy is made. Check its dates before people enrol."))
        return redirect("wagtailsnippets_courses_courserun:edit", copy.pk)
    context = {
        "breadcrumbs_items": [*crumbs(run)[:-1], {"label": _("Copy with new dates"), "url": ""}],
        "header_title": _("Copy with new dates"),
        "header_icon": "copy",
        "run": run,
        "form": form,
    }
    return render(request, "learning/study/desk/copy_run.html", context, status=422 if form.errors else 200)

"""A letter from the teacher to one, some or all learners of a run."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from learning.courses.models import CourseRun
from learning.study.desk.learners import chosen_of
from learning.study.desk.opening import crumbs, of_own_run
from learning.study.models import Enrolment
from learning.study.models.enrolments import STUDYING
from learning.study.services import teaching


class LetterForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=150)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10}))
    takes_answers = forms.BooleanField(
        label=gettext_lazy("Answers come to my e-mail address"),
        required=False,
        help_text=gettext_lazy("The learners then see your address. The letter itself comes from the service."),
    )
    must_act = forms.BooleanField(
        label=gettext_lazy("Send at once: they must act on it today"),
        required=False,
        help_text=gettext_lazy("Otherwise it is in tomorrow morning's letter, with what else there is to tell."),
    )
    # The same form sent twice is one letter.
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_subject(self) -> str:
        # A line break in a header would keep the letter from ever going out.
        return " ".join(self.cleaned_data["subject"].split())


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def message(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Write to the chosen learners, or to all who study on the run; POST sends."""
    wanted = (request.POST if request.method == "POST" else request.GET).getlist("chosen")
    to = chosen_of(run, wanted) if wanted else _all_who_study(run)
    form = LetterForm(request.POST if request.method == "POST" else None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid() and to:
        return _send(request, run, to, form.cleaned_data)
    context = {
        "breadcrumbs_items": [*crumbs(run), {"label": _("Letter"), "url": ""}],
        "header_title": _("Letter to learners"),
        "header_icon": "mail",
        "run": run,
        "to": to,
        "chosen": wanted,
        "form": form,
    }
    return render(request, "learning/study/desk/message.html", context, status=422 if form.errors else 200)


def _all_who_study(run: CourseRun) -> list[Enrolment]:
    return list(Enrolment.objects.filter(run=run, status__in=STUDYING).select_related("learner", "run__course"))


def _send(request: HttpRequest, run: CourseRun, to: list[Enrolment], letter: dict[str, Any]) -> HttpResponseBase:
    teacher: Any = request.user
    number = teaching.send_message(
        run=run,
        to=to,
        by=teacher,
        subject=letter["subject"],
        text=letter["text"],
        answers_to=teacher.email if letter["takes_answers"] else "",
        must_act=letter["must_act"],
        key=str(letter["key"]),
    )
    text = ngettext("The letter was sent to %(number)d learner.", "The letter was sent to %(number)d learners.", number)
    messages.success(request, text % {"number": number})
    return redirect("run_learners", run.code)

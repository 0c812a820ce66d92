"""What teachers write at the desk of a run: a letter, extra time, a refusal; and what a copy of the run needs."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from common.lines import LineField
from common.personal_data.forms import AsksAboutPersonalData
from learning.courses.models import CourseRun
from learning.study.forms import refuse_far_days, refuse_other_pages
from learning.study.services import teaching


class LetterForm(AsksAboutPersonalData, forms.Form):
    free_texts = ("subject", "text")
    subject = LineField(label=gettext_lazy("Subject"), max_length=150)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10}))
    takes_answers = forms.BooleanField(
        label=gettext_lazy("Answers come to my e-mail address"),
        required=False,
        help_text=gettext_lazy("The learners then see your address. The letter itself comes from the service."),
    )
    must_act = forms.BooleanField(
        label=gettext_lazy("Send at once: they must act on it today"),
        required=False,
        help_text=gettext_lazy("Otherwise it is in the next morning's letter, with what else there is to tell."),
    )
    # The same form sent twice is one letter.
    key = forms.UUIDField(widget=forms.HiddenInput(attrs={"data-draft-skip": ""}))


class ExtraTimeForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days of extra time"),
        min_value=0,
        max_value=teaching.MOST_DAYS,
        help_text=gettext_lazy("Every due date moves by so many days."),
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Extra time in quizzes, per cent"),
        min_value=0,
        max_value=teaching.MOST_PERCENT,
        help_text=gettext_lazy("50 makes 60 minutes 90, in an attempt under way too."),
    )


class RefusalForm(AsksAboutPersonalData, forms.Form):
    free_texts = ("reason",)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The applicant reads this."),
    )


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

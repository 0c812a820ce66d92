"""What teachers give and take back in the gradebook, and the file that they bring."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.personal_data.forms import AsksAboutPersonalData
from learning.courses.models import CourseRun
from learning.courses.models.assignments import MOST_GRADE
from learning.study.gradebook.grades import has_grades


class FinalForm(AsksAboutPersonalData, forms.Form):
    """The grade of the scale of the course, and why it changes where one was given."""

    free_texts = ("reason",)
    grade = forms.TypedChoiceField(label=gettext_lazy("Final grade"), coerce=str, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when a grade that was given changes. The learner reads it."),
    )

    def __init__(self, run: CourseRun, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["grade"]
        if has_grades(run.course):
            field.choices = [(str(grade), str(grade)) for grade in range(MOST_GRADE, 0, -1)]
            field.choices += [("0", _("0, not passed"))]
        else:
            field.choices = [("p", _("Passed")), ("f", _("Not passed"))]

    def told(self) -> dict[str, Any]:
        """What the service takes."""
        value = self.cleaned_data["grade"]
        grade = int(value) if value.isdigit() else None
        return {"grade": grade, "is_passed": value not in {"0", "f"}, "reason": self.cleaned_data["reason"]}


class TakeBackForm(AsksAboutPersonalData, forms.Form):
    prefix = "back"
    free_texts = ("reason",)
    reason = forms.CharField(
        label=gettext_lazy("Why it is taken back"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The learner reads this."),
    )


class ResultsFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of results"),
        help_text=gettext_lazy("XLSX or CSV, at most 1 MB and 2,000 rows. You see each row before it is recorded."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv", "class": "input"}),
    )

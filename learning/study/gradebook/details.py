"""Where a learner's credits are registered, and under which number: given by the learner, or left untold."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.personal_data import find
from learning.study.gradebook.errors import NotStudying
from learning.study.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import User

# Institutions that register credits, by the types of organisations.
TYPES = ("uas", "university")
# Letters and digits with a mark between them: nothing that a spreadsheet takes for a formula.
NUMBER = re.compile(r"[0-9A-Za-z]([0-9A-Za-z]|[-./](?=[0-9A-Za-z])){1,19}")


class DetailsForm(forms.ModelForm[Enrolment]):
    """Both are optional; a number alone tells nothing, so it comes with its institution."""

    class Meta:
        model = Enrolment
        fields = ("home_institution", "student_number")
        widgets = {"student_number": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})}
        help_texts = {
            "home_institution": gettext_lazy("The university or university of applied sciences where you study."),
            "student_number": gettext_lazy(
                "2–20 letters and digits, as your institution gave it. Not your personal identity code."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["home_institution"]
        run, own = self.instance.run, self.instance.home_institution_id
        teaching = run.course.institutions.values("organisation")
        registers = Q(type__in=TYPES, ends=None) | Q(pk__in=teaching, type__in=TYPES) | Q(pk=own)
        field.queryset = field.queryset.filter(registers).order_by("name_fi")
        field.empty_label = _("Not told")

    def clean_student_number(self) -> str:
        number = "".join(self.cleaned_data["student_number"].split())
        if number and (_is_identity_code(number) or not NUMBER.fullmatch(number)):
            raise ValidationError(
                _("Write letters and digits, for example 2012345. A personal identity code does not belong here.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("student_number") and not cleaned.get("home_institution"):
            self.add_error("home_institution", _("Choose the institution that gave you the number."))
        return cleaned


def _is_identity_code(number: str) -> bool:
    return any(str(finding.kind) == "identity_code" for finding in find(number)) or bool(
        re.fullmatch(r"[0-3][0-9][01][0-9]{3}[-+A-FU-Ya-fu-y][0-9]{3}[0-9A-Za-z]", number)
    )


@transaction.atomic
def save_details(*, enrolment: Enrolment, by: "User", institution: Any, number: str) -> Enrolment:
    """Keep what the learner told; telling nothing erases what was told."""
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    if enrolment.learner_id != by.pk or not enrolment.is_studying:
        raise NotStudying
    enrolment.home_institution, enrolment.student_number = institution, number
    enrolment.save(update_fields=["home_institution", "student_number"])
    return enrolment

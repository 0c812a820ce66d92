"""Forms of the page of a run's teachers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.study.models import RunTeacher
from learning.study.person_field import PersonField

LEAVES = "leaves"
AFTERWARDS = [
    (RunTeacher.Role.TEACHER, _("I stay on the run as a teacher")),
    (RunTeacher.Role.ASSISTANT, _("I stay on the run as an assistant")),
    (LEAVES, _("I leave the run")),
]


class AddForm(forms.Form):
    user = PersonField(
        label=_("Who"),
        help_text=_("E-mail address, or first and last name as in the account. The person is told by e-mail."),
    )
    role = forms.ChoiceField(
        label=pgettext_lazy("teacher", "Role"),
        choices=RunTeacher.Role.choices,
        initial=RunTeacher.Role.TEACHER,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].widget.attrs["class"] = "input"


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=pgettext_lazy("teacher", "Role"), choices=RunTeacher.Role.choices, widget=forms.RadioSelect
    )


class HandOverForm(forms.Form):
    """To whom of the run's other teachers, and what one does after that."""

    to = forms.TypedChoiceField(label=_("Who is responsible from now on?"), coerce=int, widget=forms.RadioSelect)
    then = forms.ChoiceField(label=_("And you?"), choices=AFTERWARDS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, others: list[RunTeacher], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.choices = [(each.user_id, f"{each.user}, {each.get_role_display()}") for each in others]
        self.people = {each.user_id: each.user for each in others}

    @property
    def chosen(self) -> Any:
        return self.people[self.cleaned_data["to"]]

    @property
    def stays_as(self) -> str:
        then = str(self.cleaned_data["then"])
        return "" if then == LEAVES else then

"""A teacher gives an answer more points than the marking did."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.personal_data.forms import AsksAboutPersonalData
from learning.courses.kinds.number import read_number
from learning.study.attempts.errors import PointsRefused, ReasonMissing
from learning.study.attempts.services import LONGEST_REASON


class PointsForm(AsksAboutPersonalData, forms.Form):
    """In a page there is one for each answer, so the ids begin with the answer's own."""

    free_texts = ("perustelu",)

    pisteet = forms.CharField(
        label=_("Points"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": PointsRefused.message},
    )
    perustelu = forms.CharField(
        label=pgettext_lazy("points", "Why"),
        max_length=LONGEST_REASON,
        error_messages={"required": ReasonMissing.message},
    )

    def __init__(self, *args: Any, anchor: str, **kwargs: Any) -> None:
        self.anchor = anchor
        super().__init__(*args, auto_id=f"{anchor}-%s", **kwargs)

    def clean_pisteet(self) -> Decimal:
        points = read_number(self.cleaned_data["pisteet"])
        if points is None:
            raise forms.ValidationError(PointsRefused.message)
        return points

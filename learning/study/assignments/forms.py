"""The form of a journal's entry: its title; the text is the editor's own field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.personal_data.forms import AsksAboutPersonalData
from learning.study.assignments.journal import LONGEST_TITLE
from texts import Flat


class EntryForm(AsksAboutPersonalData, forms.Form):
    """`plain` is the text as the editor's field has it, so that it is asked about with the title."""

    use_required_attribute = False
    free_texts = ("title", "plain")

    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=_("If you leave it empty, the entry is known by its day."),
    )
    plain = forms.CharField(label=_("Text"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, flat: Flat, **kwargs: Any) -> None:
        if data is not None:
            data = data.copy()
            data["plain"] = flat.text
        super().__init__(data, **kwargs)

"""The title and the lead of a text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# What is typed into these is looked through for personal data on the device (components/_personal_data_live.html).
SHORT: dict[str, Any] = {"rows": 3, "data-personal-data": True}


class TitleAndLeadForm(forms.Form):
    """Title and lead; the body has a field of its own (blog.working.body)."""

    use_required_attribute = False

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("What the text claims, in a few words."))
    lead = forms.CharField(
        label=_("Lead"),
        max_length=500,
        help_text=_("One or two sentences. Shown in lists and in the newsletter."),
        widget=forms.Textarea(attrs=SHORT),
    )

"""What a searcher who found nothing may tell."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from search.models import SearchWish

# The date and the individual number of a Finnish identity code, whatever letter ends it.
_IDENTITY_CODE = re.compile(r"\b[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-Z]\b", re.IGNORECASE)


class WishForm(ModelForm[SearchWish]):
    """Two fields; a personal identity code is refused wherever it was written."""

    class Meta:
        model = SearchWish
        fields = ["words", "message"]
        labels = {"words": _("What did you look for?"), "message": _("Anything that helps us to understand")}
        help_texts = {
            "message": _("Write nothing about clients or other people. We don't ask who you are, so we cannot answer.")
        }
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}

    def clean_words(self) -> str:
        return _without_identity_codes(self.cleaned_data["words"])

    def clean_message(self) -> str:
        return _without_identity_codes(self.cleaned_data["message"])


def _without_identity_codes(text: str) -> str:
    if _IDENTITY_CODE.search(text):
        raise ValidationError(_("There is a personal identity code in the text. Remove it; the rest is still here."))
    return text

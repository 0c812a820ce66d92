"""What a searcher who found nothing may tell."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from common.personal_data import Kind, find
from common.personal_data.forms import AsksAboutPersonalData
from search.models import SearchWish

# With the sign of a century it is one here whatever letter ends it: a slip in a code does not make it fit to be kept.
_LIKE_IDENTITY_CODE = re.compile(
    r"(?<!\d)[0-3]\d[\s.]?[01]\d[\s.]?\d\d[\s.]{0,2}[-+A-FU-Y\u2010-\u2015\u2212][\s.]{0,2}\d{3}\s?[0-9A-Y](?!\w)",
    re.IGNORECASE,
)


class WishForm(AsksAboutPersonalData, ModelForm[SearchWish]):
    """Two fields; a personal identity code is refused wherever it was written, other personal data is asked about."""

    free_texts = ("words", "message")

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
    if _LIKE_IDENTITY_CODE.search(text) or any(each.kind == Kind.IDENTITY_CODE for each in find(text)):
        raise ValidationError(_("There is a personal identity code in the text. Remove it; the rest is still here."))
    return text

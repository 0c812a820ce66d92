"""What a visitor types, and what an owner and a teacher decide."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.personal_data.forms import AsksAboutPersonalData
from learning.credentials import codes
from learning.credentials.models import Certificate


class CodeForm(forms.Form):
    """The code of a certificate, as it was heard or read."""

    koodi = forms.CharField(
        label=_("Code of the certificate"),
        max_length=60,
        help_text=_("Twelve letters and digits, for example 7K3M-Q9TX-2B4D. Dashes may be left out."),
        error_messages={"required": _("Type the code that is on the certificate.")},
    )

    def clean_koodi(self) -> str:
        code = codes.read(self.cleaned_data["koodi"])
        if not code:
            raise ValidationError(_("A code has twelve letters and digits. Check that none is missing."))
        return code


class ShownForm(forms.ModelForm[Certificate]):
    """What the owner lets the public page show."""

    class Meta:
        model = Certificate
        fields = ["shows_name", "shows_contents", "shows_grade", "shows_file"]
        labels = {
            "shows_name": _("My name"),
            "shows_contents": _("What the certificate tells: the course, who awarded it, the outcomes"),
            "shows_grade": _("My final grade, where the rest is shown"),
            "shows_file": _("The certificate as a file, which has my name"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.says.grade:
            del self.fields["shows_grade"]
            return
        self.fields["shows_file"].label = _("The certificate as a file, which has my name and my grade")


class ReasonForm(AsksAboutPersonalData, forms.Form):
    """Why a certificate is revoked or given anew."""

    free_texts = ("reason",)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The owner of the certificate is told it. The public page does not show it."),
    )

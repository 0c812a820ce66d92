"""What is said in the conversation about a work."""

from django import forms
from django.utils.translation import pgettext_lazy

from common.personal_data.forms import AsksAboutPersonalData

LONGEST_REMARK = 4_000


class RemarkForm(AsksAboutPersonalData, forms.Form):
    use_required_attribute = False
    free_texts = ("message",)

    message = forms.CharField(
        label=pgettext_lazy("about a work", "Your message"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input--short"}),
    )

"""What a reader may leave at a post."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import ReaderComment
from common.personal_data.forms import AsksAboutPersonalData


class CommentForm(AsksAboutPersonalData, forms.ModelForm[ReaderComment]):
    """A comment: what to say, and as whom."""

    free_texts = ("text",)

    class Meta:
        model = ReaderComment
        fields = ["text", "signature"]
        labels = {"text": _("Your comment"), "signature": _("Name or role")}
        help_texts = {
            "text": _("An editor reads the comment before it is shown. Leave out what tells who a client is."),
            "signature": _("Shown with the comment, for example: Social worker, Kainuu."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

"""Rich text that is sanitised on its way to the database, whoever wrote it and by whichever form."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

from common.sanitise import sanitise

PARAGRAPHS = ["bold", "italic", "link", "document-link"]
TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class CleanRichTextField(RichTextField):
    """RichTextField whose value is sanitised before it is saved."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        value = sanitise(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value

    def value_to_string(self, obj: Any) -> str:
        return sanitise(super().value_to_string(obj) or "")


class CleanRichTextBlock(blocks.RichTextBlock):
    """RichTextBlock whose value is sanitised in forms and on save, drafts included."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")

    def clean(self, value: Any) -> Any:
        return super().clean(RichText(sanitise(value.source)) if value else value)

    def get_prep_value(self, value: Any) -> str:
        return sanitise(str(super().get_prep_value(value) or ""))

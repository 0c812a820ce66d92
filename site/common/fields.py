"""Rich text that is sanitised on its way to the database, whoever wrote it and by whichever form."""

from typing import Any

from django.forms import Field
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

from common.sanitise import sanitise

PARAGRAPHS = ["bold", "italic", "link", "document-link"]
TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class CleanRichTextField(RichTextField):
    """RichTextField whose value is sanitised before it is saved."""

    def formfield(self, **kwargs: Any) -> Field:
        return _named(super().formfield(**kwargs), capfirst(self.verbose_name))

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

    @cached_property
    def field(self) -> Field:
        return _named(super().field, self.label)

    def clean(self, value: Any) -> Any:
        return super().clean(RichText(sanitise(value.source)) if value else value)

    def get_prep_value(self, value: Any) -> str:
        return sanitise(str(super().get_prep_value(value) or ""))


def _named(field: Field, name: Any) -> Field:
    # The editor draws a text box of its own, which no label reaches; this option gives it a name.
    if hasattr(field.widget, "options"):
        field.widget.options["ariaLabel"] = name
    return field

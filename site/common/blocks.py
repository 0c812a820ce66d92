"""The StreamField vocabulary that all areas share. Each block is one thing an editor recognises."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from common.addresses import host_of
from common.fields import PARAGRAPHS, TEXT, CleanRichTextBlock

# Among the first so many blocks of a page a picture is near its top.
AT_ONCE = 2


class FigureBlock(blocks.StructBlock):
    """An image whose text alternative is never left out."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Text alternative"),
        max_length=1000,
        help_text=_("What the image says to someone who does not see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/figure.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """A picture near the top of the page is fetched at once, others when the reader comes near them."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        near_top = context.get("place", AT_ONCE) < AT_ONCE
        return context | {"loading": "eager" if near_top else "lazy", "priority": "high" if near_top else None}


class VideoBlock(blocks.StructBlock):
    """Our own video file with captions and a transcript."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    video = DocumentChooserBlock(label=_("Video file"), help_text=_("MP4 or WebM."))
    captions = DocumentChooserBlock(label=_("Captions"), help_text=_("A WebVTT file in the language of the video."))
    poster = ImageChooserBlock(label=_("Still image"), required=False)
    duration = blocks.CharBlock(label=_("Duration"), required=False, max_length=20)
    transcript = CleanRichTextBlock(label=_("Transcript"), features=PARAGRAPHS)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = {}
        if cleaned["video"].file_extension.lower() not in {"mp4", "webm"}:
            errors["video"] = ValidationError(_("Choose an MP4 or WebM file."))
        if cleaned["captions"].file_extension.lower() != "vtt":
            errors["captions"] = ValidationError(_("Choose a WebVTT file (.vtt)."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class OutsideVideoBlock(blocks.StructBlock):
    """A video on another site: nothing is loaded from there before the reader follows the link."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    url = blocks.URLBlock(label=_("Address"))
    summary = CleanRichTextBlock(label=_("What is said in it"), features=PARAGRAPHS)

    class Meta:
        icon = "link-external"
        label = _("Video on another site")
        template = "blocks/outside_video.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["host"] = host_of(value["url"])
        return context


class FileBlock(blocks.StructBlock):
    """A file to open or download, told by its name, kind and size."""

    document = DocumentChooserBlock(label=_("File"))
    text = blocks.CharBlock(label=_("Link text"), required=False, max_length=150)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "blocks/file.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose they are."""

    text = blocks.TextBlock(label=_("Quote"), max_length=1000)
    source = blocks.CharBlock(label=_("Whose words"), max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """A passage set apart: a worked example, a reminder, a warning."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("example", _("Example")),
            ("note", _("Note")),
            ("remember", _("Remember")),
            ("warning", _("Warning")),
        ],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    text = CleanRichTextBlock(label=_("Text"), features=["bold", "ol", "ul", "link", "document-link"])

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "blocks/callout.html"


class TableBlock(blocks.StructBlock):
    """A table with a caption and real header cells."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=200)
    first_column_is_header = blocks.BooleanBlock(
        label=_("The first column names the rows"), required=False, default=True
    )
    table = TypedTableBlock(
        [("text", CleanRichTextBlock(label=_("Text"), features=["bold", "link", "ul"]))], label=_("Table")
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    text = CleanRichTextBlock(label=_("Text"), features=["bold", "ol", "ul", "link", "document-link"])

    class Meta:
        icon = "list-ul"
        label = _("Item")


class AccordionBlock(blocks.StructBlock):
    """Titles that open one by one; works without JavaScript."""

    items = blocks.ListBlock(AccordionItemBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        template = "blocks/accordion.html"


class TaskBlock(blocks.StructBlock):
    """Something to try at work; nothing is returned."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=600)
    text = CleanRichTextBlock(label=_("Text"), features=["bold", "ol", "ul", "link"])

    class Meta:
        icon = "task"
        label = _("Task")
        template = "blocks/task.html"


class ContentBlocks(blocks.StreamBlock):
    """What a page body may hold everywhere; areas add their own blocks by subclassing."""

    text = CleanRichTextBlock(features=TEXT, template="blocks/text.html")
    figure = FigureBlock()
    video = VideoBlock()
    outside_video = OutsideVideoBlock()
    file = FileBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    table = TableBlock()
    accordion = AccordionBlock()
    task = TaskBlock()


class LineBlocks(blocks.StreamBlock):
    """A list of short lines: aims, outcomes, questions."""

    line = blocks.CharBlock(label=_("Line"), max_length=300, icon="list-ul")
    # The form shows the name of the block, but no label tells it to a screen reader.
    line.field.widget.attrs["aria-label"] = line.label

"""The programme of an event, item by item."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ProgrammeItemBlock(blocks.StructBlock):
    """One item of the programme; speakers are told by role."""

    time = blocks.CharBlock(label=_("Time"), required=False, max_length=30)
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    speaker = blocks.CharBlock(label=_("Speaker's role"), required=False, max_length=200)

    class Meta:
        icon = "time"
        label = _("Item")


class ProgrammeBlocks(blocks.StreamBlock):
    item = ProgrammeItemBlock()

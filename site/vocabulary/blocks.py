"""Blocks that speak the field's vocabulary."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from common.blocks import ContentBlocks


class GlossaryTermBlock(SnippetChooserBlock):
    """A term and its definition, set beside the text that uses it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("vocabulary.GlossaryTerm", **kwargs)

    class Meta:
        icon = "openquote"
        label = _("Glossary term")
        template = "blocks/term.html"


class ContentWithTerms(ContentBlocks):
    """The common content blocks and the glossary."""

    term = GlossaryTermBlock()

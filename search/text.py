"""Plain text of what a page holds, for the index."""

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.blocks import ChoiceBlock, ListBlock, StreamValue, StructBlock
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.struct_block import StructValue
from wagtail.rich_text import get_text_for_indexing

from search.tokens import clean


def of_rich_text(markup: str) -> str:
    """The words of rich text on one line."""
    return clean(get_text_for_indexing(markup))


def of_stream(value: StreamValue) -> str:
    """Everything that blocks say to a reader, in order: texts, captions, transcripts, table cells."""
    return joined(_said(value.stream_block, value))


def joined(texts: Iterable[str]) -> str:
    """Set texts one after the other, each closed by a full stop unless it already is."""
    cleaned = [clean(text) for text in texts]
    return " ".join(text if text[-1] in ".!?:…" else f"{text}." for text in cleaned if text)


def _said(block: Any, value: Any) -> Iterator[str]:
    if isinstance(value, StreamValue):
        for child in value:
            yield from _said(child.block, child.value)
    elif isinstance(block, StructBlock) and isinstance(value, StructValue):
        for name, child_block in block.child_blocks.items():
            yield from _said(child_block, value.get(name))
    elif isinstance(block, ListBlock) and isinstance(value, ListValue):
        for item in value:
            yield from _said(block.child_block, item)
    elif value is not None and not isinstance(block, ChoiceBlock):
        # A choice says how the block looks; its label is no text of the page.
        yield from block.get_searchable_content(value)

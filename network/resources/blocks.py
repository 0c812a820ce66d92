"""What the description of a resource may hold."""

from common.blocks import VideoBlock
from vocabulary.blocks import ContentWithTerms


class ResourceVideoBlock(VideoBlock):
    """A video whose words are the text alternative of its page, told there once."""

    # This is how Wagtail leaves out an inherited block.
    transcript = None  # type: ignore[assignment]


class ResourceBlocks(ContentWithTerms):
    video = ResourceVideoBlock()

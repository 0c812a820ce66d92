"""Two versions of a text as a page compares them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from blog.models import TextVersion
from blog.submitting.versions import flat_of


@dataclass(frozen=True)
class Compared:
    """`blocks` are the text with what changed in it, `rows` both texts beside one another."""

    old: TextVersion
    new: TextVersion
    blocks: Sequence[Any]
    rows: Sequence[Any]

    @property
    def title_differs(self) -> bool:
        return self.old.title != self.new.title

    @property
    def lead_differs(self) -> bool:
        return self.old.lead != self.new.lead


def compared(old: TextVersion, new: TextVersion) -> Compared:
    from blog.texts.comparing import inline, side_by_side

    before, after = flat_of(old), flat_of(new)
    return Compared(old, new, inline(before, after), side_by_side(before, after))

"""Two versions of a text as a page compares them."""

from dataclasses import dataclass

from blog.models import TextVersion
from blog.submitting.versions import flat_of
from texts.comparing import Block, Row, inline, side_by_side


@dataclass(frozen=True)
class Compared:
    """`blocks` are the text with what changed in it, `rows` both texts beside one another."""

    old: TextVersion
    new: TextVersion
    blocks: list[Block]
    rows: list[Row]

    @property
    def title_differs(self) -> bool:
        return self.old.title != self.new.title

    @property
    def lead_differs(self) -> bool:
        return self.old.lead != self.new.lead

    @property
    def differs(self) -> bool:
        return self.title_differs or self.lead_differs or any(row.changed for row in self.rows)


def compared(old: TextVersion, new: TextVersion) -> Compared:
    before, after = flat_of(old), flat_of(new)
    return Compared(old, new, inline(before, after), side_by_side(before, after))

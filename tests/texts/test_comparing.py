"""Two versions as people compare them."""

import random
import re
from html.parser import HTMLParser

from tests.texts import making
from texts import Flat
from texts.comparing import Block, inline, side_by_side

OLD = """\
## Otsikko tässä

Eka kappale on tässä.

Toka kappale poistuu kokonaan.

- yksi
- kaksi

Loppu on hyvä ja kaunis.
"""
NEW = """\
### Otsikko tässä

Eka kappale olisi **tässä**.

- yksi
- uusi kohta
- kaksi

Loppu on hyvä

ja kaunis.
"""


class Nesting(HTMLParser):
    """Fails where tags are closed in another order than they were opened, or a block is inside of another."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "h2", "h3", "ul", "ol", "blockquote"}:
            assert not self.open, self.open
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def told(blocks: list[Block]) -> list[tuple[str, str]]:
    return [(block.change, str(block.html)) for block in blocks]


def test_the_new_text_is_shown_with_what_was_removed_in_its_place() -> None:
    assert told(inline(Flat.of_notation(OLD), Flat.of_notation(NEW))) == [
        ("format", "<h3>Otsikko tässä</h3>"),
        ("changed", '<p>Eka kappale <del>on</del><ins>olisi</ins> <span class="restyled"><b>tässä</b></span>.</p>'),
        ("removed", "<p><del>Toka kappale poistuu kokonaan.</del></p>"),
        ("same", "<ul><li>yksi</li></ul>"),
        ("added", "<ul><li><ins>uusi kohta</ins></li></ul>"),
        ("same", "<ul><li>kaksi</li></ul>"),
        ("changed", "<p>Loppu on hyvä<del> </del><ins>¶</ins></p>"),
        ("same", "<p>ja kaunis.</p>"),
    ]


def test_blocks_stand_beside_the_ones_that_they_were() -> None:
    rows = side_by_side(Flat.of_notation(OLD), Flat.of_notation(NEW))
    assert [(row.old and row.old.html, row.new and row.new.html) for row in rows if row.changed] == [
        ("<h2>Otsikko tässä</h2>", "<h3>Otsikko tässä</h3>"),
        (
            '<p>Eka kappale <del>on</del> <span class="restyled">tässä</span>.</p>',
            '<p>Eka kappale <ins>olisi</ins> <span class="restyled"><b>tässä</b></span>.</p>',
        ),
        ("<p><del>Toka kappale poistuu kokonaan.</del></p>", None),
        (None, "<ul><li><ins>uusi kohta</ins></li></ul>"),
        ("<p>Loppu on hyvä<del> </del>ja kaunis.</p>", "<p>Loppu on hyvä</p>"),
        (None, "<p>ja kaunis.</p>"),
    ]


def test_a_text_compared_with_itself_has_no_changes() -> None:
    flat = Flat.of_notation(OLD)
    assert {block.change for block in inline(flat, flat)} == {"same"}
    assert not [row for row in side_by_side(flat, flat) if row.changed]
    assert inline(Flat(), Flat()) == []
    assert side_by_side(Flat(), Flat()) == []


def squeezed(html: str) -> str:
    """The words alone, run together."""
    return re.sub(r"<[^>]+>|\s|¶|&nbsp;", "", html)


def test_both_texts_are_there_whole_in_any_comparison() -> None:
    for seed in range(300):
        pick = random.Random(seed)
        old = making.text(pick, signs=False)
        new = making.edited(pick, old)
        rows = side_by_side(old, new)
        for flat, blocks in ((old, [row.old for row in rows]), (new, [row.new for row in rows])):
            html = "".join(block.html for block in blocks if block)
            Nesting(html)
            assert squeezed(html) == squeezed(escaped(flat.text)), seed
        html = "".join(block.html for block in inline(old, new))
        Nesting(html)
        for flat, other in ((old, "ins"), (new, "del")):
            assert squeezed(re.sub(f"<{other}>.*?</{other}>", "", html)) == squeezed(escaped(flat.text)), seed


def escaped(text: str) -> str:
    """As words are in HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""Markup of word processors and other sites turned into the few tags that are kept, before it is sanitised.

The sanitiser drops tags that it does not know and keeps their words; without this, the words of two table cells or of
two lines of a chat would stick together.
"""

import re
from html import escape
from html.parser import HTMLParser

from common.sanitise import well_formed

PARAGRAPHS = {
    "address", "article", "aside", "caption", "center", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "header", "main", "nav", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr",
}  # fmt: skip
RENAMED = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "strong": "b", "em": "i"}
KEPT = {"h2", "h3", "ul", "ol", "li", "blockquote", "b", "i", "br"}
STYLED = {"span", "b", "i", "strong", "em", "p", "div", "li"}
LET_IN = PARAGRAPHS | set(RENAMED) | KEPT | STYLED | {"a", "hr"}
DROPPED_WITH_WORDS = set(
    "head title select option textarea button audio video canvas xmp plaintext noembed noframes".split()
)
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)")
LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-5]00)")
ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)")
# Word writes a list as paragraphs, each beginning with its own bullet inside a span.
WORD_ITEM = re.compile(r"mso-list\s*:\s*l[0-9]")
WORD_BULLET = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
NUMBER = re.compile(r"\s*(?:[0-9]{1,3}|[a-z])[.)]", re.IGNORECASE)


def shaped(html: str) -> str:
    """Markup of the tags that the sanitiser keeps, with the words and their order as they were."""
    attributes = {"a": {"href", "linktype", "id"}, **{tag: {"style"} for tag in STYLED}}
    known = well_formed(html, LET_IN, attributes, DROPPED_WITH_WORDS)
    shaper = Shaper()
    shaper.feed(known)
    shaper.close()
    return "".join(shaper.parts)


class Shaper(HTMLParser):
    """Rewrites well-formed markup tag by tag. It decides nothing about safety: the sanitiser reads the result."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.closing: list[tuple[str, str]] = []
        self.in_bullet = 0
        self.item: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        style = values.get("style", "").lower()
        if tag in {"br", "hr"}:
            self.parts.append("<br>" if tag == "br" else "<p></p>")
            return
        opened, closed = self._tags(tag, style, values)
        self.parts.append(opened)
        self.closing.append((tag, closed))

    def _tags(self, tag: str, style: str, values: dict[str, str]) -> tuple[str, str]:
        if WORD_BULLET.search(style):
            self.in_bullet += 1
            return "", "bullet"
        if tag in {"p", "div"} and WORD_ITEM.search(style):
            self.item = len(self.parts)
            return "<ul><li>", "</li></ul>"
        if tag == "a":
            named = "".join(f' {name}="{escape(value)}"' for name, value in values.items() if name != "style")
            return f"<a{named}>", "</a>"
        tag = RENAMED.get(tag, tag)
        if tag in PARAGRAPHS:
            return "<p>", "</p>"
        if tag in {"b", "i", "span"}:
            return self._styled(tag, style)
        return f"<{tag}>", f"</{tag}>"

    @staticmethod
    def _styled(tag: str, style: str) -> tuple[str, str]:
        is_bold = (tag == "b" or bool(BOLD.search(style))) and not LIGHT.search(style)
        is_italic = (tag == "i" and "font-style:normal" not in style.replace(" ", "")) or bool(ITALIC.search(style))
        kinds = ["b"] * is_bold + ["i"] * is_italic
        return "".join(f"<{kind}>" for kind in kinds), "".join(f"</{kind}>" for kind in reversed(kinds))

    def handle_endtag(self, tag: str) -> None:
        while self.closing:
            opened, closed = self.closing.pop()
            if closed == "bullet":
                self.in_bullet -= 1
            else:
                self.parts.append(closed)
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.in_bullet:
            self.parts.append(escape(data, quote=False))
        elif self.item is not None and NUMBER.match(data):
            # The bullet is a number: the list that was begun is a numbered one.
            self.parts[self.item] = "<ol><li>"
            place = max(number for number, (_tag, closed) in enumerate(self.closing) if closed == "</li></ul>")
            self.closing[place] = (self.closing[place][0], "</li></ol>")
            self.item = None

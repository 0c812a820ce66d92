"""A text as HTML, in the very shape that Wagtail's editor stores and the sanitiser writes."""

from collections.abc import Iterable
from itertools import groupby

from texts.flat import LISTS, Flat
from texts.marks import Mark

TAGS = {"p": "p", "h2": "h2", "h3": "h3", "ul": "li", "ol": "li", "quote": "blockquote"}
STYLES = {"strong": "b", "em": "i"}


def escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\u00a0", "&nbsp;").replace("\u2028", "<br>")


def link(address: str) -> str:
    """The opening tag of a link. Pages and documents of the site are linked by number: their addresses may change."""
    kind, _colon, rest = address.partition(":")
    if kind in {"page", "document"}:
        return f'<a id="{rest}" linktype="{kind}">'
    return '<a href="{}">'.format(escaped(address).replace('"', "&quot;"))


def styled(text: str, marks: tuple[Mark, ...]) -> str:
    """Words in their tags, links left out."""
    kinds = {mark.kind for mark in marks}
    html = escaped(text)
    for kind in ("em", "strong"):
        if kind in kinds:
            html = f"<{STYLES[kind]}>{html}</{STYLES[kind]}>"
    return html


def address_in(marks: tuple[Mark, ...]) -> str:
    return next((mark.value for mark in marks if mark.kind == "a"), "")


def inline(flat: Flat, start: int, end: int) -> str:
    """Words inside one block as HTML."""
    parts = []
    for address, runs in groupby(flat.runs(start, end), lambda run: address_in(run[2])):
        html = "".join(styled(flat.text[here:there], marks) for here, there, marks in runs)
        parts.append(f"{link(address)}{html}</a>" if address else html)
    return "".join(parts)


def to_html(flat: Flat) -> str:
    starts = (0, *(end + 1 for end in flat.ends))
    return laid_out(
        (kind, inline(flat, start, end)) for kind, start, end in zip(flat.blocks, starts, flat.ends, strict=False)
    )


def laid_out(blocks: Iterable[tuple[str, str]]) -> str:
    """Blocks in their tags, items of one list together."""
    parts = []
    before = ""
    for kind, html in blocks:
        parts.append(f"{between(before, kind)}<{TAGS[kind]}>{html}</{TAGS[kind]}>")
        before = kind
    return "".join([*parts, between(before, "")])


def between(before: str, after: str) -> str:
    """The tags of lists that end and begin between two blocks."""
    if before == after:
        return ""
    return (f"</{before}>" if before in LISTS else "") + (f"<{after}>" if after in LISTS else "")

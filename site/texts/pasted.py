"""HTML from anywhere as a text: sanitised, then read for its words, blocks and marks alone."""

import re
from html.parser import HTMLParser

from common.sanitise import sanitise
from texts import limits
from texts.addresses import known_address
from texts.errors import TextTooIntricate, TextTooLong
from texts.flat import Flat
from texts.marks import Mark
from texts.shaping import shaped

KINDS = {"p": "p", "h2": "h2", "h3": "h3", "h4": "h3", "blockquote": "quote"}
MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
NESTING = re.compile(r"<(/?)(?!(?:p|li|t[dhr]|d[dt]|br|hr|img|col|input|link|meta|option|wbr)\b)[a-z]", re.IGNORECASE)
SPACES = re.compile("[ \t\n\r\f]+")


def of_html(html: str) -> Flat:
    if len(html) > limits.TRANSPORT:
        raise TextTooLong
    if depth_of(html) > limits.DEPTH:
        raise TextTooIntricate
    reader = Reader()
    reader.feed(sanitise(shaped(html)))
    reader.close()
    return reader.flat()


def depth_of(html: str) -> int:
    """How many tags are inside one another at most, those left out that end by themselves."""
    depth = deepest = 0
    for found in NESTING.finditer(html):
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


class Reader(HTMLParser):
    """Reads sanitised markup, in which every tag is known and closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[str] = []
        self.marks: list[Mark] = []
        # What is open: blocks with the kind their words get, marks with the place where they began.
        self.around: list[tuple[str, str]] = []
        self.begun: list[tuple[str, str, str, int]] = []

    @property
    def kind(self) -> str:
        """A list or a quote gives its kind to the paragraphs in it."""
        kinds = [kind for _tag, kind in self.around]
        if kinds and kinds[-1] == "p":
            return next((kind for kind in reversed(kinds) if kind != "p"), "p")
        return kinds[-1] if kinds else "p"

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def end_block(self) -> None:
        if self.parts and self.parts[-1] != "\n":
            self.blocks.append(self.kind)
            self.write("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.write("\u2028")
        elif tag in KINDS or tag in {"ul", "ol", "li"}:
            self.end_block()
            if tag == "li":
                kind = next((kind for name, kind in reversed(self.around) if name in {"ul", "ol"}), "ul")
            else:
                kind = KINDS.get(tag, tag)
            self.around.append((tag, kind))
        elif tag in MARKS:
            self.begun.append((tag, MARKS[tag], "", self.length))
        elif tag == "a" and (address := _address(dict(attrs))):
            self.begun.append((tag, "a", address, self.length))

    def handle_endtag(self, tag: str) -> None:
        for number in reversed(range(len(self.around))):
            if self.around[number][0] == tag:
                self.end_block()
                del self.around[number:]
                return
        for number in reversed(range(len(self.begun))):
            name, kind, value, start = self.begun[number]
            if name == tag:
                self.marks.append(Mark(start, self.length, kind, value))
                del self.begun[number]
                return

    def handle_data(self, data: str) -> None:
        self.write(SPACES.sub(" ", data))

    def flat(self) -> Flat:
        self.end_block()
        text, blocks, marks = _split_at_empty_lines("".join(self.parts), self.blocks, self.marks)
        return Flat(text, tuple(blocks), tuple(marks)).normal()


def _split_at_empty_lines(text: str, blocks: list[str], marks: list[Mark]) -> tuple[str, list[str], list[Mark]]:
    """Two line breaks one after another are what many programs write between paragraphs."""
    kinds: list[str] = []
    result = []
    for line, kind in zip(text.split("\n"), blocks, strict=False):
        line, empty_lines = re.subn("(\u2028 *)(?=\u2028)", lambda found: "\n" + found[1][1:], line)
        kinds += [kind] * (empty_lines + 1)
        result.append(line + "\n")
    return "".join(result), kinds, marks


def _address(attributes: dict[str, str | None]) -> str | None:
    kind, number = attributes.get("linktype"), attributes.get("id")
    if kind and number:
        return known_address(f"{kind}:{number}")
    return known_address(attributes.get("href") or "")

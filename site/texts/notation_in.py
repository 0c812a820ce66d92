"""Plain text as people type it, read into blocks and marks. Nothing typed is an error: what is no sign is words."""

import re
from collections.abc import Iterator

from texts import limits
from texts.addresses import known_address
from texts.errors import TextTooLong
from texts.flat import Flat
from texts.marks import Mark

HEADING = re.compile(r"(#{1,6})[ \t\u00a0\u202f]+(.*)")
ITEM = re.compile(r"[-*•–·][ \t\u00a0\u202f]+(.*)")
NUMBERED = re.compile(r"([0-9]{1,3})[.)][ \t\u00a0\u202f]+(.*)")
QUOTE = re.compile(r">[ \t\u00a0\u202f]?(.*)")
INDENTED = re.compile(r"(?: {2,}|\t)\s*\S")
ESCAPABLE = r"\\*\[\]#>•–·.)-"
ADDRESS = r"(?:\\[()\\]|[^\s()\\]|\((?:\\[()\\]|[^\s()\\])*\))+"
TOKEN = re.compile(rf"\\(?P<sign>[{ESCAPABLE}])|(?P<stars>\*+)|(?P<open>\[)|\]\((?P<address>{ADDRESS})\)|(?P<close>\])")
ENDS_LINE = re.compile(r"\r\n|[\r\n\u2028\u2029\x85\x0b\x0c]")


def of_notation(text: str) -> Flat:
    if len(text) > limits.TYPED:
        raise TextTooLong
    parts: list[str] = []
    kinds: list[str] = []
    marks: list[Mark] = []
    length = 0
    for kind, source in _blocks(ENDS_LINE.split(text)):
        words, own = inline(source)
        parts.append(words + "\n")
        kinds.append(kind)
        marks += [mark.moved(length) for mark in own]
        length += len(words) + 1
    return Flat("".join(parts), tuple(kinds), tuple(marks)).normal()


def _blocks(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The kind of each block and what was typed in it, its line breaks as U+2028."""
    kind, number = "", 0
    held: list[str] = []
    for line in lines:
        words = line.strip()
        began, number, content = _begins(words, number)
        if not words:
            ends, began = True, ""
        elif began:
            ends = not (began == kind == "quote" and content)
        else:
            ends, began = not _goes_on(kind, line), "p"
        if ends and kind:
            yield kind, "\u2028".join(held)
        if not words or (began == "quote" and not content):
            kind, held = "", []
        elif ends:
            kind, held = began, [content]
        else:
            held.append(content)
        number = number if not words or kind == "ol" else 0
    if kind:
        yield kind, "\u2028".join(held)


def _goes_on(kind: str, line: str) -> bool:
    """Whether a line without a sign belongs to the block above it."""
    return kind == "p" or (kind not in {"", "quote"} and bool(INDENTED.match(line)))


def _begins(line: str, number: int) -> tuple[str, int, str]:
    """The kind of block that a line begins ("" for none), its number in a list, and what it says."""
    if found := HEADING.fullmatch(line):
        return ("h2" if len(found[1]) <= 2 else "h3"), number, found[2]
    if found := ITEM.fullmatch(line):
        return "ul", number, found[1]
    # A text may begin with "3. sektori": a list begins with one and counts on.
    if (found := NUMBERED.fullmatch(line)) and int(found[1]) in {1, number + 1}:
        return "ol", int(found[1]), found[2]
    if found := QUOTE.fullmatch(line):
        return "quote", number, found[1]
    return "", number, line


def inline(source: str) -> tuple[str, list[Mark]]:
    """Words and their marks. A sign counts only when its other half is there."""
    return Inline(source).read()


class Inline:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = list(TOKEN.finditer(source))
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.begun: dict[str, int] = {}
        self.link: tuple[int, str] | None = None
        self.last_closing = self._last_closing()
        self.next_bracket = self._next_brackets()

    def _last_closing(self) -> dict[str, int]:
        """Where in the source the last sign is that could end each mark."""
        last = {}
        for token in self.tokens:
            for kind in _kinds(token["stars"]):
                if self._follows_word(token):
                    last[kind] = token.start()
        return last

    def _next_brackets(self) -> list[re.Match[str] | None]:
        """The bracket after each sign."""
        result: list[re.Match[str] | None] = []
        after = None
        for token in reversed(self.tokens):
            result.append(after)
            if token["open"] or token["close"] or token["address"]:
                after = token
        return result[::-1]

    def _follows_word(self, token: re.Match[str]) -> bool:
        return token.start() > 0 and not self.source[token.start() - 1].isspace()

    def _precedes_word(self, token: re.Match[str]) -> bool:
        return token.end() < len(self.source) and not self.source[token.end()].isspace()

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def read(self) -> tuple[str, list[Mark]]:
        here = 0
        for number, token in enumerate(self.tokens):
            self.write(self.source[here : token.start()])
            here = token.end()
            if token["sign"]:
                self.write(token["sign"])
            elif token["stars"]:
                self._stars(token)
            elif token["open"]:
                self._open(number)
            elif token["address"] and self.link:
                start, address = self.link
                self.marks.append(Mark(start, self.length, "a", address))
                self.link = None
            else:
                self.write(token[0])
        self.write(self.source[here:])
        return "".join(self.parts), self.marks

    def _stars(self, token: re.Match[str]) -> None:
        left = token[0]
        for kind in _kinds(left):
            sign = "**" if kind == "strong" else "*"
            if kind in self.begun and self._follows_word(token):
                self.marks.append(Mark(self.begun.pop(kind), self.length, kind))
            elif (
                kind not in self.begun and self._precedes_word(token) and self.last_closing.get(kind, 0) > token.start()
            ):
                self.begun[kind] = self.length
            else:
                continue
            left = left[len(sign) :]
        self.write(left)

    def _open(self, number: int) -> None:
        """A bracket begins a link when the next bracket ends it and an address follows."""
        after = self.next_bracket[number]
        address = _address(after["address"]) if after and after["address"] else None
        if after and address and after.start() > self.tokens[number].end():
            self.link = (self.length, address)
        else:
            self.write("[")


def _kinds(stars: str | None) -> list[str]:
    """The marks that a run of stars turns on or off."""
    return {1: ["em"], 2: ["strong"], 3: ["strong", "em"]}.get(len(stars or ""), [])


def _address(typed: str) -> str | None:
    typed = re.sub(r"\\([()\\])", r"\1", typed)
    if typed.lower().startswith("www."):
        typed = f"https://{typed}"
    return known_address(typed)

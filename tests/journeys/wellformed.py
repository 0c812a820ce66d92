"""Faults of HTML that browsers forgive in silence, and each in its own way: tags, nesting, references.

Less than a validator, and there on every machine; `test_html.py` tells how the real one is run.
"""

import re
from collections import Counter
from html.parser import HTMLParser

VOID = set("area base br col embed hr img input link meta source track wbr".split())
BLOCKS = set(
    "address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr main nav ol p pre search section table ul".split()
)
# What holds words and no blocks.
WORDS_ONLY = set("p h1 h2 h3 h4 h5 h6 span b i em strong small label button legend dfn cite q abbr time mark".split())
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup", "hr"},
    "optgroup": {"option"},
    "picture": {"source", "img"},
}
PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "summary": {"details"},
    "legend": {"fieldset"},
    "caption": {"table"},
    "figcaption": {"figure"},
    "track": {"video", "audio"},
    "option": {"select", "optgroup", "datalist"},
}
FIRST = {"summary", "legend", "caption"}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label", "details"}
NOT_WITHIN = {"a": INTERACTIVE, "button": INTERACTIVE, "label": {"label", "a", "button"}, "form": {"form"}}
# Browsers read thousandths of a second and no less.
MOMENT_TOO_FINE = re.compile(r"\.\d{4}")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "popovertarget")


class Reader(HTMLParser):
    """Reads a page or a part of one; `faults` is what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._open: list[str] = []
        self._children: list[int] = [0]
        self._is_full: list[bool] = [False]
        self._ids: Counter[str] = Counter()
        self._references: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at_attributes(tag, attrs)
        self._look_at_place(tag)
        # A figure has its caption first or last.
        self._is_full[-1] = tag == "figcaption" and self._children[-1] > 0
        self._children[-1] += 1
        if tag not in VOID:
            self._open.append(tag)
            self._children.append(0)
            self._is_full.append(False)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and "svg" not in self._open:
            self._tell(f"<{tag}/> closes nothing")
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self._open or self._open[-1] != tag:
            self._tell(f"</{tag}> closes <{self._open[-1] if self._open else 'nothing'}>")
            return
        self._open.pop()
        self._children.pop()
        self._is_full.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open and self._open[-1] in CHILDREN:
            self._tell(f"text in <{self._open[-1]}>: {data.strip()[:40]}")

    def close(self) -> None:
        super().close()
        if self._open:
            self._tell(f"left open: {self._open}")
        self.faults += [f"id {name} {count} times" for name, count in self._ids.items() if count > 1]
        self.faults += [f"{name} to nothing: {to}" for name, to in sorted(self._references) if to not in self._ids]

    def _look_at_attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _value in attrs)
        given = {name: value or "" for name, value in attrs}
        if twice := [name for name, count in names.items() if count > 1]:
            self._tell(f"<{tag}> says twice {twice}")
        if "id" in given:
            self._ids[given["id"]] += 1
            if not given["id"] or " " in given["id"]:
                self._tell(f"id “{given['id']}”")
        if tag == "img" and "alt" not in given:
            self._tell("<img> without alt")
        if given.get("tabindex", "0") not in {"0", "-1"}:
            self._tell(f"<{tag}> jumps the queue with tabindex {given['tabindex']}")
        if MOMENT_TOO_FINE.search(given.get("datetime", "")):
            self._tell(f"datetime {given['datetime']}")
        for name in REFERENCES:
            self._references |= {(name, each) for each in given.get(name, "").split()}

    def _look_at_place(self, tag: str) -> None:
        above = self._open[-1] if self._open else ""
        allowed = CHILDREN.get(above)
        if allowed and tag not in allowed | {"script", "template"}:
            self._tell(f"<{tag}> in <{above}>")
        if above and above not in PARENTS.get(tag, {above}):
            self._tell(f"<{tag}> in <{above}>")
        if self._is_full[-1]:
            self._tell(f"<{tag}> after <figcaption>")
        if tag in FIRST and self._children[-1]:
            self._tell(f"<{tag}> is not first")
        if tag in BLOCKS and (within := WORDS_ONLY.intersection(self._open)):
            self._tell(f"<{tag}> in {sorted(within)}")
        if tag in BLOCKS - HEADINGS and "summary" in self._open:
            self._tell(f"<{tag}> in <summary>")
        for outer, inner in NOT_WITHIN.items():
            if tag in inner and outer in self._open:
                self._tell(f"<{tag}> in <{outer}>") if (outer, tag) != ("label", "input") else None

    def _tell(self, fault: str) -> None:
        line, column = self.getpos()
        self.faults.append(f"{line}:{column} {fault}")


def faults(html: str) -> list[str]:
    """What is wrong with a page or a part of one, a line each."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.faults

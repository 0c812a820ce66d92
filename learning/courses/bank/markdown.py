"""Questions as Markdown; the form is told in docs/editing.md.

    ## m1-1-k1
    laji: single

    Mikä viittaa rakenteelliseen syyhyn?

    - [ ] Asiakas unohtaa ajan.
      > Tämä voi olla yksilöllistä.
    - [x] Sama kohta jää tyhjäksi.

    **Oikein:** Toisto kertoo lomakkeesta.

Pairs are `- [ ] left :: right`. In a case each step is `### name`, its situation, and options `- [x] text -> next`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from learning.courses.bank.records import DEFAULTS, OWN, Record, plain

# Short ones under the heading, long ones as paragraphs of their own.
SHORT = {
    "kind": "laji",
    "language": "kieli",
    "tolerance": "toleranssi",
    "unit": "yksikkö",
    "longest": "enimmäispituus",
}
LONG = {"feedback_right": "Oikein", "feedback_wrong": "Väärin", "model_answer": "Mallivastaus"}
BY_SHORT = {**{word: name for name, word in SHORT.items()}, **{name: name for name in SHORT}, "tyyppi": "kind"}
BY_LONG = {word: name for name, word in LONG.items()}

HEADING = re.compile(r"##\s+(\S.*)")
STEP = re.compile(r"###\s+(\S.*)")
SET = re.compile(r"([^\W\d_]+)\s*:\s*(.*)")
PARAGRAPH = re.compile(r"\*\*(\w+):\*\*\s?(.*)")
OPTION = re.compile(r"-\s+(?:\[([ xX])\]\s?)?(.*)")
FEEDBACK = re.compile(r"\s+>\s?(.*)")
MARKED = ("#", "-", ">", "*", "\\", " ")
PAIR, NEXT = " :: ", " -> "


def write_markdown(records: Iterable[Record]) -> str:
    return "\n".join("\n".join(_lines_of(record)) for record in records)


def _lines_of(record: Record) -> Iterator[str]:
    own = record.own
    yield f"## {own['code']}"
    yield from (f"{word}: {own[name]}" for name, word in SHORT.items() if own[name] != DEFAULTS.get(name, ""))
    yield ""
    yield from [*_escaped(own["prompt"]), ""]
    steps = {step["name"] for step in record.steps}
    yield from _options([option for option in record.options if option["step"] not in steps], PAIR)
    for step in record.steps:
        yield from [f"### {step['name']}", *_escaped(step["text"]), ""]
        yield from _options([option for option in record.options if option["step"] == step["name"]], NEXT)
    for name, word in LONG.items():
        if own[name]:
            first, *rest = _escaped(own[name])
            yield from [f"**{word}:** {first}", *rest, ""]


def _options(options: Iterable[Mapping[str, str]], mark: str) -> Iterator[str]:
    told = list(options)
    for option in told:
        other = f"{mark}{_one_line(option['match'], mark)}" if option["match"] else ""
        yield f"- [{'x' if option['correct'] else ' '}] {_one_line(option['text'], mark)}{other}"
        yield from (f"  > {line}" for line in option["feedback"].split("\n") if option["feedback"])
    if told:
        yield ""


def _one_line(text: str, mark: str) -> str:
    return " ".join(text.split()).replace(mark, f" \\{mark.strip()} ")


def _escaped(text: str) -> list[str]:
    """The lines, none of them empty or taken for something else."""
    return [
        f"\\{line}" if not line or line.startswith(MARKED) or SET.fullmatch(line) else line for line in text.split("\n")
    ]


def read_markdown(text: str) -> list[Record]:
    """The questions of the text; what cannot be read is the fault of its question. What comes before is left out."""
    records: list[Record] = []
    reader: _Reader | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        heading = HEADING.fullmatch(line.rstrip())
        if heading:
            own = {name: DEFAULTS.get(name, "") for name in OWN} | {"code": plain(heading[1])}
            records.append(Record(number, own))
            reader = _Reader(records[-1])
        elif reader is not None:
            reader.take(line.rstrip())
    return [_tidied(record) for record in records]


def _tidied(record: Record) -> Record:
    record.own = {name: plain(value) for name, value in record.own.items()}
    for rows in (record.options, record.steps):
        rows[:] = [{name: plain(value) for name, value in row.items()} for row in rows]
    return record


class _Reader:
    """Reads the lines of one question; `add` takes the next line of the text that is being read."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.is_head = True
        self.step = ""
        self.add: Callable[[str], None] = self.add_to_prompt

    def take(self, line: str) -> None:
        if self.is_head and self.take_setting(line):
            return
        if not line:
            self.end_of_text()
        elif step := STEP.fullmatch(line):
            self.begin_step(plain(step[1]))
        elif (paragraph := PARAGRAPH.fullmatch(line)) and paragraph[1] in BY_LONG:
            self.begin_paragraph(BY_LONG[paragraph[1]], paragraph[2])
        elif option := OPTION.fullmatch(line):
            self.begin_option(option[1] or " ", option[2])
        elif (feedback := FEEDBACK.fullmatch(line)) and self.record.options:
            _append(self.record.options[-1], "feedback", feedback[1])
        else:
            self.add(line.removeprefix("\\"))

    def take_setting(self, line: str) -> bool:
        setting = SET.fullmatch(line)
        name = BY_SHORT.get(setting[1].casefold()) if setting else None
        if setting is None or name is None:
            self.is_head = False
            return False
        self.record.own[name] = setting[2]
        return True

    def end_of_text(self) -> None:
        """An empty line ends options and feedback; questions and situations may have several paragraphs."""
        if self.add in {self.add_to_prompt, self.add_to_step}:
            self.add("")
        else:
            self.add = self.add_nowhere

    def begin_step(self, name: str) -> None:
        self.step = name
        self.record.steps.append({"name": name, "text": ""})
        self.add = self.add_to_step

    def begin_paragraph(self, name: str, first: str) -> None:
        self.record.own[name] = first.removeprefix("\\")
        self.add = lambda line: _append(self.record.own, name, line)

    def begin_option(self, mark: str, text: str) -> None:
        between = NEXT if self.step else PAIR
        said, found, other = text.partition(between)
        correct = "x" if mark in "xX" else ""
        self.record.options.append(
            {
                "step": self.step,
                "text": _unescaped(said, between),
                "match": _unescaped(other, between) if found else "",
                "correct": correct,
                "feedback": "",
            }
        )
        self.add = lambda line: _append(self.record.options[-1], "text", line.strip(), " ")

    def add_to_prompt(self, line: str) -> None:
        _append(self.record.own, "prompt", line)

    def add_to_step(self, line: str) -> None:
        _append(self.record.steps[-1], "text", line)

    def add_nowhere(self, line: str) -> None:
        self.record.fault = self.record.fault or line[:100]


def _unescaped(text: str, mark: str) -> str:
    return text.replace(f" \\{mark.strip()} ", mark)


def _append(rows: dict[str, str], name: str, line: str, between: str = "\n") -> None:
    rows[name] = f"{rows[name]}{between}{line}" if rows[name] else line

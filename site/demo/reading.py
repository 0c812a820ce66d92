"""Reading content files: Markdown with YAML front matter, or YAML lists. Every fault is named by file and field."""

import datetime
import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from common.dates import HELSINKI

try:
    # In C, where PyYAML has been built with it: a tenth of the time.
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]  # the same, written in Python

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
RELATIVE_MONTH = re.compile(r"([+-]\d+)m\Z")
RELATIVE = re.compile(r"([+-]\d+)d(?: (\d{1,2}:\d{2}))?\Z")


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and how to mend it."""

    path: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.field}: {self.message}"


class ContentError(Exception):
    """The content files have faults; nothing was loaded."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass
class Record:
    """The fields of one content file or of one row of a list. Reading a field notes what is wrong with it."""

    path: str
    data: dict[str, Any]
    body: str = ""
    problems: list[Problem] = field(default_factory=list)
    fingerprint: str = ""

    def problem(self, name: str, message: str) -> None:
        self.problems.append(Problem(self.path, name, message))

    def has(self, name: str) -> bool:
        return self.data.get(name) not in (None, "", [])

    def text(self, name: str, most: int = 500, required: bool = False) -> str:
        value = self.data.get(name)
        if value is None:
            if required:
                self.problem(name, "is missing")
            return ""
        if isinstance(value, (dict, list, bool)):
            self.problem(name, "must be text; put it in quotes")
            return ""
        text = str(value).strip()
        if len(text) > most:
            self.problem(name, f"has {len(text)} characters; at most {most} fit")
        if required and not text:
            self.problem(name, "is empty")
        return text[:most]

    def choice(self, name: str, known: Collection[str], default: str = "") -> str:
        value = self.text(name) or default
        if value not in known:
            self.problem(name, f"is {value!r}; choose one of {', '.join(sorted(known))}")
        return value

    def code(self, name: str, known: Collection[str]) -> str:
        """A reference to something else, or an empty string."""
        value = self.text(name)
        if value and value not in known:
            self.problem(name, f"refers to {value!r}, which does not exist")
        return value

    def codes(self, name: str, known: Collection[str]) -> list[str]:
        values = self.lines(name)
        for value in values:
            if value not in known:
                self.problem(name, f"refers to {value!r}, which does not exist")
        return [value for value in values if value in known]

    def lines(self, name: str, most: int = 300) -> list[str]:
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or any(isinstance(each, (dict, list)) for each in value):
            self.problem(name, "must be a list of texts")
            return []
        lines = [str(each).strip() for each in value]
        for line in lines:
            if len(line) > most:
                self.problem(name, f"has a line of {len(line)} characters; at most {most} fit")
        return lines

    def rows(self, name: str) -> list["Record"]:
        """A list of mappings, each read as a record that reports into this one."""
        value = self.data.get(name) or []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.problem(name, "must be a list of fields")
            return []
        return [
            Record(f"{self.path}: {name} {number}", each, "", self.problems) for number, each in enumerate(value, 1)
        ]

    def flag(self, name: str) -> bool:
        value = self.data.get(name, False)
        if not isinstance(value, bool) and value is not None:
            self.problem(name, "must be true or false")
        return bool(value)

    def number(self, name: str, required: bool = False) -> Decimal | None:
        value = self.data.get(name)
        if value is None or value == "":
            if required:
                self.problem(name, "is missing")
            return None
        try:
            return Decimal(str(value))
        except InvalidOperation:
            self.problem(name, f"is {value!r}; write a number")
            return None

    def whole(self, name: str) -> int | None:
        number = self.number(name)
        if number is not None and number != int(number):
            self.problem(name, "must be a whole number")
        return None if number is None else int(number)

    def date(self, name: str, today: datetime.date, required: bool = False) -> datetime.date | None:
        """A date, or days (+14d) or months (+1m, its first day) from today."""
        text = self.text(name, required=required)
        if not text:
            return None
        relative = RELATIVE.match(text)
        if relative:
            return today + datetime.timedelta(days=int(relative[1]))
        month = RELATIVE_MONTH.match(text)
        if month:
            years, index = divmod(today.year * 12 + today.month - 1 + int(month[1]), 12)
            return datetime.date(years, index + 1, 1)
        for parts in (text, f"{text}-01"):
            try:
                return datetime.date.fromisoformat(parts)
            except ValueError:
                continue
        self.problem(name, f"is {text!r}; write 2024-03-27, +14d or +1m")
        return None

    def moment(self, name: str, today: datetime.date) -> datetime.datetime | None:
        """A date and a time of day in Finland: 2024-03-27 13:00, or +14d 13:00, moved off weekends."""
        text = self.text(name, required=True)
        relative = RELATIVE.match(text)
        try:
            if relative and relative[2]:
                day = _working_day(today + datetime.timedelta(days=int(relative[1])))
                return datetime.datetime.combine(day, datetime.time.fromisoformat(relative[2].zfill(5)), HELSINKI)
            return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=HELSINKI)
        except ValueError:
            if text:
                self.problem(name, f"is {text!r}; write 2024-03-27 13:00 or +14d 13:00")
            return None


def _working_day(day: datetime.date) -> datetime.date:
    """The day, or the Tuesday after where it falls on a weekend: nothing of ours is held then."""
    return day + datetime.timedelta(days=max(0, day.weekday() - 4) and 8 - day.weekday())


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_markdown(root: Path, path: Path) -> Record:
    """Read one Markdown file; a fault in its front matter becomes the record's first problem."""
    name = path.relative_to(root).as_posix()
    text = path.read_text(encoding="utf-8")
    match = FRONT_MATTER.match(text)
    if not match:
        return Record(name, {}, text, [Problem(name, "front matter", "is missing: start the file with ---")])
    record = Record(name, {}, match[2].strip(), fingerprint=fingerprint(text))
    try:
        data = yaml.load(match[1], SafeLoader)
    except yaml.YAMLError as error:
        record.problem("front matter", f"is not YAML: {_where(error)}")
        return record
    if isinstance(data, dict):
        record.data = {str(key): value for key, value in data.items()}
    else:
        record.problem("front matter", "must be fields with values")
    return record


def read_list(root: Path, path: Path) -> list[Record]:
    """Read a YAML list; each row is a record of its own."""
    name = path.relative_to(root).as_posix()
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), SafeLoader)
    except yaml.YAMLError as error:
        return [Record(name, {}, "", [Problem(name, "file", f"is not YAML: {_where(error)}")])]
    if not isinstance(rows, list):
        return [Record(name, {}, "", [Problem(name, "file", "must be a list")])]
    records = []
    for number, row in enumerate(rows, 1):
        row_name = f"{name} row {number}"
        if isinstance(row, dict):
            key = str(row.get("code") or row.get("slug") or number)
            records.append(Record(f"{name} {key}", row, fingerprint=fingerprint(repr(sorted(row.items(), key=str)))))
        else:
            records.append(Record(row_name, {}, "", [Problem(row_name, "row", "must be fields with values")]))
    return records


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}: " if mark else ""
    return place + str(getattr(error, "problem", error))


def all_problems(records: Iterable[Record]) -> list[Problem]:
    return [problem for record in records for problem in record.problems]

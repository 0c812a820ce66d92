"""A file of results that were done elsewhere, read row by row."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.spreadsheets import FileRefused, csv_rows, xlsx_rows

MOST_BYTES = 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_CELL = 2_000, 30, 500
# What the columns are called in the template; files that come in may use the names in English as well.
COLUMNS: Mapping[str, str] = {
    "email": "sähköposti",
    "number": "opiskelijanumero",
    "task": "tehtävä",
    "outcome": "tulos",
    "grade": "arvosana",
    "day": "päivä",
    "note": "huomautus",
}
NAMES = {
    **{word: name for name, word in COLUMNS.items()},
    **{name: name for name in COLUMNS},
    "e-mail": "email",
    "student number": "number",
    "date": "day",
    "päivämäärä": "day",
    "suorituspäivä": "day",
}
ACCEPTED = {"hyväksytty", "hyv", "hyv.", "accepted", "pass", "passed", "godkänd", "godkänt"}
REJECTED = {"hylätty", "hyl", "hyl.", "rejected", "fail", "failed", "underkänd", "underkänt"}
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
FIRST_YEAR = 2000


@dataclass(frozen=True)
class Record:
    """A row as it was written. `fault`: what could not be read there."""

    where: int
    email: str = ""
    number: str = ""
    task: str = ""
    outcome: str = ""
    grade: str = ""
    day: str = ""
    note: str = ""
    fault: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def person(self) -> str:
        return self.email or self.number


def read(name: str, content: bytes) -> list[Record]:
    """The rows of the file, by the ending of its name; raises FileRefused with the sentence to show."""
    if len(content) > MOST_BYTES:
        raise FileRefused(_("The file is larger than 1 MB."))
    ending = name.rpartition(".")[2].lower()
    faults: Mapping[int, str] = {}
    rows: Iterable[Sequence[str]]
    if ending == "csv":
        rows = csv_rows(content)
    elif ending == "xlsx":
        rows, faults = xlsx_rows(content, most_rows=MOST_ROWS + 1, most_columns=MOST_COLUMNS)
    else:
        raise FileRefused(_("Choose a file whose name ends with .xlsx or .csv."))
    records = _records(rows, faults)
    if not records:
        raise FileRefused(_("There are no results in the file."))
    return records


def _records(rows: Iterable[Sequence[str]], faults: Mapping[int, str]) -> list[Record]:
    numbered = enumerate(rows, start=1)
    names = _names(next(numbered, (0, ()))[1])
    records = []
    for number, cells in numbered:
        if number > MOST_ROWS + 1:
            raise FileRefused(_("The file has more than %(most)d rows.") % {"most": MOST_ROWS})
        told = {name: " ".join(cell.split()) for name, cell in zip(names, cells, strict=False) if name}
        if not any(told.values()):
            continue
        fault = faults.get(number, "")
        if any(len(cell) > MOST_CELL for cell in told.values()):
            fault = _("A cell of the row is longer than %(most)d characters.") % {"most": MOST_CELL}
        kept = {name: cell[:MOST_CELL] for name, cell in told.items()}
        records.append(Record(number, fault=fault, **kept))
    return records


def _names(header: Sequence[str]) -> list[str]:
    names = [NAMES.get(" ".join(cell.split()).casefold(), "") for cell in header]
    if not {"email", "number"} & set(names) or not {"outcome", "grade"} & set(names):
        raise FileRefused(
            _("The first row has to name the columns: sähköposti or opiskelijanumero, and tulos or arvosana.")
        )
    doubled = {COLUMNS[name] for name in names if name and names.count(name) > 1}
    if doubled:
        raise FileRefused(_("Two columns have the same name: %(names)s.") % {"names": ", ".join(sorted(doubled))})
    return names


def day_of(text: str) -> datetime.date | None:
    """The day as files have it, today where none is told; None where it is no day on which something was done."""
    if not text:
        return timezone.localdate()
    found = DAY.match(text)
    if found is None:
        return None
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        read_day = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return read_day if read_day.year >= FIRST_YEAR and read_day <= timezone.localdate() else None


def outcome_of(text: str, grade: int | None) -> bool | None:
    """Whether it passed; by the grade where no outcome is told; None where neither says, or they disagree."""
    said = text.casefold()
    if not said:
        return None if grade is None else grade > 0
    is_passed = True if said in ACCEPTED else False if said in REJECTED else None
    return None if is_passed is None or (grade is not None and (grade > 0) != is_passed) else is_passed

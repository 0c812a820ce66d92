"""Files of questions: CSV and XLSX written and read, each so that no cell is taken for a formula."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from learning.courses.bank.markdown import read_markdown, write_markdown
from learning.courses.bank.records import FileRefused, Record
from learning.courses.bank.tables import COLUMNS, MOST_ROWS, records_of, rows_of

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_COLUMNS = 60
# What spreadsheets may take for a formula at the beginning of a cell; the mark that keeps them from it, too.
RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
# What reading a spreadsheet raises where its parts are torn or contradict each other.
TORN = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, IndexError, TypeError, ValueError, OSError)
WIDTHS = {"prompt": 50, "text": 40, "situation": 40, "feedback": 40, "feedback_right": 30, "feedback_wrong": 30}


def read(name: str, content: bytes) -> list[Record]:
    """The questions of the file, by the ending of its name; raises FileRefused with the sentence to show."""
    if len(content) > MOST_BYTES:
        raise FileRefused(_("The file is larger than 2 MB."))
    reader = READERS.get(name.rpartition(".")[2].lower())
    if reader is None:
        raise FileRefused(_("Choose a file whose name ends with .xlsx, .csv or .md."))
    records = reader(content)
    if not records:
        raise FileRefused(_("There are no questions in the file."))
    return records


def _text_of(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel in Finland saves as CSV.
        return content.decode("cp1252", errors="replace")


def read_csv(content: bytes) -> list[Record]:
    text = _text_of(content).replace("\x00", "")
    header = text.partition("\n")[0]
    delimiter = max(";,\t", key=header.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise FileRefused(_("The file is not a table: a quotation mark is missing somewhere.")) from None
    return records_of([_unguarded(cell) for cell in row] for row in rows)


def write_csv(records: Iterable[Record]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerows([_guarded(cell) for cell in row] for row in rows_of(records))
    # With the mark by which Excel knows UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell


def read_xlsx(content: bytes) -> list[Record]:
    faults: dict[int, str] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise FileRefused(_("The file is too large when it is unpacked."))
        sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        # One more than may be read tells that there are too many: a file may name a row after a million empty ones.
        rows = islice(sheet.iter_rows(max_col=MOST_COLUMNS), MOST_ROWS + 1)
        cells = [_cells(row, number, faults) for number, row in enumerate(rows, start=1)]
    except TORN:
        raise FileRefused(_("The file is not a spreadsheet that can be read.")) from None
    return records_of(cells, faults)


def _cells(row: Iterable[Any], number: int, faults: dict[int, str]) -> list[str]:
    cells = []
    for cell in row:
        if cell.data_type == "f":
            faults[number] = _("A cell of the row holds a formula. Write its value in its place.")
        cells.append(_cell_text(cell.value))
    return cells


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def write_xlsx(records: Iterable[Record]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Kysymykset"
    for number, row in enumerate(rows_of(records), start=1):
        for column, text in enumerate(row, start=1):
            if not text:
                continue
            cell = sheet.cell(row=number, column=column)
            # A text and nothing else, however it begins.
            cell.value, cell.data_type = text, "s"
            cell.quotePrefix = text.startswith(RISKY)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    sheet.freeze_panes = "B2"
    for column, name in enumerate(COLUMNS):
        sheet.column_dimensions[sheet.cell(row=1, column=column + 1).column_letter].width = WIDTHS.get(name, 14)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


READERS: Mapping[str, Callable[[bytes], list[Record]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "md": lambda content: read_markdown(_text_of(content)),
}
WRITERS: Mapping[str, tuple[str, Callable[[Iterable[Record]], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "csv": ("text/csv; charset=utf-8", write_csv),
    "md": ("text/markdown; charset=utf-8", lambda records: write_markdown(records).encode()),
}

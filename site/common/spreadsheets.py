"""Tables as files: CSV and XLSX read and written, each so that no cell is taken for a formula.

What is written row by row takes the same memory for ten rows and for ten thousand.
"""

import csv
import datetime
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from common.errors import Refused

MOST_UNPACKED = 40 * 1024 * 1024
# What spreadsheets may take for a formula at the beginning of a cell, in full width and small too, and the mark that
# keeps them from it.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫")
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# By this mark Excel knows UTF-8.
MARK = "\ufeff"
# What no cell of a spreadsheet may hold, and the most that one takes.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_CELL = 32_000
# What reading a spreadsheet raises where its parts are torn or contradict each other.
TORN = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, IndexError, TypeError, ValueError, OSError)
Cell = str | int | Decimal | datetime.date | None
Row = Sequence[Cell]


class FileRefused(Refused):
    """The file as a whole cannot be read."""


def guarded(text: str) -> str:
    """The text so that nothing takes it for a formula, spaces before it or not."""
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}").startswith(RISKY) else text


def unguarded(text: str) -> str:
    """What was guarded, as it was."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) != text[1:] else text


def text_of(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel in Finland saves as CSV.
        return content.decode("cp1252", errors="replace")


def csv_rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the file, whichever mark is between its cells; raises FileRefused where it is no table."""
    text = text_of(content).replace("\x00", "")
    header = text.partition("\n")[0]
    delimiter = max(";,\t", key=header.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise FileRefused(_("The file is not a table: a quotation mark is missing somewhere.")) from None
    return ([unguarded(cell) for cell in row] for row in rows)


def xlsx_rows(content: bytes, *, most_rows: int, most_columns: int) -> tuple[list[list[str]], Mapping[int, str]]:
    """The rows of the first sheet as texts, one more than may be; and what could not be read, by number of the row."""
    faults: dict[int, str] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise FileRefused(_("The file is too large when it is unpacked."))
        sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        # One more than may be read tells that there are too many: a file may name a row after a million empty ones.
        rows = islice(sheet.iter_rows(max_col=most_columns), most_rows + 1)
        return [_texts(row, number, faults) for number, row in enumerate(rows, start=1)], faults
    except TORN:
        raise FileRefused(_("The file is not a spreadsheet that can be read.")) from None


def _texts(row: Iterable[Any], number: int, faults: dict[int, str]) -> list[str]:
    cells = []
    for cell in row:
        if cell.data_type == "f":
            faults[number] = _("A cell of the row holds a formula. Write its value in its place.")
        cells.append(_text(cell.value))
    return cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


class _Line:
    """What csv.writer writes to: it hands each line back."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """The rows as a file that Excel in Finland opens as a table: line by line, never all at once."""
    writer: Any = csv.writer(_Line(), delimiter=";")
    yield MARK.encode()
    for row in rows:
        yield writer.writerow([_in_csv(cell) for cell in row]).encode()


def _in_csv(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, Decimal):
        return plain_number(cell).replace(".", ",")
    return "" if cell is None else cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


def plain_number(number: Decimal) -> str:
    """Without noughts at its end, and never as a power of ten."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def xlsx_file(rows: Iterable[Row], *, title: str, widths: Sequence[int] = ()) -> IO[bytes]:
    """The rows as a spreadsheet in a file of its own that goes when it is closed; the first row names the columns."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(rows):
        sheet.append([_in_sheet(sheet, cell, is_head=not number) for cell in row])
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  # whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _in_sheet(sheet: Any, value: Cell, *, is_head: bool) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=FORBIDDEN.sub(" ", value)[:LONGEST_CELL])
        # A text and nothing else, however it begins.
        cell.data_type = "s"
        if guarded(value) != value:
            cell.quotePrefix = True
        if is_head:
            cell.font = Font(bold=True)
        return cell
    if isinstance(value, datetime.date):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "d.m.yyyy"
        return cell
    return value

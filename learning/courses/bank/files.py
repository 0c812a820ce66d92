"""Files of questions: CSV, XLSX and Markdown."""

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from common.spreadsheets import CSV, RISKY, XLSX, FileRefused, csv_lines, csv_rows, text_of, xlsx_rows
from learning.courses.bank.markdown import read_markdown, write_markdown
from learning.courses.bank.records import Record
from learning.courses.bank.tables import COLUMNS, MOST_ROWS, records_of, rows_of

MOST_BYTES = 2 * 1024 * 1024
MOST_COLUMNS = 60
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


def read_csv(content: bytes) -> list[Record]:
    return records_of(csv_rows(content))


def write_csv(records: Iterable[Record]) -> bytes:
    return b"".join(csv_lines(rows_of(records)))


def read_xlsx(content: bytes) -> list[Record]:
    rows, faults = xlsx_rows(content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    return records_of(rows, faults)


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
    "md": lambda content: read_markdown(text_of(content)),
}
WRITERS: Mapping[str, tuple[str, Callable[[Iterable[Record]], bytes]]] = {
    "xlsx": (XLSX, write_xlsx),
    "csv": (CSV, write_csv),
    "md": ("text/markdown; charset=utf-8", lambda records: write_markdown(records).encode()),
}

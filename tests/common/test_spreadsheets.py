"""Tables as files: what goes in comes out, and no cell is taken for a formula on the way."""

import csv
import datetime
import io
import random
import tracemalloc
from collections.abc import Iterable
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from common.spreadsheets import FileRefused, Row, csv_lines, csv_rows, guarded, unguarded, xlsx_file, xlsx_rows

FORMULAS = [
    "=1+1", "+358", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", " =1", "\u00a0=1", "＝1", "＋1", "－1", "＠A",
    "=HYPERLINK(\"http://example.org\";\"x\")", "=cmd|' /C calc'!A0", "''", "﹦1",
]  # fmt: skip


def as_csv(rows: Iterable[Row]) -> bytes:
    return b"".join(csv_lines(rows))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_no_formula_in_a_file_and_comes_back_as_it_was(text: str) -> None:
    written = as_csv([["nimi", "x"], [text, "b"]])
    [_head, row] = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";")
    assert row[0].startswith("'")
    assert list(csv_rows(written))[1] == [text, "b"]


@pytest.mark.parametrize("text", [text for text in FORMULAS if text.isprintable()])
def test_a_formula_is_a_text_in_a_spreadsheet(text: str) -> None:
    with xlsx_file([["nimi"], [text]], title="Koe") as file:
        content = file.read()
    cell = load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix
    assert xlsx_rows(content, most_rows=10, most_columns=1) == ([["nimi"], [text]], {})


def test_what_is_guarded_comes_back_whatever_it_is() -> None:
    chance = random.Random(8)
    for _round in range(5_000):
        text = "".join(chance.choices("'=+-@ \t\r\nab1\u00a0＝", k=chance.randrange(6)))
        assert unguarded(guarded(text)) == text


def test_numbers_and_days_are_such() -> None:
    rows: list[Row] = [["op", "pvm", "arvosana", "ei"], [Decimal("2.50"), datetime.date(2026, 11, 22), 5, None]]
    assert as_csv(rows).decode("utf-8-sig").splitlines()[1] == "2,5;2026-11-22;5;"
    with xlsx_file(rows, title="Koe") as file:
        sheet = load_workbook(file).active
    assert [cell.value for cell in sheet[2]] == [2.5, datetime.datetime(2026, 11, 22), 5, None]  # noqa: DTZ001
    assert sheet["B2"].number_format == "d.m.yyyy"


def test_excel_in_finland_opens_it_as_a_table() -> None:
    written = as_csv([["nimi", "pvm"], ["Äijälä; Ö", "x"]])
    assert written.startswith(b"\xef\xbb\xbfnimi;pvm\r\n")
    assert '"Äijälä; Ö";x' in written.decode()


def test_letters_that_no_cell_may_hold_are_left_out() -> None:
    with xlsx_file([["a"], ["yksi\x00\x0bkaksi"]], title="Koe") as file:
        assert load_workbook(file).active["A2"].value == "yksi  kaksi"


@pytest.mark.parametrize("content", [b"PK\x03\x04nothing", b"", b"a;b"])
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        xlsx_rows(content, most_rows=10, most_columns=5)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_rows(form: str) -> None:
    def peak(number: int) -> int:
        rows: Iterable[Row] = ([f"nimi {at}", at, "hyväksytty"] for at in range(number))
        tracemalloc.start()
        if form == "csv":
            for _line in csv_lines(rows):
                pass
        else:
            xlsx_file(rows, title="Koe").close()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(2_000) < peak(200) + 300_000

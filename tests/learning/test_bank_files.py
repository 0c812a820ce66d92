"""Questions as files: what goes out comes in unchanged, and no cell is a formula."""

import csv
import io
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from common.spreadsheets import FileRefused
from learning.courses.bank import files
from learning.courses.bank.importing import Act, carry_out, plan
from learning.courses.bank.records import Record, record_of
from learning.courses.models import Question, QuestionVersion
from tests.learning.factories import QUESTIONS, make_question

pytestmark = pytest.mark.django_db
FORMS = list(files.WRITERS)
NASTY = [
    "=1+1", "+358", "-2,5", "@SUM(A1)", "'lainaus", "''=x", "\t=1", "; ja \"lainaus\"", "# otsikko", "- kohta", "## m1",
    "> lainaus", "**Oikein:** ei", "a :: b", "a -> b", "[x] rasti", "\\ kenoviiva", "tyyppi: single", "eka\ntoka",
    "eka\n\nkolmas", "1. kohta", "ÅÄÖ – ”väli”", "x", "<b>ei</b>", "10", "=cmd|' /C calc'!A0", "### alku",
]  # fmt: skip


def bank() -> list[Record]:
    return [record_of(question) for question in Question.objects.order_by("code")]


def acts(records: list[Record]) -> list[Act]:
    return [line.act for line in plan(records)]


@pytest.fixture
def every_kind() -> list[Record]:
    for kind in QUESTIONS:
        make_question(kind, unit="%" if kind == "number" else "", tolerance="0.1" if kind == "number" else 0)
    return bank()


@pytest.mark.parametrize("form", FORMS)
def test_what_goes_out_comes_in_unchanged(every_kind: list[Record], form: str) -> None:
    told = files.read(f"x.{form}", files.WRITERS[form][1](every_kind))
    assert [(each.own, each.options, each.steps) for each in told] == [
        (each.own, each.options, each.steps) for each in every_kind
    ]
    assert set(acts(told)) == {Act.SAME}
    before = QuestionVersion.objects.count()
    carry_out(told)
    assert QuestionVersion.objects.count() == before


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_bank_is_made_again_from_a_file(every_kind: list[Record], form: str) -> None:
    written = files.WRITERS[form][1](every_kind)
    contents = {question.code: question.content() for question in Question.objects.all()}
    QuestionVersion.objects.all()._raw_delete("default")
    Question.objects.all().delete()
    lines = carry_out(files.read(f"x.{form}", written))
    assert {line.act for line in lines} == {Act.MAKE}
    assert {question.code: question.content() for question in Question.objects.all()} == contents
    assert QuestionVersion.objects.count() == len(QUESTIONS)


def odd_records(count: int) -> Iterator[Record]:
    dice = random.Random("questions of odd words")
    for number in range(count):
        own = {
            "code": f"k{number}", "kind": "multiple", "language": "fi", "prompt": dice.choice(NASTY),
            "feedback_right": dice.choice(["", *NASTY]), "feedback_wrong": dice.choice(["", *NASTY]), "tolerance": "0",
            "unit": dice.choice(["", "=x", "%"]), "model_answer": dice.choice(["", *NASTY]), "longest": "1000",
        }  # fmt: skip
        options = [
            {
                "step": "",
                "text": " ".join(dice.choice(NASTY).split()),
                "match": " ".join(dice.choice(["", *NASTY]).split()),
                "correct": "x" if at == 0 else "",
                "feedback": dice.choice(["", *NASTY]).strip(),
            }
            for at in range(dice.randint(2, 4))
        ]
        yield Record(0, {name: value.strip() for name, value in own.items()}, options)


@pytest.mark.parametrize("form", FORMS)
def test_odd_words_survive_the_way_out_and_in(form: str) -> None:
    for record in odd_records(150):
        told = files.read(f"x.{form}", files.WRITERS[form][1]([record]))
        assert [(each.own, each.options, each.fault) for each in told] == [(record.own, record.options, "")]


def test_no_cell_of_a_csv_begins_as_a_formula() -> None:
    written = files.write_csv(odd_records(100)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(written), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    book = load_workbook(io.BytesIO(files.write_xlsx(odd_records(100))))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")))


def spreadsheet(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEADER = ["koodi", "tyyppi", "kysymys", "vaihtoehto", "oikein"]


def test_a_spreadsheet_that_people_wrote_is_read() -> None:
    content = spreadsheet(
        HEADER, ["k1", "single", "Kumpi?", "tämä", "x"], [None, None, None, "tuo", None], [None],
        ["k2", "number", "Paljonko?", 3.0, True],
    )  # fmt: skip
    lines = carry_out(files.read("Kysymykset.XLSX", content))
    assert [(line.where, line.code, line.act) for line in lines] == [(2, "k1", Act.MAKE), (5, "k2", Act.MAKE)]
    assert Question.objects.get(code="k2").options.get().text == "3"


def test_a_formula_in_a_spreadsheet_is_refused_on_its_row() -> None:
    content = spreadsheet(HEADER, ["k1", "number", "Paljonko?", "=1+1", "x"])
    (line,) = plan(files.read("x.xlsx", content))
    assert line.act == Act.REFUSE
    assert line.where == 2


def torn(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A spreadsheet of which one part is not what it should be."""
    whole = zipfile.ZipFile(io.BytesIO(spreadsheet(HEADER, ["k1", "single", "Kumpi?", "tämä", "x"])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in whole.namelist():
            parts.writestr(name, change(whole.read(name)) if name.endswith(part) else whole.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("sheet1.xml", lambda xml: xml[: len(xml) // 2]),
        ("workbook.xml", lambda xml: xml[: len(xml) // 2]),
        ("[Content_Types].xml", lambda xml: b"<a"),
        ("sheet1.xml", lambda xml: xml.replace(b'r="A1"', b'r="!!"')),
        ("workbook.xml", lambda xml: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", xml)),
    ],
)
def test_a_torn_spreadsheet_is_refused_with_a_sentence(part: str, change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(FileRefused, match="ei ole taulukko"):
        files.read("x.xlsx", torn(part, change))


def test_a_row_after_a_million_empty_ones_is_not_waited_for() -> None:
    def far(xml: bytes) -> bytes:
        return xml.replace(b"A1:E2", b"A1:XFD1048576").replace(b'r="2"', b'r="1048576"').replace(b'2" ', b'1048576" ')

    content, before = torn("sheet1.xml", far), time.process_time()
    with pytest.raises(FileRefused, match="10000"):
        files.read("x.xlsx", content)
    assert time.process_time() - before < 5


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_of_any_program_is_read(delimiter: str, encoding: str) -> None:
    rows = [HEADER, ["k1", "truefalse", "Päteekö?", "Kyllä", "x"], ["", "", "", "Ei", ""]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (record,) = files.read("x.csv", text.encode(encoding))
    assert record.own["prompt"] == "Päteekö?"
    assert [option["text"] for option in record.options] == ["Kyllä", "Ei"]


def test_markdown_that_people_wrote_is_read() -> None:
    text = """Moduulin 1 kysymykset

## m1-k1
tyyppi: single
kieli: fi

Mikä viittaa
rakenteelliseen syyhyn?

Valitse yksi.

- [ ] Asiakas unohtaa ajan.
  > Voi olla yksilöllistä.
  > Kysy lisää.
- [X] Sama kohta jää
  tyhjäksi.

**Oikein:** Toisto kertoo.

## m1-k2
tyyppi: match

Yhdistä.

- Raati :: inkluusiotyö
- Lausunto :: strategiatyö
"""
    first, second = files.read("x.md", text.encode())
    assert first.own["prompt"] == "Mikä viittaa\nrakenteelliseen syyhyn?\n\nValitse yksi."
    assert first.options[0]["feedback"] == "Voi olla yksilöllistä.\nKysy lisää."
    assert (first.options[1]["text"], first.options[1]["correct"]) == ("Sama kohta jää tyhjäksi.", "x")
    assert first.own["feedback_right"] == "Toisto kertoo."
    assert [option["match"] for option in second.options] == ["inkluusiotyö", "strategiatyö"]
    assert set(acts([first, second])) == {Act.MAKE}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["väärä koodi", "single", "K?", "a", "x"], "tunnus"),
        (["k1", "essee", "K?", "a", "x"], "essee"),
        (["k1", "single", "", "a", "x"], "kysymys"),
        (["k1", "single", "K?", "a", "x"], "kaksi"),
        (["k1", "single", "K?" * 900, "a", "x"], "kysymys"),
        (["k1", "single", "K?", "a" * 600, "x"], "teksti"),
        (["k1", "single", "K?", "a", "ehkä"], "ehkä"),
        (["k1", "number", "K?", "kolme", "x"], "luku"),
    ],
)
def test_what_cannot_be_read_is_told_by_row(row: list[str], told: str) -> None:
    (line,) = plan(files.read("x.csv", "\n".join([";".join(HEADER), ";".join(row)]).encode()))
    assert (line.act, line.where) == (Act.REFUSE, 2)
    assert told in line.told.lower()


@pytest.mark.parametrize("number", ["1e999999999", "NaN", "Infinity", "-1", "9" * 400, "1,2,3"])
@pytest.mark.parametrize("name", ["toleranssi", "enimmäispituus"])
def test_numbers_are_bounded(name: str, number: str) -> None:
    header = [*HEADER, name]
    content = f"{';'.join(header)}\nk1;number;K?;1;x;{number}".encode()
    assert acts(files.read("x.csv", content)) == [Act.REFUSE]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.pdf", b"%PDF"),
        ("x", b""),
        ("x.csv", b""),
        ("x.csv", b"a;b;c\n1;2;3"),
        ("x.csv", b'koodi;tyyppi;kysymys\n"k1;single;K?'),
        ("x.csv", b"koodi;koodi;tyyppi;kysymys\n"),
        ("x.csv", b"koodi;tyyppi;kysymys\n"),
        ("x.md", b"Ei yhtaan kysymysta"),
        ("x.xlsx", b"PK\x03\x04 rikki"),
        ("x.xlsx", b"<html></html>"),
        ("x.csv", b"x" * (2 * 1024 * 1024 + 1)),
    ],
)
def test_a_file_that_is_no_file_of_questions_is_refused_with_a_sentence(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        files.read(name, content)
    assert str(refusal.value.message)


def test_one_fault_keeps_the_whole_file_out() -> None:
    make_question("single")
    record = record_of(Question.objects.get())
    record.own["prompt"] = "Uusi?"
    with pytest.raises(FileRefused):
        carry_out([record, Record(9, {**record.own, "code": "k2", "kind": "outo"})])
    assert Question.objects.get().prompt != "Uusi?"


def test_two_questions_of_one_code_are_refused() -> None:
    make_question("single")
    record = record_of(Question.objects.get())
    assert acts([record, record]) == [Act.SAME, Act.REFUSE]


def test_a_changed_question_tells_what_changes_and_gets_its_next_version() -> None:
    make_question("case")
    record = record_of(Question.objects.get())
    record.own["prompt"] = "Toisin?"
    record.steps[0]["text"] = "Toinen tilanne."
    (line,) = carry_out([record])
    assert (line.act, line.told) == (Act.CHANGE, "kysymys, Tapauksen vaiheet")
    newest = QuestionVersion.objects.order_by("-number")[0]
    assert (newest.number, newest.content["prompt"], newest.content["steps"][0]["text"]) == (
        2,
        "Toisin?",
        "Toinen tilanne.",
    )


def test_line_breaks_that_browsers_send_are_no_change() -> None:
    make_question("single")
    question = Question.objects.get()
    question.prompt = "Eka\r\n\r\ntoka  "
    question.save()
    for form in FORMS:
        assert acts(files.read(f"x.{form}", files.WRITERS[form][1](bank()))) == [Act.SAME]

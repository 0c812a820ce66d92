"""The tags that every template may use."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from common.dates import SPACE


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_pattern_takes_a_task_area_or_its_code() -> None:
    area = SimpleNamespace(code="inclusion")
    assert rendered("{% pattern area 1 %}", area=area) == rendered("{% pattern 'inclusion' 1 %}")


def test_pattern_of_no_area_is_nothing() -> None:
    assert rendered("{% pattern area 1 %}", area=None) == ""


def test_planned_pattern_is_marked() -> None:
    assert "pattern--planned" in rendered("{% pattern 'strategy' 1 planned=True %}")


def test_shy_escapes_and_leaves_other_languages_alone() -> None:
    with translation.override("fi"):
        assert rendered("{{ t|shy }}", t="<b>Oikeudenmukaisuustyö") == "&lt;b&gt;Oikeuden\u00admukaisuus\u00adtyö"
        assert rendered("{{ t|shy:'sv' }}", t="Välfärdsområdet") == "Välfärds\u00adområdet"
        assert rendered("{{ t|shy:'en' }}", t="Institutionalisation") == "Institutionalisation"


@pytest.mark.parametrize(
    ("language", "size", "expected"),
    [
        ("fi", 340_000, "340 kt"),
        ("sv", 340_000, "340 kB"),
        ("fi", 1_500_000, "1,5 Mt"),
        ("en", 1_500_000, "1.5 MB"),
        ("fi", 2_000_000, "2 Mt"),
        ("fi", 12, "1 kt"),
        ("fi", None, "1 kt"),
    ],
)
def test_filesize_speaks_the_language(language: str, size: int | None, expected: str) -> None:
    with translation.override(language):
        assert rendered("{{ size|filesize }}", size=size).replace(SPACE, " ") == expected


def test_language_is_marked_only_where_it_differs() -> None:
    page = SimpleNamespace(locale=SimpleNamespace(language_code="fi"))
    with translation.override("sv"):
        assert rendered("<h3{% lang_attr page %}>", page=page) == '<h3 lang="fi">'
    with translation.override("fi"):
        assert rendered("<h3{% lang_attr page %}>", page=page) == "<h3>"


@pytest.mark.parametrize(("language", "expected"), [("fi", "0,5"), ("en", "0.5")])
def test_credits_are_written_without_needless_decimals(language: str, expected: str) -> None:
    with translation.override(language):
        assert rendered("{{ n|number }}", n=0.50) == expected
        assert rendered("{{ n|number }}", n=5.0) == "5"
        assert rendered("{{ n|number }}", n=None) == ""


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (-0.09, "2", "−0,09"),
        (-1234.5, None, f"−1{SPACE}234,5"),
        (-0.004, "2", "0,00"),
        (2.5, "0", "3"),
        (-2.5, "0", "−3"),
        (4.0, "1", "4,0"),
        (4.0, "'-1'", "4"),
        (4.25, "'-1'", "4,3"),
    ],
)
def test_numbers_have_a_minus_sign_and_so_many_decimals_as_are_asked_for(
    value: float, decimals: str | None, expected: str
) -> None:
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            shown = rendered(f"{{{{ n|number{':' + decimals if decimals else ''} }}}}", n=value)
        assert shown == (expected.replace(",", ".").replace(SPACE, ",") if language == "en" else expected)


def test_no_template_writes_numbers_by_another_rule() -> None:
    templates = Path(settings.ROOT, "templates").rglob("*.*")
    others = ("floatformat", "intcomma", "unlocalize")
    assert not [path for path in templates for rule in others if f"|{rule}" in path.read_text("utf-8")]


@pytest.mark.parametrize(
    ("label", "expected"),
    [("Nimi", "Nimi: puuttuu"), ("Mikä jäi mieleen?", "Mikä jäi mieleen? puuttuu"), ("Opin.", "Opin. puuttuu")],
)
def test_no_colon_stands_after_a_question_or_a_sentence(label: str, expected: str) -> None:
    assert rendered("{{ label|led_to:text }}", label=label, text="puuttuu") == expected

"""Catalogues: compiled without gettext's tools, and looked through for gaps."""

import fcntl
import gettext
import os
from pathlib import Path

import pytest
from pytest_django import Settings

from common.catalogues import compile_catalogues
from common.translations import catalogue, collect, faults

HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


@pytest.fixture
def write(settings: Settings, tmp_path: Path) -> "Write":
    settings.LOCALE_PATHS = [tmp_path]
    return Write()


class Write:
    """Writes the catalogue of a language."""

    def __call__(self, text: str, language: str = "fi") -> Path:
        path = catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER + text, encoding="utf-8")
        return path


def test_a_catalogue_is_compiled_when_it_changes(write: Write) -> None:
    path = write('msgid "Courses"\nmsgstr "Kurssit"\n\nmsgctxt "menu"\nmsgid "Courses"\nmsgstr "Opinnot"\n')
    assert compile_catalogues() == 1
    assert compile_catalogues() == 0

    with path.with_suffix(".mo").open("rb") as file:
        texts = gettext.GNUTranslations(file)
    assert texts.gettext("Courses") == "Kurssit"
    assert texts.pgettext("menu", "Courses") == "Opinnot"
    assert {each.name for each in path.parent.iterdir()} == {"django.po", "django.mo"}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Courses"\nmsgstr ""\n', "not translated: 'Courses'"),
        ('#, fuzzy\nmsgid "Courses"\nmsgstr "Kurssit"\n', "not confirmed (fuzzy): 'Courses'"),
        ('msgid "%(n)s left"\nmsgstr "%(m)s jäljellä"\n', "other placeholders than the text has: '%(n)s left'"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[1] ""\n', "not translated: 'a'"),
        ('msgid "a"\nmsgid_plural "%(n)s b"\nmsgstr[0] "x"\nmsgstr[1] "%(k)s y"\n', "other placeholders"),
        ('msgid "%(n)s h"\nmsgstr "%(n)s t"\n', "a breaking space before a unit: '%(n)s h'"),
        ('msgid "at 1 pm"\nmsgstr "klo 13"\n', "a breaking space before a unit"),
        ('msgid "no"\nmsgstr "\\"ei\\""\n', "straight quotes"),
        ('msgid "wait"\nmsgstr "odota..."\n', "three dots"),
        ("", "missing from the catalogue: 'Themes'"),
    ],
)
def test_gaps_are_found(write: Write, entry: str, fault: str) -> None:
    write(entry)
    assert any(fault in line for line in faults("fi", {("", "Themes")}))


def test_a_whole_catalogue_has_no_faults(write: Write) -> None:
    write('msgid "1 course"\nmsgid_plural "%(n)s courses"\nmsgstr[0] "1 kurssi"\nmsgstr[1] "%(n)s kurssia"\n')
    assert not list(faults("fi", {("", "1 course")}))


def test_quotes_of_attributes_and_unbreakable_spaces_are_none(write: Write) -> None:
    write('msgid "x"\nmsgstr "<a href=\\"/x\\">5\N{NO-BREAK SPACE}min</a>, ”ei”"\n')
    assert not list(faults("fi", {("", "x")}))


def test_the_language_of_the_code_may_leave_texts_empty(write: Write) -> None:
    write('msgid "Courses"\nmsgstr ""\n', "en")
    assert not list(faults("en", {("", "Courses")}))


def test_a_language_without_a_catalogue_is_a_fault(write: Write) -> None:
    assert list(faults("sv", None)) == ["there is no catalogue"]


def test_one_search_of_texts_waits_for_the_other(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write("").parents[2]
    seen: list[bool] = []

    def look(*_args: object, **_options: object) -> None:
        other = os.open(folder, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(other)
        seen.append(True)

    monkeypatch.setattr("django.core.management.call_command", look)
    collect()
    collect()
    assert seen == [True, True]

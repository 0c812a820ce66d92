"""Are all texts of our own translated? Compares the catalogues in site/locale with what the code says."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.commands import makemessages

# English is the language of the code: its catalogue may leave a text empty.
SOURCE_LANGUAGE = "en"
IGNORED = [".venv/*", "var/*", "tests/*", "site/locale_wagtail/*", "*/migrations/*"]
TAG = re.compile(r"<[^>]*>")
# A number, and after a common space its unit; or a sign of time and its number.
BREAKING = re.compile(r"(?:\d|%\(\w+\)[sd]) (?:min|h|t|op|sp|%|€|§|kt|Mt|kB|MB|Mpx|kk|v)\b|\b(?:klo|kl\.) (?:\d|%)")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Text = tuple[str, str]
"""Context and msgid."""


def catalogue(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0], language, "LC_MESSAGES", "django.po")


def can_collect() -> bool:
    """Whether gettext's tools are installed, without which the code cannot be searched for texts."""
    return all(shutil.which(tool) for tool in ("xgettext", "msguniq", "msgmerge", "msgattrib"))


class _Search(makemessages.Command):
    """Django's own search, which keeps what it finds instead of writing catalogues."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: set[Text] = set()

    def write_po_file(self, potfile: str, locale: str) -> None:
        self.found |= {_text(entry) for entry in polib.pofile(potfile)}


def texts_of_code() -> set[Text]:
    """Every text that code and templates mark for translation."""
    search = _Search()
    _run(search, [SOURCE_LANGUAGE])
    return search.found


def collect() -> None:
    """Bring the catalogues up to the code: new texts come in empty, gone ones go."""
    _run(makemessages.Command(), [code for code, _name in settings.LANGUAGES])


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait for another search to end: all of them write to the same file beside the catalogues, and to these."""
    folder = os.open(settings.LOCALE_PATHS[0], os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _run(command: makemessages.Command, languages: list[str]) -> None:
    from django.core.management import call_command

    with _one_at_a_time():
        call_command(
            command,
            locale=languages,
            ignore_patterns=IGNORED,
            no_obsolete=True,
            add_location="file",
            verbosity=0,
        )


def faults(language: str, wanted: set[Text] | None) -> Iterator[str]:
    """What is wrong with the catalogue, a line each; `wanted` are the texts of the code where they are known."""
    path = catalogue(language)
    if not path.exists():
        yield "there is no catalogue"
        return
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    for entry in entries:
        if entry.fuzzy:
            yield f"not confirmed (fuzzy): {entry.msgid!r}"
        elif not entry.translated():
            if language != SOURCE_LANGUAGE:
                yield f"not translated: {entry.msgid!r}"
        elif not _same_placeholders(entry):
            yield f"other placeholders than the text has: {entry.msgid!r}"
        elif language != SOURCE_LANGUAGE and not all(map(_is_set, _texts_of(entry))):
            yield f"straight quotes, three dots or a breaking space before a unit: {entry.msgid!r}"
    for context, msgid in sorted((wanted or set()) - {_text(entry) for entry in entries}):
        yield f"missing from the catalogue: {f'[{context}] ' if context else ''}{msgid!r}"


def _text(entry: polib.POEntry) -> Text:
    return entry.msgctxt or "", entry.msgid


def _texts_of(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr, *entry.msgstr_plural.values()]


def _is_set(text: str) -> bool:
    """Whether the translation is written as a text should be: the interface is not set when it is shown."""
    bare = TAG.sub("", text)
    return not (set("\"'") & set(bare) or "..." in bare or BREAKING.search(bare))


def _same_placeholders(entry: polib.POEntry) -> bool:
    wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    return all(set(PLACEHOLDER.findall(text)) <= wanted for text in entry.msgstr_plural.values()) and (
        not entry.msgstr or set(PLACEHOLDER.findall(entry.msgstr)) == wanted
    )

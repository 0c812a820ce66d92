"""Style sheets for the browser, one file a component for people: joined when static files are found.

Every page has the first sheet. The second is for the pages where texts are written and worked on, the third for what
learners hand in and for the desk of their teachers: few open these.
"""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

FOLDER = Path(__file__).parent / "static" / "css"
NAME, TEXTS, COURSEWORK = "css/site.css", "css/texts.css", "css/coursework.css"
# Order is meaning: values first, then what the later files build on, print last.
PARTS = (
    "tokens", "base", "pattern", "header", "forms", "findings", "cards", "front", "pages", "search", "course", "study",
    "prose", "blocks", "glossary", "map", "network", "work", "drafts", "account", "print",
)  # fmt: skip
SHEETS = {
    NAME: PARTS,
    TEXTS: ("editor", "writing"),
    COURSEWORK: ("assignments", "reviewing", "marking", "talking", "desk"),
}


def joined(name: str = NAME) -> str:
    return "\n".join((FOLDER / f"{part}.css").read_text(encoding="utf-8").strip() for part in SHEETS[name]) + "\n"


class JoinedStyles(Storage):
    """A storage that holds the made files."""

    def _open(self, name: str, mode: str = "rb") -> ContentFile[bytes]:
        return ContentFile(joined(name).encode(), name=name)

    def exists(self, name: str) -> bool:
        return name in SHEETS

    def path(self, name: str) -> str:
        # collectstatic names the source in its log; it reads through open().
        return str(FOLDER / "*.css")

    def get_modified_time(self, name: str) -> datetime.datetime:
        newest = max((FOLDER / f"{part}.css").stat().st_mtime for part in SHEETS[name])
        return datetime.datetime.fromtimestamp(newest, tz=datetime.UTC)


class JoinedStylesFinder(BaseFinder):
    """Finds the sheets, which exist only as their parts."""

    storage = JoinedStyles()

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> list[str]:  # type: ignore[override]
        # There is no such file on disk to serve directly; collectstatic writes it.
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, JoinedStyles]]:
        for name in SHEETS:
            yield name, self.storage

"""One style sheet for the browser, one file a component for people: joined when static files are found."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

FOLDER = Path(__file__).parent / "static" / "css"
NAME = "css/site.css"
# Order is meaning: values first, then what the later files build on, print last.
PARTS = (
    "tokens", "base", "pattern", "header", "forms", "findings", "cards", "front", "pages", "search", "course", "study",
    "prose", "blocks", "glossary", "map", "network", "work", "drafts", "editor", "writing", "account", "print",
)  # fmt: skip


def joined() -> str:
    return "\n".join((FOLDER / f"{part}.css").read_text(encoding="utf-8").strip() for part in PARTS) + "\n"


class JoinedStyles(Storage):
    """A storage that holds one made file."""

    def _open(self, name: str, mode: str = "rb") -> ContentFile[bytes]:
        return ContentFile(joined().encode(), name=name)

    def exists(self, name: str) -> bool:
        return name == NAME

    def path(self, name: str) -> str:
        # collectstatic names the source in its log; it reads through open().
        return str(FOLDER / "*.css")

    def get_modified_time(self, name: str) -> datetime.datetime:
        newest = max((FOLDER / f"{part}.css").stat().st_mtime for part in PARTS)
        return datetime.datetime.fromtimestamp(newest, tz=datetime.UTC)


class JoinedStylesFinder(BaseFinder):
    """Finds `css/site.css`, which exists only as its parts."""

    storage = JoinedStyles()

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> list[str]:  # type: ignore[override]
        # There is no such file on disk to serve directly; collectstatic writes it.
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, JoinedStyles]]:
        yield NAME, self.storage

"""manage.py backup: a copy of the database and the uploaded files that belongs together. See docs/operations.md."""

import contextlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

PREFIX = "backup-"


class Command(BaseCommand):
    help = "Write a backup into a new folder of its own below the given one; the service may go on running."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where backups are kept; best on another disk")
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="delete all but the newest N backups")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("The database is on a server: back it up with pg_dump; see docs/operations.md.")
        os.umask(0o077)
        target = options["folder"] / f"{PREFIX}{timezone.now():%Y%m%dT%H%M%S%fZ}"
        part = target.with_name(f".{target.name}.part")
        try:
            part.mkdir(parents=True)
            # The database first: a file outlives the row that names it, so every row of the copy has its file.
            rows = copy_database(part / "db.sqlite3")
            files = copy_media(part / "media", previous(options["folder"]))
            copy_secrets(part)
            part.rename(target)
        except (OSError, sqlite3.Error) as error:
            shutil.rmtree(part, ignore_errors=True)
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"{target}: {rows} pages, {files} files.")
        if options["keep"] > 0:
            for old in backups(options["folder"])[: -options["keep"]]:
                shutil.rmtree(old)


def copy_database(target: Path) -> int:
    """One consistent copy, whatever is written meanwhile; checked before it is trusted. Returns its number of pages."""
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=30)) as source:
        source.execute("VACUUM INTO ?", (str(target),))
    with closing(sqlite3.connect(target)) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        broken = copy.execute("PRAGMA foreign_key_check").fetchone()
        if verdict != "ok" or broken:
            raise sqlite3.DatabaseError(f"the copy is damaged: {verdict if verdict != 'ok' else broken}")
        (pages,) = copy.execute("SELECT count(*) FROM wagtailcore_page").fetchone()
    return int(pages)


def copy_media(target: Path, earlier: Path | None) -> int:
    """Copy originals, documents and the renditions that rows of the database name. Returns their number."""
    source = Path(settings.MEDIA_ROOT)
    count = 0
    for path in sorted(source.rglob("*")) if source.exists() else ():
        if not path.is_file():
            continue
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        _link_or_copy(path, place, earlier and earlier / "media" / path.relative_to(source))
        count += 1
    return count


def _link_or_copy(path: Path, place: Path, same: Path | None) -> None:
    """Uploaded files never change: one that the earlier backup holds is shared with it and takes no room."""
    if same and same.exists() and _age_and_size(same) == _age_and_size(path):
        try:
            os.link(same, place)
        except OSError:
            pass  # a disk without links
        else:
            return
    # A file that is deleted at this moment is one that nobody wants back.
    with contextlib.suppress(FileNotFoundError):
        shutil.copy2(path, place)


def _age_and_size(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def copy_secrets(target: Path) -> None:
    """Without the key that it was encrypted with, nobody's second factor can be read."""
    key = Path(settings.DATA_DIR, "secret_key")
    if key.exists():
        shutil.copy2(key, target / "secret_key")


def backups(folder: Path) -> list[Path]:
    """The whole backups, the oldest first."""
    return sorted(path for path in folder.glob(f"{PREFIX}*") if path.is_dir())


def previous(folder: Path) -> Path | None:
    return next(reversed(backups(folder)), None)

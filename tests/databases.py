"""The test database: made once by the migrations, and put back from a snapshot wherever a test has committed.

Django's own way, emptying all tables, loses the site tree, roles and workflow that migrations make.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol

from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[1]


class Snapshot(Protocol):
    """A copy of the freshly migrated database."""

    def begin(self) -> None:
        """Before Django sets the test database up: start from the last snapshot, or from nothing."""

    def keep(self) -> None:
        """After the set-up: remember the database as it is."""

    def restore(self) -> None:
        """After a test that committed: bring the database back."""

    def end(self) -> None:
        """After the last test."""


def snapshot() -> Snapshot:
    """The snapshot of the database that the settings name."""
    name = str(connection.settings_dict["TEST"]["NAME"])
    return SqliteSnapshot(Path(name)) if connection.vendor == "sqlite" else PostgresSnapshot(name)


class SqliteSnapshot:
    """A file that all test processes share, kept between runs until a migration changes: it saves ten seconds."""

    def __init__(self, database: Path) -> None:
        self.database = database
        # A process beside others has a folder of its own within that of the run, and its name on the database.
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        shared = database.parent.parent / database.name.removesuffix(f"_{worker}") if worker else database
        self.file = shared.with_name(f"{shared.name}.{_migrations()}.snapshot")
        self._lock = shared.with_name(f"{shared.name}.lock").open("a")

    def begin(self) -> None:
        # Whoever comes second waits for the first one's migrations.
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        for suffix in ("", "-wal", "-shm"):
            self.database.with_name(self.database.name + suffix).unlink(missing_ok=True)
        if self.file.exists():
            shutil.copyfile(self.file, self.database)
            fcntl.flock(self._lock, fcntl.LOCK_UN)

    def keep(self) -> None:
        if not self.file.exists():
            self._make()
        fcntl.flock(self._lock, fcntl.LOCK_UN)

    def _make(self) -> None:
        for old in self.file.parent.glob(f"{self.file.name.split('.')[0]}.*.snapshot"):
            old.unlink()
        part = self.file.with_suffix(".part")
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(self.database)) as source:
            source.execute("VACUUM INTO ?", (str(part),))
        part.replace(self.file)

    def restore(self) -> None:
        connections.close_all()
        with closing(sqlite3.connect(self.file)) as source, closing(sqlite3.connect(self.database)) as target:
            source.backup(target)

    def end(self) -> None:
        """The file stays for the next run."""


class PostgresSnapshot:
    """A second database, from which the first is made again."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.copy = f"{database}_snapshot"

    def begin(self) -> None:
        """Django makes the database anew in every run."""

    def keep(self) -> None:
        self._replace(self.copy, self.database)

    def restore(self) -> None:
        self._replace(self.database, self.copy)

    def end(self) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')

    def _replace(self, target: str, source: str) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _migrations() -> str:
    """Changes with any migration and library, so that an edited migration is not taken for one that was applied."""
    digest = hashlib.blake2b((ROOT / "requirements.txt").read_bytes(), digest_size=8)
    for area in ("site", "learning", "blog", "network", "search"):
        for path in sorted((ROOT / area).glob("**/migrations/*.py")):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()

"""A backup can be trusted: it is consistent while people write, and what it holds can be put back."""

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.databases import SqliteSnapshot, snapshot

pytestmark = [pytest.mark.sqlite, pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")]


@pytest.fixture
def installation(settings: Settings, tmp_path: Path, django_db_setup: None) -> Path:
    """A data folder with a database in use, a document and a key."""
    made = snapshot()
    if not isinstance(made, SqliteSnapshot):
        pytest.skip("Backups of a database server are made with its own tools")
    data = tmp_path / "data"
    (data / "media/private/documents").mkdir(parents=True)
    (data / "media/public").mkdir()
    shutil.copy(made.file, data / "db.sqlite3")
    (data / "media/private/documents/ohje.pdf").write_bytes(b"%PDF-")
    (data / "media/public/kuva.webp").write_bytes(b"RIFF")
    (data / "secret_key").write_text("avain")
    settings.DATA_DIR, settings.MEDIA_ROOT = data, data / "media"
    settings.DATABASES = {"default": {**settings.DATABASES["default"], "NAME": str(data / "db.sqlite3")}}
    return data


@pytest.fixture
def back_up(installation: Path, tmp_path: Path) -> Callable[..., Path]:
    def run(**options: int) -> Path:
        output = StringIO()
        call_command("backup", tmp_path / "backups", stdout=output, **options)
        return Path(output.getvalue().split(":")[0])

    return run


Run = Callable[..., Path]


def count(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_backup_holds_the_database_the_uploads_and_the_key(back_up: Run, installation: Path) -> None:
    made = back_up()

    assert count(made / "db.sqlite3", "wagtailcore_page") == count(installation / "db.sqlite3", "wagtailcore_page") > 0
    assert (made / "media/private/documents/ohje.pdf").read_bytes() == b"%PDF-"
    assert (made / "secret_key").read_text() == "avain"
    assert (made / "media/public/kuva.webp").read_bytes() == b"RIFF"


def test_nobody_else_on_the_machine_may_read_it(back_up: Run) -> None:
    made = back_up()
    assert made.stat().st_mode & 0o077 == 0
    assert (made / "db.sqlite3").stat().st_mode & 0o077 == 0


def test_what_is_only_in_the_write_ahead_log_is_in_the_copy(back_up: Run, installation: Path) -> None:
    with closing(sqlite3.connect(installation / "db.sqlite3")) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE rows (id INTEGER)")
        writer.executemany("INSERT INTO rows VALUES (?)", [(number,) for number in range(900)])
        writer.commit()
        assert count(back_up() / "db.sqlite3", "rows") == 900


def test_it_is_consistent_while_people_write(back_up: Run, installation: Path) -> None:
    database = installation / "db.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE one (id INTEGER)")
        connection.execute("CREATE TABLE other (id INTEGER)")
    ending = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(database, timeout=20)) as connection:
            while not ending.is_set():
                with connection:
                    connection.execute("INSERT INTO one VALUES (1)")
                    connection.execute("INSERT INTO other VALUES (1)")

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        copies = [back_up() / "db.sqlite3" for _ in range(5)]
    finally:
        ending.set()
        for writer in writers:
            writer.join()

    assert all(count(copy, "one") == count(copy, "other") for copy in copies)
    assert count(copies[-1], "one") > 0


def test_files_that_are_the_same_take_no_room_twice(back_up: Run, installation: Path) -> None:
    first = back_up() / "media/private/documents/ohje.pdf"
    (installation / "media/private/documents/uusi.pdf").write_bytes(b"%PDF-2")
    second = back_up() / "media/private/documents/ohje.pdf"
    assert second.stat().st_ino == first.stat().st_ino
    assert (second.parent / "uusi.pdf").read_bytes() == b"%PDF-2"


def test_old_backups_go_when_asked(back_up: Run, tmp_path: Path) -> None:
    made = [back_up(keep=2) for _ in range(4)]
    assert sorted((tmp_path / "backups").iterdir()) == made[2:]


def test_a_damaged_database_is_not_called_a_backup(back_up: Run, installation: Path, tmp_path: Path) -> None:
    database = installation / "db.sqlite3"
    content = bytearray(database.read_bytes())
    content[4096 * 3 : 4096 * 60] = b"\x55" * (4096 * 57)
    database.write_bytes(content)
    with pytest.raises(CommandError, match="No backup was made"):
        back_up()
    assert not list((tmp_path / "backups").iterdir())


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(installation: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup", tmp_path / "file" / "backups")

"""Whole classes that write at once: every answer comes, soon; and whatever dies, what was acknowledged is there."""

import asyncio
import os
import random
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.drafts.learners import Learner, all_write
from tests.drafts.rig import Rig, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Processes are looked for in /proc")
KILLS = int(os.environ.get("KILLS") or 3)
LONGEST_P95 = 0.25
# As often as one draft may be saved.
PAUSE = 0.6
# How many write at once on each database.
PEOPLE = {"postgresql": 200, "sqlite": 20}


@pytest.fixture
def rig(request: pytest.FixtureRequest, database_snapshot: Any, db: None, tmp_path: Path) -> Iterator[Rig]:
    """The server on a copy of the freshly migrated database."""
    database = ""
    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_load"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{database_snapshot.copy}"')
        database = f"{os.environ['TEST_DATABASE_URL'].rsplit('/', 1)[0]}/{name}"
    else:
        shutil.copyfile(database_snapshot.file, tmp_path / "db.sqlite3")
    rig = Rig(tmp_path, database)
    yield rig
    rig.end()
    if database:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def p(seconds: list[float], part: float) -> float:
    return sorted(seconds)[int(len(seconds) * part)]


def assert_kept(rig: Rig, people: list[Learner]) -> None:
    """The database holds of each the last text that was acknowledged, or one that was sent after it."""
    found = rig.read()
    assert not [each.refused for each in people if each.refused]
    for each in people:
        number = int(found[each.name]["text"].split()[0])
        assert each.acknowledged <= number <= each.sent
        assert found[each.name]["copies"] == []


@pytest.mark.benchmark
def test_a_class_that_saves_every_two_seconds_is_answered_soon(rig: Rig) -> None:
    number = PEOPLE[connection.vendor]
    people = rig.people(number)
    rig.start()
    wait_for(lambda: len(rig.workers()) == 2, 60)
    asyncio.run(all_write(people, every=2, seconds=4))
    for each in people:
        each.seconds.clear()
    asyncio.run(all_write(people, every=2, seconds=60))
    seconds = [second for each in people for second in each.seconds]
    print(
        f"\n{connection.vendor}: {number} people, {len(seconds)} saves, lost {sum(each.lost for each in people)},"
        f" p50 {p(seconds, 0.5) * 1000:.0f} ms, p95 {p(seconds, 0.95) * 1000:.0f} ms, most {max(seconds) * 1000:.0f} ms"
    )
    assert sum(each.lost for each in people) == 0
    assert len(seconds) >= number * 29
    assert_kept(rig, people)
    assert p(seconds, 0.95) <= LONGEST_P95


def test_what_was_acknowledged_outlives_every_kill(rig: Rig) -> None:
    """Twenty people save all the time while one web process after the other is killed in the middle of its work."""
    people = rig.people(20)
    rig.start()
    stop = threading.Event()
    writing = threading.Thread(target=lambda: asyncio.run(keep_writing(people, stop)))
    writing.start()
    dice = random.Random()
    began = time.monotonic()
    try:
        for _kill in range(KILLS):
            wait_for(rig.workers, 60)
            saved = acknowledged(people) + 10
            wait_for(lambda least=saved: acknowledged(people) > least, 60)  # type: ignore[misc]
            time.sleep(dice.uniform(0, 0.1))
            rig.kill(dice.choice(rig.workers()))
    finally:
        stop.set()
        writing.join()
    print(
        f"\n{connection.vendor}: {KILLS} kills in {time.monotonic() - began:.0f} s,"
        f" {acknowledged(people)} saves acknowledged, {sum(each.lost for each in people)} without"
        f" an answer"
    )
    assert sum(each.lost for each in people) >= 1
    assert_kept(rig, people)


def acknowledged(people: list[Learner]) -> int:
    return sum(each.acknowledged for each in people)


async def keep_writing(people: list[Learner], stop: threading.Event) -> None:
    while not stop.is_set():
        await all_write(people, every=PAUSE, seconds=1)

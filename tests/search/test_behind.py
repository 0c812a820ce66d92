"""Whether the index follows what changes, and what readers are told and given when it does not."""

import datetime
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import current, indexing, outbox
from search.engines import Filters, IndexUnavailable, Results
from search.engines.resilient import Following, ResilientReader
from search.models import IndexTarget, Outbox
from search.query import parse
from tests.factories.pages import standing_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


def work() -> None:
    while indexing.apply():
        pass


def found() -> Results:
    outbox._behind.clear()
    return current.engine().search(parse("työpaja"))


def let_wait() -> None:
    """Let what waits have waited for as long as readers are not told of."""
    Outbox.objects.update(changed_at=timezone.now() - outbox.BEHIND_AFTER - datetime.timedelta(seconds=1))


def test_readers_are_told_when_changes_have_waited_for_long(client: Client) -> None:
    standing_page("Ilmiötyöpajat")
    work()
    assert not found().degraded
    standing_page("Uusi työpaja")
    assert not found().degraded
    let_wait()
    results = found()
    # What there is is shown all the same, by the same index.
    assert (results.total, results.degraded) == (1, True)
    assert client.get("/haku/", {"q": "työpaja"}).context["found"].results.degraded
    work()
    results = found()
    assert (results.total, results.degraded) == (2, False)


def test_what_was_handed_out_and_not_applied_waits_too() -> None:
    work()
    standing_page("Ilmiötyöpajat")
    outbox.hand_out()
    let_wait()
    assert found().degraded


def test_what_failed_by_itself_or_waits_for_another_index_leaves_the_others_as_they_are() -> None:
    standing_page("Ilmiötyöpajat")
    Outbox.objects.all().delete()
    own, other = outbox.registered(outbox.own_name()), IndexTarget.objects.create(name="another")
    Outbox.objects.create(kind=Outbox.Kind.PAGE, object_id=1, target=own, attempts=1)
    Outbox.objects.create(kind=Outbox.Kind.PAGE, object_id=1, target=other)
    let_wait()
    assert not found().degraded


def test_it_is_looked_up_once_in_a_while_whoever_asks() -> None:
    outbox._behind.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for _ in range(20):
            outbox.is_behind("host")
    assert len(queries) == 1


def a_reader(name: str, **fault: Any) -> Mock:
    return Mock(**{"search.return_value": Results(total=1, forms=(name,)), **fault})


@pytest.mark.parametrize(
    ("late", "answers", "degraded"),
    [((), "first", False), (("first",), "second", True), (("first", "second"), "first", True)],
)
def test_who_is_up_to_date_answers_before_who_is_not(late: tuple[str, ...], answers: str, degraded: bool) -> None:
    followers = [Following(name, a_reader(name), partial(late.__contains__, name)) for name in ("first", "second")]
    results = ResilientReader(followers, a_reader("last")).search(parse("x"))
    assert (results.forms, results.degraded) == ((answers,), degraded)


@pytest.mark.parametrize("fault", [IndexUnavailable("gone"), ValueError("a fault")])
def test_who_cannot_answer_is_passed_over(fault: Exception) -> None:
    broken = a_reader("broken", **{"search.side_effect": fault})
    reader = ResilientReader([Following("broken", broken, lambda: False)], a_reader("last"))
    results = reader.search(parse("x"))
    assert (results.forms, results.degraded) == (("last",), True)


def copied(file: Path, to: Path) -> Path:
    """A copy of the index as it is now, as a backup would take it."""
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    return to


def put_back(copy: Path, file: Path) -> None:
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    copy.replace(file)


@pytest.mark.parametrize("happens_since", [work, indexing.rebuild], ids=["changes", "a rebuild"])
def test_an_older_copy_of_the_index_is_noticed_and_built_anew(
    happens_since: Callable[[], object], tmp_path: Path, settings: Any
) -> None:
    gone = standing_page("Vanha työpaja")
    work()
    copy = copied(settings.SEARCH_INDEX, tmp_path / "copy")
    gone.delete()
    standing_page("Uusi työpaja")
    happens_since()
    put_back(copy, settings.SEARCH_INDEX)
    # What a process has in memory of the newer one is no help with it.
    assert [hit.document.title for hit in found().hits] != ["Uusi työpaja"]
    work()
    assert [hit.document.title for hit in found().hits] == ["Uusi työpaja"]


def test_an_index_that_has_come_farther_than_is_known_is_kept(settings: Any, tmp_path: Path) -> None:
    standing_page("Ilmiötyöpajat")
    work()
    known = IndexTarget.objects.values("build", "written").get()
    standing_page("Uusi työpaja")
    work()
    # A worker that was killed between writing and saying so.
    IndexTarget.objects.update(**known)
    work()
    assert current.indices()[0].engine.state() != (known["build"], known["written"])
    before = current.indices()[0].engine.state()
    work()
    assert current.indices()[0].engine.state() == before
    assert before
    assert before.build == known["build"]


def is_missing(file: Path) -> None:
    file.unlink()


def is_damaged(file: Path) -> None:
    # Another file in its place: what a process has in memory of the old one says nothing of it.
    file.unlink()
    file.write_bytes(b"no database" * 1000)


@pytest.mark.parametrize("happens", [is_missing, is_damaged])
def test_without_its_index_the_search_finds_titles_and_leads_until_the_index_is_built_again(
    happens: Callable[[Path], None], client: Client, settings: Any
) -> None:
    standing_page("Ilmiötyöpajat", lead="Mitä pajoissa tehdään.")
    work()
    happens(settings.SEARCH_INDEX)
    page = client.get("/haku/", {"q": "työpaja"})
    assert page.status_code == 200
    results = page.context["found"].results
    assert ([hit.document.title for hit in results.hits], results.degraded) == (["Ilmiötyöpajat"], True)
    suggested = client.get("/haku/ehdotukset/", {"q": "ilmi"}).json()["suggestions"]
    assert [each["text"] for each in suggested] == ["Ilmiötyöpajat"]
    assert client.get("/api/search/", {"q": "työpaja"}).json()["degraded"] is True
    work()
    results = current.engine().search(parse("työpaja"), filters=Filters(kinds=frozenset({"page"})))
    assert (results.total, results.degraded) == (1, False)

"""Every index gets every change, whichever worker is there and whenever it comes."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Locale, Page

from home.models import HomePage, StandardPage
from search import current, indexing, outbox
from search.models import IndexTarget, Outbox
from search.query import parse
from search.signals import connect
from vocabulary.models import GlossaryTerm

pytestmark = pytest.mark.django_db
Move = Callable[[str], None]


@pytest.fixture(autouse=True)
def move_to(tmp_path: Path, settings: Any) -> Move:
    """Be another host that shares the database: it has its own index and its own files of a running service."""

    def move(host: str) -> None:
        settings.RUN_DIR = tmp_path / host
        settings.SEARCH_INDEX = tmp_path / host / "search.sqlite3"

    connect()
    Page.objects.filter(depth__gt=2).delete()
    GlossaryTerm.objects.all().delete()
    Outbox.objects.all().delete()
    move("first")
    return move


def add(title: str) -> StandardPage:
    front = HomePage.objects.filter(locale=Locale.get_default()).first()
    if front is None:
        front = HomePage(title="Etusivu", slug="etusivu-2", hero="Etusivu", locale=Locale.get_default())
        Page.get_first_root_node().add_child(instance=front)
    page = StandardPage(title=title, locale=front.locale)
    front.add_child(instance=page)
    return page


def work() -> None:
    while indexing.apply():
        pass


def total(typed: str) -> int:
    return current.engine().search(parse(typed)).total


def test_each_host_brings_every_change_to_its_own_index(move_to: Move) -> None:
    work()
    move_to("second")
    work()
    add("Ilmiötyöpajat")
    work()
    assert total("työpaja") == 1
    move_to("first")
    assert total("työpaja") == 0
    work()
    assert total("työpaja") == 1
    assert not Outbox.objects.exists()


def test_a_host_that_comes_later_finds_what_was_handed_out_before(move_to: Move) -> None:
    work()
    add("Ilmiötyöpajat")
    work()
    move_to("second")
    work()
    assert total("työpaja") == 1


def test_an_index_that_nobody_keeps_is_forgotten_and_built_anew_when_it_returns(move_to: Move) -> None:
    work()
    move_to("second")
    work()
    add("Ilmiötyöpajat")
    long_ago = timezone.now() - outbox.FORGOTTEN_AFTER - datetime.timedelta(hours=1)
    IndexTarget.objects.exclude(name=f"host:{outbox.this_host()}").update(seen_at=long_ago)
    IndexTarget.objects.filter(name=f"host:{outbox.this_host()}").update(
        seen_at=timezone.now() - datetime.timedelta(hours=2)
    )
    work()
    assert IndexTarget.objects.count() == 1
    assert not Outbox.objects.exists()
    move_to("first")
    work()
    assert total("työpaja") == 1


def test_a_host_keeps_its_name() -> None:
    assert outbox.this_host() == outbox.this_host()
    assert len(outbox.this_host()) == 12


def test_only_one_host_at_a_time_writes_to_the_cluster(move_to: Move) -> None:
    target = outbox.registered(outbox.CLUSTER)
    with outbox.sole_writer(target) as alone:
        assert alone
        move_to("second")
        with outbox.sole_writer(target) as too:
            assert not too
        move_to("first")
    move_to("second")
    with outbox.sole_writer(target) as alone:
        assert alone


def test_a_host_that_stopped_without_a_word_is_replaced(move_to: Move) -> None:
    target = outbox.registered(outbox.CLUSTER)
    assert outbox.hold(target)
    move_to("second")
    assert not outbox.hold(target)
    IndexTarget.objects.update(held_until=timezone.now() - datetime.timedelta(seconds=1))
    assert outbox.hold(target)


def test_the_command_says_what_differs_and_mends_it() -> None:
    page = add("Ilmiötyöpajat")
    answer = io.StringIO()
    call_command("index", stdout=answer)
    assert "embedded: 1 documents in the index" in answer.getvalue()
    call_command("index", "--check", stdout=answer)
    assert "embedded: the index is whole" in answer.getvalue()
    current.indices()[0].engine.delete([f"page:{page.pk}"])
    with pytest.raises(CommandError, match=rf"embedded: Missing: page:{page.pk}\. Surplus: nothing\."):
        call_command("index", "--check")
    call_command("index", "--rebuild", stdout=answer)
    assert "1 documents indexed" in answer.getvalue()
    call_command("index", "--check", stdout=answer)


def test_the_command_shows_a_bar_on_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    add("Ilmiötyöpajat")
    terminal = Terminal()
    call_command("index", "--rebuild", stdout=terminal)
    assert "100%  1 documents" in terminal.getvalue()


def test_the_command_says_that_there_is_no_cluster() -> None:
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("index", "--check", "--engine", "cluster")

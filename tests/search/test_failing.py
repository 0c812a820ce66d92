"""What cannot be indexed stops nothing else, is not left in the index as it was, and is tried again."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from wagtail.models import Page

from common import jobs
from home.models import StandardPage
from search import current, indexing, kinds, outbox, rebuilding, resting
from search.current import Index, engine
from search.documents import Document
from search.engines.elasticsearch import engine as cluster_engine
from search.engines.embedded import engine as embedded_engine
from search.engines.embedded import writing
from search.engines.errors import NotIndexed
from search.models import IndexTarget, Outbox
from search.query import parse
from search.rebuilding import Everything
from search.sources import BY_KIND, SOURCES
from vocabulary.models import GlossaryTerm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
BROKEN = "Rikkinäinen raportti"


def cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    make = kinds._page

    def page(page: Any, *args: Any, **rest: Any) -> Document:
        if page.title == BROKEN:
            raise ValueError("no such stream")
        return make(page, *args, **rest)

    monkeypatch.setattr(kinds, "_page", page)


def is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    write = writing.write

    def written(document: Document, *args: Any) -> None:
        if document.title == BROKEN:
            raise ValueError("cannot be written")
        write(document, *args)

    monkeypatch.setattr(embedded_engine, "write", written)


FAILURES = pytest.mark.parametrize("fail", [cannot_be_made, is_refused])
Fail = Callable[[pytest.MonkeyPatch], None]


def add(title: str) -> StandardPage:
    front = Page.objects.filter(depth=2).first()
    assert front
    page = StandardPage(title=title, locale=front.locale)
    front.add_child(instance=page)
    return page


def work() -> None:
    Outbox.objects.update(due_at=timezone.now())
    while indexing.apply():
        pass


def found() -> set[str]:
    return {hit.document.title for hit in engine().search(parse("raportti")).hits}


def waiting() -> list[tuple[str, int]]:
    return list(Outbox.objects.values_list("kind", "object_id"))


@FAILURES
def test_a_rebuild_leaves_out_what_fails_and_it_is_tried_again(fail: Fail, monkeypatch: pytest.MonkeyPatch) -> None:
    page, _whole = add(BROKEN), add("Ehjä raportti")
    with monkeypatch.context() as failing:
        fail(failing)
        indexing.rebuild()
        work()
        assert found() == {"Ehjä raportti"}
        assert waiting() == [("page", page.pk)]
    work()
    assert found() == {"Ehjä raportti", BROKEN}
    assert not waiting()


@FAILURES
def test_what_fails_is_no_longer_found_as_it_was(fail: Fail, monkeypatch: pytest.MonkeyPatch) -> None:
    page, whole = add(BROKEN), add("Ehjä raportti")
    work()
    assert found() == {"Ehjä raportti", BROKEN}
    fail(monkeypatch)
    page.save()
    whole.save()
    work()
    assert found() == {"Ehjä raportti"}
    row = Outbox.objects.get()
    assert (row.object_id, row.attempts, row.due_at > timezone.now()) == (page.pk, 1, True)


@FAILURES
def test_what_fails_does_not_have_the_index_built_anew_each_time(fail: Fail, monkeypatch: pytest.MonkeyPatch) -> None:
    page = add(BROKEN)
    fail(monkeypatch)
    work()
    indexing.mend()
    assert waiting() == [("page", page.pk)]


def test_where_nothing_can_be_written_the_index_in_use_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    add("Ehjä raportti")
    work()
    monkeypatch.setattr(embedded_engine, "_BATCH", 1)
    monkeypatch.setattr(embedded_engine, "write", Mock(side_effect=ValueError("cannot be written")))
    for number in range(6):
        add(f"Raportti {number}")
    with pytest.raises(ValueError, match="cannot be written"):
        indexing.rebuild()
    assert found() == {"Ehjä raportti"}


def a_term() -> GlossaryTerm:
    return GlossaryTerm.objects.create(
        code="raportti", name_fi="Raportti", name_sv="Rapport", name_en="Report", definition_fi="Kertoo, mitä on tehty."
    )


def no_kind(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Nothing of the kind can be made into a document."""
    broken = replace(BY_KIND[kind], to_document=Mock(side_effect=ValueError("no such field")))
    monkeypatch.setattr(rebuilding, "SOURCES", [broken if source.kind == kind else source for source in SOURCES])


def is_refused_as_a_kind(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Nothing of the kind can be written."""
    write = writing.write

    def written(document: Document, *args: Any) -> None:
        if document.kind == kind:
            raise ValueError("no such field")
        write(document, *args)

    monkeypatch.setattr(embedded_engine, "write", written)


@pytest.mark.parametrize("fail", [no_kind, is_refused_as_a_kind])
def test_an_index_is_not_replaced_by_one_without_a_whole_kind(
    fail: Callable[[pytest.MonkeyPatch, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add("Ehjä raportti")
    a_term()
    work()
    assert found() == {"Ehjä raportti", "Raportti"}
    fail(monkeypatch, "term")
    with pytest.raises(CommandError, match=r"embedded: .* term: ValueError: no such field"):
        call_command("index", "--rebuild")
    assert found() == {"Ehjä raportti", "Raportti"}


def test_while_a_whole_kind_fails_the_old_index_follows_the_others_and_the_check_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_term()
    work()
    with monkeypatch.context() as failing:
        no_kind(failing, "term")
        Outbox.objects.create(kind=Outbox.Kind.ALL)
        add("Ehjä raportti")
        work()
        assert found() == {"Ehjä raportti", "Raportti"}
        assert waiting() == [("all", 0)]
        indexing.mend()
        assert waiting() == [("all", 0)]
        with pytest.raises(CommandError, match=r"could not be built anew: .* term: ValueError: no such field"):
            call_command("index", "--check")
    work()
    assert not waiting()


def test_where_there_is_no_index_yet_one_without_a_kind_is_better_than_none(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    add("Ehjä raportti")
    term = a_term()
    settings.SEARCH_INDEX.unlink()
    no_kind(monkeypatch, "term")
    indexing.rebuild()
    assert found() == {"Ehjä raportti"}
    assert waiting() == [("term", term.pk)]


def test_one_refused_document_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    page = add(BROKEN)
    add("Ehjä raportti")
    is_refused(monkeypatch)
    indexing.rebuild()
    assert found() == {"Ehjä raportti"}
    assert waiting() == [("page", page.pk)]


def test_a_cluster_names_what_it_refused() -> None:
    page = add(BROKEN)
    add("Ehjä raportti")
    given: list[list[str]] = []

    def rebuild(documents: Any, progress: Callable[[int], None]) -> int:
        given.append([document.title for document in documents])
        if BROKEN in given[-1]:
            raise NotIndexed({f"page:{page.pk}": "too long"})
        return len(given[-1])

    everything = Everything()
    everything.build(Mock(rebuild=rebuild), lambda count: None)
    assert "Ehjä raportti" in given[1]
    assert everything.failed == {("page", page.pk)}


def test_the_fault_of_an_index_costs_the_others_no_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    (own,) = current.indices()
    broken = Index("broken", "broken", Mock(is_built=Mock(side_effect=ValueError("a fault"))))
    monkeypatch.setattr(current, "indices", lambda: [broken, own])
    add("Ehjä raportti")
    indexing.apply()
    indexing.apply()
    assert found() == {"Ehjä raportti"}
    assert IndexTarget.objects.get(name="broken").trouble == "a fault"
    assert broken.engine.is_built.call_count == 1  # type: ignore[attr-defined]
    indexing._rests.clear()


def test_trouble_that_no_index_has_puts_the_worker_off_for_seconds_and_not_for_minutes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add("Ehjä raportti")
    job = next(job for job in jobs.registered() if job.name == "search: index changes")
    pauses = []
    with monkeypatch.context() as failing:
        failing.setattr(current, "indices", Mock(side_effect=OperationalError("the database is away")))
        for _ in range(12):
            # What raises is put off by the worker, for up to five minutes.
            assert job.run() is False
            pauses.append(indexing._trouble._until - time.monotonic())
            indexing._trouble._until = 0.0
    assert pauses[0] <= 2
    assert pauses[3] > 2 * pauses[0]
    assert max(pauses) <= resting.LONGEST
    while job.run():
        pass
    assert found() == {"Ehjä raportti"}
    assert indexing._trouble.failures == 0


def test_a_writer_that_lost_the_cluster_stops(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = outbox.registered(outbox.CLUSTER)
    assert outbox.hold(target)
    outbox.go_on_holding(target)
    IndexTarget.objects.update(held_until=timezone.now())
    settings.RUN_DIR = tmp_path / "second"
    assert outbox.hold(target)
    settings.RUN_DIR = tmp_path
    with pytest.raises(outbox.LeaseLost):
        outbox.go_on_holding(target)


def test_a_writer_that_lost_the_cluster_writes_nothing_and_keeps_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    Outbox.objects.all().delete()
    page = add("Ehjä raportti")
    cluster = Index(outbox.CLUSTER, "cluster", Mock())
    monkeypatch.setattr(current, "indices", lambda: [cluster])
    outbox.registered(outbox.CLUSTER)
    Outbox.objects.filter(kind=Outbox.Kind.ALL).delete()

    def lose() -> bool:
        IndexTarget.objects.update(held_by="another")
        return True

    cluster.engine.is_built = lose  # type: ignore[method-assign]
    assert indexing.apply() is False
    cluster.engine.index.assert_not_called()  # type: ignore[attr-defined]
    assert Outbox.objects.filter(target__name=outbox.CLUSTER, object_id=page.pk, attempts=0).exists()
    assert IndexTarget.objects.get(name=outbox.CLUSTER).trouble == ""


def test_the_cluster_is_held_for_longer_than_a_step_may_take() -> None:
    # Taking a new index into use is three requests.
    assert outbox.HELD.total_seconds() >= 3 * cluster_engine._BUILD_SECONDS

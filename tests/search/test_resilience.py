"""A cluster that fails in every way: searching goes on, publishing is unharmed, and all catches up by itself."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from search import current, indexing, outbox, resting
from search.engines import Results, breaker
from search.engines.errors import Unreachable
from search.models import IndexTarget, Outbox
from search.query import parse
from search.signals import connect
from tests.clusters import Node
from tests.factories.pages import standing_page
from tests.search.conftest import make
from vocabulary.models import GlossaryTerm

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch_rig]
# A search that a dead cluster holds up for its whole patience, on a busy machine.
SLOWEST = 3.0
# What failed is left alone for less long than in service.
SHORTER = [(resting, "FIRST", 0.1), (resting, "LONGEST", 1.0), (breaker, "LONGEST_PAUSE", 2.0)]


@pytest.fixture(scope="module")
def running_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("elasticsearch"))
    node.start()
    yield node
    node.end()


@pytest.fixture
def node(running_node: Node, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Node]:
    """A node that answers, with this test's own empty index on it and on this host."""
    for module, name, seconds in SHORTER:
        monkeypatch.setattr(module, name, seconds)
    if not running_node.lives():
        running_node.start()
    settings.RUN_DIR = tmp_path
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    settings.ELASTICSEARCH_HOSTS = [running_node.url]
    settings.ELASTICSEARCH_INDEX_PREFIX = f"test-{time.time_ns()}"
    settings.ELASTICSEARCH_TIMEOUT = 1.5
    connect()
    Page.objects.filter(depth__gt=2).delete()
    GlossaryTerm.objects.all().delete()
    IndexTarget.objects.all().delete()
    Outbox.objects.all().delete()
    forget()
    # The first searches of a node that has just started are slow.
    wait_until(is_caught_up)
    yield running_node
    forget()


def forget() -> None:
    """What a process remembers about the cluster, as in one that has just started."""
    indexing._rests.clear()
    outbox._behind.clear()


def work() -> None:
    while indexing.apply():
        pass


def found(typed: str, *access: str) -> Results:
    return current.engine().search(parse(typed), access=access or ("public",))


def wait_until(holds: Callable[[], object], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "this took too long"
        time.sleep(0.1)


def is_caught_up() -> bool:
    """Whether the cluster answers again and has every change, nobody having lent a hand."""
    work()
    return not Outbox.objects.exists() and not found("työpaja").degraded


def assert_nothing_differs() -> None:
    for index in current.indices():
        assert not any(indexing.difference(index)), index.label


def test_a_change_reaches_the_cluster_and_its_reserve(node: Node) -> None:
    page = standing_page("Ilmiötyöpajat")
    # A busy machine may be slow to answer now and then.
    wait_until(is_caught_up)
    assert [hit.document.key for hit in found("työpaja").hits] == [f"page:{page.pk}"]
    assert_nothing_differs()
    assert [index.engine.check().documents for index in current.indices()] == [1, 1]


def test_a_killed_cluster_holds_nothing_up_and_catches_up(node: Node, client: Client) -> None:
    kept, gone = standing_page("Ilmiötyöpajat"), standing_page("Vanha työpaja")
    work()
    node.signal(signal.SIGKILL)
    began = time.monotonic()
    results = found("työpaja")
    assert time.monotonic() - began < SLOWEST
    assert (results.total, results.degraded) == (2, True)
    page = client.get("/haku/", {"q": "työpaja"})
    assert page.status_code == 200
    assert page.context["found"].results.degraded
    # Publishing goes on, and what remains follows it.
    Page.objects.get(pk=gone.pk).delete()
    new = standing_page("Uusi työpaja")
    work()
    assert {hit.document.key for hit in found("työpaja").hits} == {f"page:{kept.pk}", f"page:{new.pk}"}
    assert Outbox.objects.filter(target__name=outbox.CLUSTER).exists()
    assert not Outbox.objects.exclude(target__name=outbox.CLUSTER).exists()
    assert IndexTarget.objects.get(name=outbox.CLUSTER).trouble
    node.start()
    wait_until(is_caught_up)
    assert {hit.document.key for hit in found("työpaja").hits} == {f"page:{kept.pk}", f"page:{new.pk}"}
    assert_nothing_differs()


def test_a_paused_cluster_is_soon_asked_no_more(node: Node) -> None:
    standing_page("Ilmiötyöpajat")
    work()
    with node.paused():
        times = []
        for _ in range(20):
            began = time.monotonic()
            assert found("työpaja").degraded
            times.append(time.monotonic() - began)
        # One waits for as long as the cluster may take, and one more where the breaker tries again.
        assert sorted(times)[-3] < 0.2
        assert max(times) < SLOWEST
        standing_page("Toinen työpaja")
        work()
        assert found("työpaja").total == 2
    wait_until(is_caught_up)
    assert found("työpaja").total == 2
    assert_nothing_differs()


def test_a_cluster_that_takes_no_writes_shows_nothing_that_has_been_closed(node: Node) -> None:
    page = standing_page("Ilmiötyöpajat")
    standing_page("Toinen työpaja")
    work()
    engine = current.indices()[1].engine
    client, names = engine._client, engine._indices.aliases  # type: ignore[attr-defined]
    client.indices.put_settings(index=list(names), settings={"index.blocks.write": True})
    try:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        standing_page("Kolmas työpaja")
        work()
        outbox._behind.clear()
        results = found("työpaja")
        assert (results.total, results.degraded) == (2, True)
        assert found("työpaja", "public", "members").total == 3
        with pytest.raises(Unreachable):
            engine.delete(["page:1"])
    finally:
        client.indices.put_settings(index=list(names), settings={"index.blocks.write": None})
    wait_until(is_caught_up)
    assert found("työpaja").total == 2
    assert_nothing_differs()


def test_without_any_index_titles_and_leads_are_searched(node: Node, settings: Any) -> None:
    standing_page("Ilmiötyöpajat")
    secret = standing_page("Salainen työpaja")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    standing_page("Muuta", lead="Lopuksi työpajoista.")
    standing_page("Työpajaluonnos", live=False)
    work()
    with node.paused():
        settings.SEARCH_INDEX.unlink()
        results = found("työpaja")
        assert [hit.document.title for hit in results.hits] == ["Ilmiötyöpajat", "Muuta"]
        assert results.degraded
        assert "<mark>" in results.hits[1].excerpt
        assert found("työpaja", "public", "members").total == 3
        assert [suggestion.text for suggestion in current.engine().suggest("ilmi")] == ["Ilmiötyöpajat"]
        keys = [f"page:{secret.pk}", f"page:{secret.pk - 1}"]
        assert set(current.engine().fetch(keys)) == {f"page:{secret.pk - 1}"}
    wait_until(is_caught_up)
    assert found("työpaja").total == 2


def test_a_cluster_that_lost_everything_is_filled_again(node: Node) -> None:
    standing_page("Ilmiötyöpajat")
    work()
    current.indices()[1].engine._indices.remove()  # type: ignore[attr-defined]
    assert found("työpaja").degraded
    assert found("työpaja").total == 1
    wait_until(is_caught_up)
    assert_nothing_differs()


def test_a_lost_document_is_noticed_and_mended_in_the_cluster_alone(node: Node) -> None:
    page = standing_page("Ilmiötyöpajat")
    work()
    current.indices()[1].engine.delete([f"page:{page.pk}"])
    indexing.mend()
    assert [row.target.name for row in Outbox.objects.select_related("target") if row.target] == [outbox.CLUSTER]
    work()
    assert_nothing_differs()


def test_a_host_that_holds_the_cluster_no_longer_writes_nothing_to_it(node: Node) -> None:
    IndexTarget.objects.filter(name=outbox.CLUSTER).update(held_by="another")
    with pytest.raises(outbox.LeaseLost):
        current.indices()[1].engine.index([make("page:1", "Ilmiötyöpajat")])
    assert not current.indices()[1].engine.digests()

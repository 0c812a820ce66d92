"""What all tests share: the database, what this machine can run, and a running service to visit."""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation
from django_tasks import default_task_backend
from pytest_django import DjangoDbBlocker

from search import voikko
from tests import clusters
from tests.databases import Snapshot, snapshot
from tests.serving import Service, prepared_data

# Markers of tests that run only when they are asked for.
CHOSEN = ("benchmark", "validator")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_blocker", "django_db_setup"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str | None:
    """The browser to drive: the one that CHROMIUM names, or one on the path."""
    return os.environ.get("CHROMIUM") or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def missing(item: pytest.Item) -> str:
    """What the test needs and this machine lacks, as a reason; or ''."""
    if item.get_closest_marker("browser") and not chromium():
        return "Chromium was not found; install it, or name it with CHROMIUM"
    if item.get_closest_marker("postgres") and not os.environ.get("TEST_DATABASE_URL"):
        return "PostgreSQL was not named; set TEST_DATABASE_URL"
    if item.get_closest_marker("elasticsearch") and not os.environ.get("TEST_ELASTICSEARCH_URL"):
        return "Elasticsearch was not named; set TEST_ELASTICSEARCH_URL"
    if item.get_closest_marker("native_voikko") and voikko.native() is None:
        return "Voikko's own library was not found; install libvoikko1 and voikko-fi"
    if item.get_closest_marker("elasticsearch_rig") and not clusters.rig():
        return "No way to start and stop Elasticsearch was found; name its folder with ELASTICSEARCH_RIG"
    if item.get_closest_marker("verapdf") and not (os.environ.get("VERAPDF_JARS") and shutil.which("java")):
        return "veraPDF was not named; set VERAPDF_JARS (the folder of its jars, see .ci/verapdf.xml), and install Java"
    return ""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """How test processes side by side share the tests, in place of --dist loadfile."""
    from tests.sharing_out import SharingOut

    return SharingOut(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the translations, which a fresh checkout has only as text: some tests read Finnish."""
    from common.catalogues import compile_catalogues

    compile_catalogues()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only runs when -m chooses it; have the database restored after tests that commit."""
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        if commits(item):
            # First in, so last out: Django's own fixture ends by emptying all tables.
            item.fixturenames.insert(0, "_restored_database")
        if asks_the_database(item):
            item.add_marker(pytest.mark.database)
    asked_for = config.option.markexpr
    left_out = [
        item for item in items for name in CHOSEN if name not in asked_for and item.get_closest_marker(name) is not None
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what stays until the end out of searches for garbage: they took a quarter of the migrations' time."""
    gc.collect()
    gc.freeze()


def asks_the_database(item: pytest.Function) -> bool:
    """Whether the test may ask the database: no other one passes or fails by which database that is."""
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


def commits(item: pytest.Function) -> bool:
    """Whether the test writes outside the one transaction that Django rolls back."""
    marker = item.get_closest_marker("django_db")
    marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return marked or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin in the site's own language; skip what cannot run here, or fail where everything must (REQUIRE_ALL=1)."""
    # A page that the test before asked for in another language leaves that language on; and what was cached of rows
    # that were rolled back would be taken for that of new rows with the same ids.
    translation.deactivate()
    cache.clear()
    forget_editors_words()
    waiting: Any = default_task_backend
    waiting.clear()
    reason = missing(item)
    if reason and os.environ.get("REQUIRE_ALL"):
        pytest.fail(f"REQUIRE_ALL is set, and {reason}", pytrace=False)
    if reason:
        pytest.skip(reason)


def forget_editors_words() -> None:
    """Have the search read synonyms, best bets and wordings anew: a rollback is no change that it would notice."""
    # Models can be imported once Django is set up.
    from search import pinned, synonyms, wordings

    for each in (pinned, synonyms, wordings):
        each.forget()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each reason why tests were skipped."""
    reasons = Counter(
        str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr).removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
    )
    for reason, count in reasons.items():
        terminalreporter.write_line(f"Not run: {count} test{'s' * (count > 1)}. {reason}.")


@pytest.fixture(scope="session")
def database_snapshot(django_db_modify_db_settings_parallel_suffix: None, django_test_environment: None) -> Snapshot:
    """The database as the migrations leave it."""
    return snapshot()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_snapshot: Snapshot, django_db_blocker: DjangoDbBlocker) -> None:
    """Start from the snapshot of an earlier run, so that one that was interrupted leaves no trace."""
    with django_db_blocker.unblock():
        database_snapshot.begin()


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    """On a server, make the database anew; a file was put in place already."""
    return bool(os.environ.get("TEST_DATABASE_URL"))


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, database_snapshot: Snapshot, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The test database, and a snapshot of it for tests that commit."""
    with django_db_blocker.unblock():
        database_snapshot.keep()
    yield
    with django_db_blocker.unblock():
        database_snapshot.end()


@pytest.fixture
def _restored_database(database_snapshot: Snapshot, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Bring the database back after a test that committed; given to those tests when they are collected."""
    yield
    from common import kept

    with django_db_blocker.unblock():
        database_snapshot.restore()
    kept.forget()


@pytest.fixture
def background(settings: Any) -> None:
    """What saving leaves to the worker is done at once: Wagtail counts usages and makes its own search find things.

    Elsewhere the tests, like visitors, do without it: it is the half of what making a page costs.
    """
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}


@pytest.fixture(scope="session")
def media() -> Path:
    """The folder of the run's uploads: `private` with originals and documents, `public` with renditions."""
    from django.conf import settings

    return Path(settings.MEDIA_ROOT)


@pytest.fixture(scope="session")
def prepared() -> Path:
    """A data folder with the demonstration content in it, made once. Copy it; do not write to it."""
    return prepared_data()


@pytest.fixture(scope="session")
def service(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The whole service running on a copy of the demonstration, for tests that visit it from outside."""
    data = tmp_path_factory.mktemp("service") / "data"
    shutil.copytree(prepared, data)
    running = Service(data)
    running.start()
    yield running
    running.end()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's program, for playwright's executable_path."""
    path = chromium()
    assert path, "mark the test with pytest.mark.browser"
    return path

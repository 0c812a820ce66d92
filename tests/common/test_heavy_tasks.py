"""What takes much memory is done in a child of the worker, which ends; nothing else waits for it."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from wagtail.images.tests.utils import get_test_image_file

from common import queued_tasks
from common.models import SiteImage, SiteRendition
from common.queued_tasks import HEAVY, WORKER_ID, run_background_tasks, run_heavy_tasks, run_heavy_tasks_beside

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60


@pytest.fixture(autouse=True)
def _queued(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture(autouse=True)
def _childless() -> Iterator[None]:
    yield
    if queued_tasks._child is not None:
        queued_tasks._child.kill()
        queued_tasks._child.wait()
        queued_tasks._child = None


@pytest.fixture
def task() -> "DBTaskResult[Any, Any]":
    """The sizes of a picture that has just come."""
    SiteImage.objects.create(title="K", file=get_test_image_file(size=(1200, 800)))
    return DBTaskResult.objects.get(queue_name=HEAVY)


def starting(program: str, settings: Settings, folder: Path) -> None:
    """Have the worker start this in place of the service's own commands."""
    settings.ROOT = folder
    (folder / "manage.py").write_text(program)


def until_it_has_ended() -> None:
    child = queued_tasks._child
    assert child is not None
    child.wait(PATIENCE)


def test_the_worker_makes_no_sizes_in_its_own_process(task: "DBTaskResult[Any, Any]") -> None:
    run_background_tasks()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY
    assert not DBTaskResult.objects.ready().exclude(queue_name=HEAVY).exists()

    run_heavy_tasks()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.SUCCESSFUL
    assert SiteRendition.objects.count() == 5


def test_one_child_is_started_and_not_waited_for(
    task: "DBTaskResult[Any, Any]", settings: Settings, tmp_path: Path
) -> None:
    log = tmp_path / "started"
    starting(
        f"import sys, time; open({str(log)!r}, 'a').write(sys.argv[1] + '\\n'); time.sleep(60)", settings, tmp_path
    )
    began = time.monotonic()
    for _ in range(3):
        run_heavy_tasks_beside()
    assert time.monotonic() - began < 5
    child = queued_tasks._child
    assert child is not None
    deadline = time.monotonic() + PATIENCE
    while not log.exists() or not log.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    run_heavy_tasks_beside()
    assert queued_tasks._child is child
    assert log.read_text() == "heavy_tasks\n"


def test_what_a_child_was_killed_in_is_given_up_and_the_rest_goes_on(
    task: "DBTaskResult[Any, Any]", settings: Settings, tmp_path: Path
) -> None:
    other = SiteImage.objects.create(title="T", file=get_test_image_file(size=(600, 400)))
    task.claim(WORKER_ID)
    starting("import os; os.kill(os.getpid(), 9)", settings, tmp_path)
    run_heavy_tasks_beside()
    until_it_has_ended()
    with pytest.raises(RuntimeError, match="-9"):
        run_heavy_tasks_beside()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED

    run_heavy_tasks()
    assert SiteRendition.objects.filter(image=other).exists()


def test_no_child_is_started_where_nothing_waits() -> None:
    run_heavy_tasks_beside()
    assert queued_tasks._child is None

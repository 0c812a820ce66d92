"""The worker's loop: every job in its own time, and none that stops the others."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from common import jobs
from common.management.commands.worker import LONGEST_BACK_OFF, Turn, work


@pytest.fixture
def run_jobs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Run":
    """Run the loop with the jobs that the test registers, until it is enough; return how long it took to stop."""
    monkeypatch.setattr(jobs, "_jobs", {})

    def run(is_enough: Callable[[], bool]) -> float:
        stopping, told = threading.Event(), [0.0]

        def watch() -> None:
            deadline = time.monotonic() + PATIENCE
            while not is_enough() and time.monotonic() < deadline:
                time.sleep(0.005)
            told[0] = time.monotonic()
            stopping.set()

        threading.Thread(target=watch, daemon=True).start()
        work(stopping, tmp_path / "worker.heartbeat")
        return time.monotonic() - told[0]

    return run


Run = Callable[[Callable[[], bool]], float]
PATIENCE = 30


@pytest.mark.django_db
def test_a_job_that_fails_neither_stops_the_others_nor_is_given_up(run_jobs: Run) -> None:
    tries: list[str] = []

    def fail() -> bool:
        tries.append("failing")
        raise ZeroDivisionError

    def succeed() -> bool:
        tries.append("working")
        return False

    jobs.register("failing", 0.01, fail)
    jobs.register("working", 0.01, succeed)
    run_jobs(lambda: tries.count("working") > tries.count("failing") > 1)

    assert tries.count("working") > tries.count("failing") > 1


@pytest.mark.django_db
def test_a_job_with_more_to_do_is_called_at_once_but_the_others_have_their_turn(run_jobs: Run) -> None:
    calls: list[str] = []

    def called(name: str, has_more: bool) -> Callable[[], bool]:
        def job() -> bool:
            calls.append(name)
            time.sleep(0.001)
            return has_more

        return job

    jobs.register("busy", 60, called("busy", True))
    jobs.register("rare", 60, called("rare", False))
    run_jobs(lambda: calls.count("busy") > 5)

    assert calls[:3] == ["busy", "rare", "busy"]
    assert calls.count("busy") > 5
    assert calls.count("rare") == 1


@pytest.mark.django_db
def test_the_pause_after_failures_grows_to_a_limit() -> None:
    def fail() -> bool:
        raise ZeroDivisionError

    turn = Turn(jobs.Job("failing", 2, fail))
    pauses = []
    for _ in range(2000):
        turn.run()
        pauses.append(turn.due - time.monotonic())
    assert pauses[0] == pytest.approx(4, abs=1)
    assert pauses[1] == pytest.approx(8, abs=1)
    assert pauses[-1] == pytest.approx(LONGEST_BACK_OFF, abs=1)


@pytest.mark.django_db
def test_it_stops_within_a_second_and_leaves_a_heartbeat(run_jobs: Run, tmp_path: Path) -> None:
    jobs.register("rare", 3600, lambda: False)
    heartbeat = tmp_path / "worker.heartbeat"
    assert run_jobs(heartbeat.exists) < 1
    assert heartbeat.exists()


def test_the_jobs_of_the_service_are_registered() -> None:
    names = {job.name for job in jobs.registered()}
    assert {"mail", "publish_scheduled", "tasks", "search: index changes"} <= names

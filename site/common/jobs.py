"""What the worker process does between requests. Apps register their jobs when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """`run` returns True when it did something and may have more to do at once."""

    name: str
    every_seconds: float
    run: Callable[[], bool]


_jobs: dict[str, Job] = {}


def register(name: str, every_seconds: float, run: Callable[[], bool]) -> None:
    """Have the worker call `run` every so many seconds; a second registration by the name replaces the first."""
    _jobs[name] = Job(name, every_seconds, run)


def registered() -> list[Job]:
    """All jobs, in the order of registration."""
    return list(_jobs.values())

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from common import generation


@pytest.fixture
def changed(
    settings: Settings, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Callable[[Callable[[], object]], bool]:
    """Whether an act makes the kept pages stale."""
    settings.RUN_DIR = tmp_path

    def watch(act: Callable[[], object]) -> bool:
        before = generation.current()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return generation.current() != before

    return watch

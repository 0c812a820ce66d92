"""Files of the demonstration's tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import override_settings

from demo import services


@pytest.fixture(scope="module", autouse=True)
def own_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The module's own media and password files."""
    folder = tmp_path_factory.mktemp("demo")
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder / "media")},
    }
    with override_settings(
        DATA_DIR=folder, MEDIA_ROOT=folder / "media", STORAGES={**django_settings.STORAGES, "default": storage}
    ):
        yield folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content that a test may spoil."""
    return Path(shutil.copytree(services.CONTENT, tmp_path / "content"))

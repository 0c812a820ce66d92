"""The image holds all that the site needs to run, and only that. It is laid out in a folder here, not built."""

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
# What compose.yaml takes from .env, and what it says in other places.
FILLED = {"SITE_URL": "https://verkosto.example", "ALLOWED_HOSTS": "verkosto.example", "EMAIL_URL": "smtp://mail"}


def steps(kind: str) -> list[str]:
    return re.findall(rf"^{kind} (.+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)


def ignored() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return [line.strip().removeprefix("**/") for line in lines if line.strip() and not line.startswith("#")]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's folder of the image: what `COPY . .` brings there."""
    folder = tmp_path_factory.mktemp("image") / "site"

    def left_out(place: str, names: list[str]) -> set[str]:
        # Docker leaves a name without stars in front out at the top alone: what is laid out here may only be less.
        return {name for name in names for pattern in ignored() if fnmatch(name, pattern)}

    shutil.copytree(ROOT, folder, ignore=left_out, symlinks=True)
    return folder


def test_what_is_copied_by_name_is_there() -> None:
    for step in steps("COPY"):
        *sources, _target = [word for word in step.split() if not word.startswith("--")]
        assert all((ROOT / source).exists() for source in sources)


def test_everything_is_installed_from_the_file_that_names_hashes() -> None:
    (install,) = [step for step in steps("RUN") if step.startswith("pip install")]
    assert "--require-hashes" in install
    assert "--hash=sha256:" in (ROOT / "requirements.txt").read_text()


def test_it_holds_no_secrets_no_data_and_no_tests(image: Path) -> None:
    there = {path.name for path in image.iterdir()}
    assert {"manage.py", "site", "search", "templates"} <= there
    assert not {".env", ".git", ".venv", "var", "tests"} & there


@pytest.mark.parametrize("command", ["worker", "prepare", "web"])
def test_the_commands_of_the_services_start_there(image: Path, command: str, tmp_path: Path) -> None:
    services: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    words = services[command]["command"].split()
    # Asking for help loads the settings and the code of a command, and does nothing; the web server has none to give.
    asked = [*words[1:], "--help"] if words[1] == "manage.py" else ["-c", f"import {words[2]}, config.wsgi"]
    (paths,) = re.findall(r"PYTHONPATH=(\S+)", (ROOT / "Dockerfile").read_text())
    environment = {
        name: re.sub(r"\$\{(\w+)[^}]*\}", lambda match: FILLED.get(match[1], "1" * 50), value)
        for name, value in services[command]["environment"].items()
    }
    run = subprocess.run(
        [sys.executable, *asked],
        cwd=image,
        env={
            "PATH": os.environ["PATH"],
            **environment,
            "PYTHONPATH": paths.replace("/site", str(image), 1).replace(":/site", f":{image}"),
            "DATA_DIR": str(tmp_path),
            "MEDIA_DIR": str(tmp_path),
            "ELASTICSEARCH_CA_FILE": __file__,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr

"""Whatever is killed while pages change, the indices hold what the database holds. CI and `make chaos` kill more."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.elasticsearch.connection import Cluster
from search.engines.elasticsearch.indices import Indices
from tests.serving import ROOT, environment

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="Processes are forked after the site is loaded"),
]
KILLS = int(os.environ.get("KILLS") or 5)
CHANGES_PER_KILL = 25


@pytest.fixture
def prefix() -> Iterator[str]:
    """How the names of the cluster's indices begin, which are removed afterwards."""
    prefix = f"test-kills-{os.getpid()}"
    yield prefix
    if url := os.environ.get("TEST_ELASTICSEARCH_URL"):
        cluster = Cluster((url,), prefix=prefix)
        Indices(cluster, cluster.client()).remove()


@pytest.mark.parametrize("engine", ["embedded", pytest.param("cluster", marks=pytest.mark.elasticsearch)])
def test_after_random_kills_nothing_is_lost_or_stale(engine: str, prepared: Path, tmp_path: Path, prefix: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(prepared, data)
    more = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}"}
    if engine == "cluster":
        more["ELASTICSEARCH_URL"] = os.environ["TEST_ELASTICSEARCH_URL"]
        more["ELASTICSEARCH_INDEX_PREFIX"] = prefix
        more["ELASTICSEARCH_TIMEOUT_MS"] = "2000"
    run = subprocess.run(
        [sys.executable, "-m", "tests.search.kills", f"--kills={KILLS}", f"--changes={KILLS * CHANGES_PER_KILL}"],
        env=environment(data, 8000, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    told = json.loads(run.stdout.splitlines()[-1])
    print(json.dumps(told, indent=1))
    assert told["kills"] >= KILLS
    assert told["changes"] >= KILLS * CHANGES_PER_KILL
    assert told["searches"]
    assert told["caught up"]
    assert (told["waiting"], told["failed searches"], told["database"]) == (0, 0, "ok")
    for name in {"embedded", engine}:
        assert told[name]["documents"]
        assert (told[name]["problem"], told[name]["lost"], told[name]["surplus"], told[name]["stale"]) == (
            "",
            [],
            [],
            [],
        )

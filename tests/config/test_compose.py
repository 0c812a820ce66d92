"""compose.yaml and Dockerfile name what there is. Containers are not started here."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from config import health

ROOT = Path(__file__).resolve().parents[2]
SITE = ("web", "worker", "prepare")
NODES = ("search1", "search2", "search3")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return loaded


def documented() -> set[str]:
    return set(re.findall(r"`([A-Z][A-Z_]{3,})", (ROOT / "docs/settings.md").read_text()))


def test_every_variable_of_the_site_is_a_setting(compose: dict[str, Any]) -> None:
    for name in SITE:
        assert set(compose["services"][name]["environment"]) <= documented()


def test_everything_that_must_be_filled_in_is_in_the_example(compose: dict[str, Any]) -> None:
    text = (ROOT / "compose.yaml").read_text()
    required = set(re.findall(r"\$\{([A-Z_]+):\?", text))
    example = dict(
        line.split("=", 1)
        for line in (ROOT / "compose.env.example").read_text().splitlines()
        if line and not line.startswith("#")
    )
    assert required == set(example)
    # Whatever else is taken from the environment has a value of its own.
    others = set(re.findall(r"\$\{([A-Z_]+)\}", text))
    assert others <= required


def test_what_serves_has_a_health_check_and_who_needs_it_waits(compose: dict[str, Any]) -> None:
    services = compose["services"]
    passing = {name for name, service in services.items() if service.get("restart") == "no"}
    for name, service in services.items():
        assert name in passing or service["healthcheck"]["test"]
        for needed, how in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if needed in passing else "service_healthy"
            assert how["condition"] == wanted, (name, needed)


def test_the_cluster_has_three_nodes_that_know_each_other_and_speak_tls(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name in NODES:
        environment = services[name]["environment"]
        assert environment["node.name"] == name
        assert environment["cluster.initial_master_nodes"].split(",") == list(NODES)
        for layer in ("http", "transport"):
            assert environment[f"xpack.security.{layer}.ssl.enabled"] == "true"
            assert environment[f"xpack.security.{layer}.ssl.key"] == f"certificates/{name}/{name}.key"
        assert f"{name}:/usr/share/elasticsearch/data" in services[name]["volumes"]
        assert services[name]["image"].rpartition(":-")[2].startswith("8.19.")
    addresses = services["web"]["environment"]["ELASTICSEARCH_URL"].split(",")
    assert [address.rpartition("@")[2] for address in addresses] == [f"{name}:9200" for name in NODES]
    assert all(address.startswith("https://verkosto:") for address in addresses)


def test_every_volume_is_declared(compose: dict[str, Any]) -> None:
    used = {volume.split(":")[0] for service in compose["services"].values() for volume in service.get("volumes", [])}
    assert used == set(compose["volumes"])


def test_the_image_runs_a_python_that_the_code_allows() -> None:
    (version,) = re.findall(r"FROM python:3\.(\d+)", (ROOT / "Dockerfile").read_text())
    assert 11 <= int(version) < 14


def test_a_worker_is_well_while_it_shows_that_it_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert not health.worker()
    (tmp_path / "run").mkdir()
    heartbeat = tmp_path / "run/worker.heartbeat"
    heartbeat.touch()
    assert health.worker()
    monkeypatch.setattr(health, "OLDEST_HEARTBEAT", -1)
    assert not health.worker()


def test_a_web_server_that_does_not_answer_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1")
    assert not health.web()

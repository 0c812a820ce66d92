from typing import Any

import pytest

from search.checks import cluster_is_reached_in_secret


@pytest.mark.parametrize(
    ("hosts", "ids"),
    [
        ([], []),
        (["http://127.0.0.1:9200"], []),
        (["https://a.example:9200", "https://b.example:9200"], []),
        (["https://a.example:9200", "http://b.example:9200"], ["search.W002"]),
    ],
)
def test_another_machine_is_reached_through_tls(hosts: list[str], ids: list[str], settings: Any) -> None:
    settings.ELASTICSEARCH_HOSTS = hosts
    assert [warning.id for warning in cluster_is_reached_in_secret(None)] == ids

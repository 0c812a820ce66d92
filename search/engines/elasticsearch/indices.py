"""Numbered indices behind two aliases: built beside, taken into use in one step, the old ones removed."""

import re
from typing import Any, NamedTuple

from elasticsearch import Elasticsearch, NotFoundError

from search.engines.elasticsearch import mappings
from search.engines.elasticsearch.connection import Cluster


class Pair(NamedTuple):
    """The names of an index of documents and of the index of its words."""

    documents: str
    words: str


class Indices:
    """The indices of one site on the cluster."""

    def __init__(self, cluster: Cluster, client: Elasticsearch) -> None:
        self._cluster = cluster
        self._client = client
        self.aliases = Pair(f"{cluster.prefix}-documents", f"{cluster.prefix}-words")

    def are_built(self) -> bool:
        """Whether both aliases lead to indices of this version."""
        try:
            found: Any = self._client.indices.get_mapping(
                index=list(self.aliases), filter_path="*.mappings._meta.version"
            )
        except NotFoundError:
            return False
        versions = [index["mappings"]["_meta"]["version"] for index in found.values()]
        return versions == [mappings.VERSION] * 2

    def create(self) -> Pair:
        """Make the next pair, empty, for nobody to read yet."""
        number = 1 + max((int(name.rpartition("-")[2]) for name in self._all()), default=0)
        pair = Pair(*(f"{alias}-{number:06}" for alias in self.aliases))
        body = mappings.settings(self._cluster.shards)
        self._client.indices.create(index=pair.documents, settings=body, mappings=mappings.documents())
        self._client.indices.create(index=pair.words, settings=body, mappings=mappings.words())
        return pair

    def use(self, pair: Pair) -> None:
        """Have readers see this pair from their next request on, both indices at once."""
        self._client.indices.refresh(index=list(pair))
        kept = {"refresh_interval": "1s", "number_of_replicas": self._cluster.replicas}
        self._client.indices.put_settings(index=list(pair), settings=kept)
        actions: list[dict[str, Any]] = []
        for alias, name in zip(self.aliases, pair, strict=True):
            actions.append({"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}})
            actions.append({"add": {"index": name, "alias": alias}})
        self._client.indices.update_aliases(actions=actions)

    def sweep(self) -> None:
        """Remove what no alias leads to: older indices, and leftovers of builds that were cut off."""
        used = self.in_use()
        for name in self._all():
            if name not in used:
                self._client.options(ignore_status=404).indices.delete(index=name)

    def remove(self) -> None:
        """Remove all that there is, in use or not."""
        for name in self._all():
            self._client.options(ignore_status=404).indices.delete(index=name)

    def size(self) -> int:
        """Return how many bytes the indices in use take, each copy counted."""
        stats: Any = self._client.indices.stats(index=list(self.aliases), metric="store")
        return int(stats["_all"]["total"]["store"]["size_in_bytes"])

    def _all(self) -> list[str]:
        # Another site's prefix may begin like ours.
        ours = re.compile(rf"(?:{re.escape(self.aliases.documents)}|{re.escape(self.aliases.words)})-\d{{6,}}")
        found = self._client.indices.get(index=[f"{alias}-*" for alias in self.aliases], filter_path="*.aliases")
        return sorted(name for name in found if ours.fullmatch(name))

    def in_use(self) -> frozenset[str]:
        """Return the names of the indices that the aliases lead to."""
        try:
            return frozenset(self._client.indices.get_alias(name=list(self.aliases)))
        except NotFoundError as error:
            # The answer names the aliases that there are, besides saying that one is not.
            return frozenset(name for name, found in error.body.items() if isinstance(found, dict))

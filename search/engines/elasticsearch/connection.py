"""Reaching the cluster, and what it means when that fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.engines import IndexUnavailable
from search.engines.errors import Unreachable

# What a cluster answers when it is there but cannot serve: too busy, no master, disk full, no right.
_UNABLE = {401, 403, 408, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the cluster is, and how the indices of this site are called and laid out there."""

    hosts: tuple[str, ...]
    api_key: str = ""
    ca_file: str = ""
    prefix: str = "osaamisverkosto"
    shards: int = 1
    replicas: int = 0
    # Seconds that a search may take, all its requests together.
    patience: float = 0.3

    def client(self) -> Elasticsearch:
        """Return a client; each keeps its connections and which hosts were dead."""
        optional: dict[str, Any] = {}
        if self.api_key:
            optional["api_key"] = self.api_key
        if self.ca_file:
            optional["ca_certs"] = self.ca_file
        # Another host is tried when one refuses; one that is silent costs its time only once.
        return Elasticsearch(
            list(self.hosts), max_retries=len(self.hosts) - 1, retry_on_timeout=False, retry_on_status=(), **optional
        )


@contextmanager
def translated() -> Iterator[None]:
    """Turn the client's errors to the engine's: out of reach or unable, or without the index."""
    try:
        yield
    except NotFoundError as error:
        raise IndexUnavailable(f"the cluster has no such index: {_reason(error)}") from error
    except TransportError as error:
        raise Unreachable(f"{type(error).__name__}: {error.message}"[:300]) from error
    except ApiError as error:
        if error.status_code in _UNABLE:
            raise Unreachable(_reason(error)) from error
        raise


def failure(status: int, error: Any) -> Exception:
    """Return what one of several answers in one response means."""
    kind, reason = error.get("type", ""), error.get("reason", "")
    if kind == "index_not_found_exception":
        return IndexUnavailable(f"the cluster has no such index: {reason}")
    return Unreachable(f"{status} {kind}: {reason}"[:300]) if is_unable(status) else ValueError(f"{kind}: {reason}")


def is_unable(status: int) -> bool:
    """Whether the status of one answer speaks of the cluster rather than of what was asked."""
    return status in _UNABLE


def _reason(error: ApiError) -> str:
    return f"{error.status_code} {error.message}"[:300]

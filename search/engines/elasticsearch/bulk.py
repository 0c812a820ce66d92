"""Writing many things in few requests, and telling a cluster that cannot write from a document that it refuses."""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch, helpers

from search.documents import Document
from search.engines.elasticsearch.connection import is_unable
from search.engines.elasticsearch.indices import Pair
from search.engines.elasticsearch.writing import Analysed, source, word_sources
from search.engines.errors import NotIndexed, Unreachable

_CHUNK = 500
_CHUNK_BYTES = 8 * 1024 * 1024
_GO_ON_SECONDS = 5.0


class Writer:
    """Writes documents and the words they hold into a pair of indices, or through its aliases.

    `go_on` is called before it begins and every few seconds between its requests; it raises where this one must stop.
    """

    def __init__(
        self,
        client: Elasticsearch,
        names: Pair,
        analysed: Analysed,
        go_on: Callable[[], None],
        is_building: bool = False,
    ) -> None:
        self._client = client
        self._names = names
        self._analysed = analysed
        self._go_on = go_on
        self._is_building = is_building

    def write(self, documents: Iterable[Document]) -> None:
        """Write the documents, after the words that make them findable."""
        actions = [
            {"_op_type": "index", "_index": self._names.documents, "_id": d.key, "_source": source(d, self._analysed)}
            for d in documents
        ]
        new = self._analysed.unwritten()
        self._send(self._words(new.items()))
        self._analysed.wrote(new)
        self._send(actions)

    def delete(self, keys: Iterable[str]) -> None:
        self._send({"_op_type": "delete", "_index": self._names.documents, "_id": key} for key in keys)

    def _words(self, words: Iterable[Any]) -> Iterator[dict[str, Any]]:
        # A word that is there already is left as it is.
        for key, body in word_sources(words):
            yield {"_op_type": "create", "_index": self._names.words, "_id": key, "_source": body}

    def _in_time(self, actions: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """See between requests that this writer may go on."""
        asked = -math.inf
        for action in actions:
            if time.monotonic() - asked >= _GO_ON_SECONDS:
                self._go_on()
                asked = time.monotonic()
            yield action

    def _send(self, actions: Iterable[dict[str, Any]]) -> None:
        """Send in chunks. Without `require_alias` a write would make an index where there is no alias."""
        answers = helpers.streaming_bulk(
            self._client,
            self._in_time(actions),
            chunk_size=_CHUNK,
            max_chunk_bytes=_CHUNK_BYTES,
            raise_on_error=False,
            refresh=not self._is_building,
            require_alias=not self._is_building,
        )
        refused: dict[str, str] = {}
        for done, answer in answers:
            ((operation, details),) = answer.items()
            if done or (operation == "create" and details["status"] == 409):
                continue
            error = details.get("error", {})
            reason = f"{details['status']} {error.get('reason', error)}" if isinstance(error, dict) else str(error)
            if not error:
                # What was to be deleted is not there.
                continue
            if is_unable(details["status"]) or error.get("type") == "index_not_found_exception":
                raise Unreachable(reason)
            refused[details["_id"]] = reason
        if refused:
            raise NotIndexed(refused)

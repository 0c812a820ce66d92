"""Answers whatever happens: from the cluster, or from what remains while that is down, slow or behind."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from search.documents import PUBLIC, Document
from search.engines import EVERYTHING, Check, Engine, Filters, IndexUnavailable, Reader, Results, Sort, Suggestion
from search.engines.breaker import Breaker
from search.engines.errors import Unreachable
from search.query import Query

logger = logging.getLogger(__name__)
T = TypeVar("T")


class ResilientEngine:
    """Asks the main engine as long as it answers in time and is not behind; else the reserves in turn."""

    def __init__(self, main: Engine, reserves: Sequence[Reader], is_behind: Callable[[], bool]) -> None:
        self._main = main
        self._reserves = reserves
        self._is_behind = is_behind
        self._breaker = Breaker()

    def search(
        self,
        query: Query,
        *,
        filters: Filters = EVERYTHING,
        page: int = 1,
        per_page: int = 10,
        sort: Sort = Sort.RELEVANCE,
        access: Sequence[str] = (PUBLIC,),
        language: str = "fi",
    ) -> Results:
        def ask(engine: Reader) -> Results:
            return engine.search(
                query, filters=filters, page=page, per_page=per_page, sort=sort, access=access, language=language
            )

        results, is_reserve = self._answer(ask)
        return replace(results, degraded=True) if is_reserve else results

    def suggest(
        self, typed: str, *, access: Sequence[str] = (PUBLIC,), language: str = "fi", limit: int = 8
    ) -> tuple[Suggestion, ...]:
        return self._answer(lambda engine: engine.suggest(typed, access=access, language=language, limit=limit))[0]

    def fetch(self, keys: Iterable[str], *, access: Sequence[str] = (PUBLIC,)) -> dict[str, Document]:
        wanted = list(keys)
        return self._answer(lambda engine: engine.fetch(wanted, access=access))[0]

    def _answer(self, ask: Callable[[Reader], T]) -> tuple[T, bool]:
        """Return the answer, and whether it comes from a reserve."""
        if not self._is_behind() and self._breaker.lets_through():
            try:
                answer = ask(self._main)
            except Unreachable as error:
                self._breaker.failed()
                logger.warning("The cluster does not answer; searching goes on without it. %s", error)
            except IndexUnavailable:
                # It is there, and its index is being built.
                self._breaker.succeeded()
            except Exception:
                # What it cannot be asked, another engine may.
                self._breaker.succeeded()
                logger.exception("The cluster refused a search")
            else:
                self._breaker.succeeded()
                return answer, False
        for reserve in self._reserves:
            try:
                return ask(reserve), True
            except IndexUnavailable as error:
                logger.info("A reserve does not answer: %s", error)
        raise IndexUnavailable("no engine answers")

    def index(self, documents: Iterable[Document]) -> None:
        self._main.index(documents)

    def delete(self, keys: Iterable[str]) -> None:
        self._main.delete(keys)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        return self._main.rebuild(documents, progress)

    def is_built(self) -> bool:
        return self._main.is_built()

    def digests(self) -> dict[str, str]:
        return self._main.digests()

    def check(self) -> Check:
        return self._main.check()

"""Answers whatever happens: from the best index there is, or from what remains while it is down, slow or behind."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from search.documents import PUBLIC, Document
from search.engines import EVERYTHING, Filters, IndexUnavailable, Reader, Results, Sort, Suggestion
from search.engines.breaker import Breaker
from search.engines.errors import Unreachable
from search.query import Query

logger = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Following:
    """An index that follows what changes, and how to know that it no longer does."""

    name: str
    reader: Reader
    is_behind: Callable[[], bool]
    breaker: Breaker = field(default_factory=Breaker)


class ResilientReader:
    """Asks the first index as long as it answers in time and is not behind; else the next; without any, `last`."""

    def __init__(self, indices: Sequence[Following], last: Reader) -> None:
        self._indices = indices
        self._last = last

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

        results, is_less = self._answer(ask)
        return replace(results, degraded=True) if is_less else results

    def suggest(
        self, typed: str, *, access: Sequence[str] = (PUBLIC,), language: str = "fi", limit: int = 8
    ) -> tuple[Suggestion, ...]:
        return self._answer(lambda engine: engine.suggest(typed, access=access, language=language, limit=limit))[0]

    def fetch(self, keys: Iterable[str], *, access: Sequence[str] = (PUBLIC,)) -> dict[str, Document]:
        wanted = list(keys)
        return self._answer(lambda engine: engine.fetch(wanted, access=access))[0]

    def _answer(self, ask: Callable[[Reader], T]) -> tuple[T, bool]:
        """Return the answer, and whether it is less than the best there could be."""
        for index, is_less in self._in_turn():
            if not index.breaker.lets_through():
                continue
            try:
                answer = ask(index.reader)
            except Unreachable as error:
                index.breaker.failed()
                logger.warning("The %s does not answer; searching goes on without it. %s", index.name, error)
            except IndexUnavailable as error:
                # It is there, and its index is being built.
                index.breaker.succeeded()
                logger.info("The %s does not answer yet: %s", index.name, error)
            except Exception:
                # What it cannot be asked, another may.
                index.breaker.succeeded()
                logger.exception("The %s refused a search", index.name)
            else:
                index.breaker.succeeded()
                return answer, is_less
        return ask(self._last), True

    def _in_turn(self) -> Iterator[tuple[Following, bool]]:
        """Yield who is up to date before who is not, and whether an answer is to come with a notice."""
        late = []
        for place, index in enumerate(self._indices):
            if index.is_behind():
                late.append(index)
            else:
                yield index, place > 0
        yield from ((index, True) for index in late)

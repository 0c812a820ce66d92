"""What the worker has made of large runs before anybody asks: figures, and the parts of the dashboard drawn of them.

It is in the cache that all processes share, by language. Where it is missing, too old or not to be read, the page
looks for itself, which costs some hundred milliseconds and nothing else.
"""

import datetime
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from common import languages
from common.kept import remembered
from learning.study.overview.asked import Asked
from learning.study.overview.figures import Figures

logger = logging.getLogger(__name__)
# Should the worker stop, figures older than this are not shown.
LASTS_SECONDS = 300
# Changes with the shape of what is kept, so that nothing is read back that an older release wrote.
SHAPE = 1


def put(run_id: int, figures: Figures, parts: Mapping[str, str]) -> None:
    """Keep the figures, and the parts by the names of their templates, for the language in use."""
    cache.set(_name("figures", run_id), tuple(figures), LASTS_SECONDS)
    cache.set(
        _name("parts", run_id), (figures.made_at, {name: str(text) for name, text in parts.items()}), LASTS_SECONDS
    )


def forget(run_ids: Iterable[int]) -> None:
    """Leave nothing of the runs' learners behind, in any language."""
    kinds = [(what, code) for what in ("figures", "parts") for code in languages.codes()]
    cache.delete_many([_name(what, run_id, code) for run_id in run_ids for what, code in kinds])


def ready_figures(run_id: int, asked: Asked) -> Figures | None:
    """The figures in the language in use; None where there are none, or the run asked something else then."""
    found = _got(_name("figures", run_id))
    figures = Figures(*found) if found else None
    return figures if figures and figures.asked == asked.digest else None


def ready_part(run_id: int, made_at: datetime.datetime, template: str) -> SafeString | None:
    """The part as it was drawn of the figures of that moment."""
    when, parts = remembered(("ahead", run_id, languages.current(), made_at), lambda: _parts(run_id), _size)
    return mark_safe(parts[template]) if when == made_at and template in parts else None


def _parts(run_id: int) -> tuple[datetime.datetime | None, dict[str, str]]:
    return _got(_name("parts", run_id)) or (None, {})


def _size(parts: tuple[datetime.datetime | None, dict[str, str]]) -> int:
    return sum(len(text) for text in parts[1].values())


def _got(name: str) -> Any:
    try:
        return cache.get(name)
    except Exception as error:
        # Each kind of cache has errors of its own.
        logger.warning("The shared cache does not answer (%s): the dashboard is made anew.", type(error).__name__)
        return None


def _name(what: str, run_id: int, language: str = "") -> str:
    return f"desk-{what}-{SHAPE}:{run_id}:{language or languages.current()}"

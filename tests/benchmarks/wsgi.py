"""What the benchmarks' server runs: the site, and beside it in the same process what the site is compared with.

The header X-Way chooses: `cold` is the site with its page cache off, as for a reader with a session; `anew` is it
with nothing at all kept, as after a change; `first` is it with nothing kept of the desks of runs, as when nobody has
looked at them for a while; all three tell their queries. `raw` is no Django at all.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import override_settings

from common import kept

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

site: Application = get_wsgi_application()
# The middleware asks when it is made.
with override_settings(PAGE_CACHE_SECONDS=0):
    uncached: Application = WSGIHandler()


def raw(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


def cold(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    number = 0

    def count(execute: Callable[..., Any], *query: Any) -> Any:
        nonlocal number
        number += 1
        return execute(*query)

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Queries", str(number))], *rest)

    with connection.execute_wrapper(count):
        return uncached(environ, start)


def anew(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    kept.forget()
    return cold(environ, start_response)


def first(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    for key in [key for key in kept._store._entries if isinstance(key, tuple) and _is_of_desk(key[0])]:
        kept._store._drop(key)
    return cold(environ, start_response)


def _is_of_desk(kind: object) -> bool:
    """Whether entries of the kind are drawn or added up for a page of a run's desk; `drawn` and `parts` are frames."""
    return isinstance(kind, str) and (kind in {"ahead", "glance", "gradebook"} or kind.endswith(".html"))


WAYS: dict[str, Application] = {"raw": raw, "cold": cold, "anew": anew, "first": first}


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    return WAYS.get(environ.get("HTTP_X_WAY", ""), site)(environ, start_response)

"""What a device that keeps lessons for reading without a connection asks."""

import hashlib
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe

from learning.study.offline import is_offered, person_mark
from learning.study.views.opening import private

FOLDER = Path(__file__).parents[1] / "worker"


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Who is signed in on the device, as a mark, and what lets it send what waits there."""
    if not request.user.is_authenticated:
        return private(JsonResponse({"person": ""}))
    return private(JsonResponse({"person": person_mark(request.user), "token": get_token(request)}))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; where offline lessons are turned off, one that clears up after the last and leaves."""
    response = HttpResponse(_script("worker.js" if is_offered() else "leaving.js"), content_type="text/javascript")
    # Asked for anew each time, so that a new version or the end of all is noticed at once.
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def _script(name: str) -> str:
    text = (FOLDER / name).read_text(encoding="utf-8")
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"// {version}\n{text}"

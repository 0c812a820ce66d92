"""What the browser is told after signing in and out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from drafts.signing_in import HANDED_OVER, SIGNED_OUT
from drafts.writers import NEW_VISITOR, forget, remember


def clear_browser(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """After signing out no page with somebody's text comes back by the back button; a cookie that is spent goes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request, SIGNED_OUT, False):
            # Not "storage": a text that never reached the server waits there for its writer.
            response.headers.setdefault("Clear-Site-Data", '"cache"')
        if getattr(request, HANDED_OVER, False):
            forget(response)
        elif cookie := getattr(request, NEW_VISITOR, ""):
            remember(response, cookie)
        return response

    return middleware

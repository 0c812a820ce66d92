"""The content security policy: strict on every page that visitors see; the admin's exceptions in one place."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PUBLIC = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "media-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
# Wagtail's admin writes inline scripts (choosers, inline panels, date widgets) and Draftail inline styles.
# Nothing from another origin is allowed there either. See docs/security.md.
ADMIN = PUBLIC | {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "worker-src": ["'self'", "blob:"],
    "base-uri": ["'self'"],
}
ADMIN_PREFIX = "/hallinta/"


def _header(policy: dict[str, list[str]]) -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())


PUBLIC_HEADER = _header(PUBLIC)
ADMIN_HEADER = _header(ADMIN)


class ContentSecurityPolicyMiddleware:
    """Set the policy unless the view has set a stricter one of its own (files do)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        header = ADMIN_HEADER if request.path_info.startswith(ADMIN_PREFIX) else PUBLIC_HEADER
        response.headers.setdefault("Content-Security-Policy", header)
        return response

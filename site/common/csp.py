"""The content security policy: strict on every page that visitors see; the admin's exceptions in one place."""

import secrets
from collections.abc import Callable
from contextvars import ContextVar

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
    # Lessons that were opened are read without a connection (learning/study/worker/).
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
# Wagtail's admin writes inline scripts (choosers, inline panels, date widgets), each marked with the nonce of its
# answer, and Draftail inline styles. Nothing from another origin is allowed there either. See docs/security.md.
ADMIN = PUBLIC | {
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "worker-src": ["'self'", "blob:"],
    "base-uri": ["'self'"],
}
ADMIN_PREFIX = "/hallinta/"


def _header(policy: dict[str, list[str]]) -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())


def admin_header(nonce: str) -> str:
    return _header(ADMIN | {"script-src": ["'self'", f"'nonce-{nonce}'"]})


PUBLIC_HEADER = _header(PUBLIC)
_nonce: ContextVar[str] = ContextVar("nonce", default="")


def current_nonce() -> str:
    """What lets an inline script of the answer run that is being made; empty outside the administration."""
    return _nonce.get()


class ContentSecurityPolicyMiddleware:
    """Set the policy unless the view has set a stricter one of its own (files do)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_admin = request.path_info.startswith(ADMIN_PREFIX)
        nonce = secrets.token_urlsafe(16) if is_admin else ""
        before = _nonce.set(nonce)
        try:
            response = self.get_response(request)
        finally:
            _nonce.reset(before)
        response.headers.setdefault("Content-Security-Policy", admin_header(nonce) if is_admin else PUBLIC_HEADER)
        return response

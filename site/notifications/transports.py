"""Where mail goes: EMAIL_URL names a server, a folder or, for trials, the terminal or memory."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

TIMEOUT = 10
PORTS = {"smtp": 25, "smtps": 465}
SUBMISSION_PORT = 587

Send = Callable[[EmailMessage], None]


def transport(url: str) -> Send:
    """Return the function that sends one message, or raises.

    smtp://user:password@host:port?tls=1, smtps://…, file:///folder, console:// and memory:// are known.
    """
    scheme = urlsplit(url).scheme
    if scheme in PORTS:
        return _through_server(_smtp_options(url))
    if scheme == "file":
        return _folder(url)
    if scheme == "console":
        return _through(lambda: get_connection("django.core.mail.backends.console.EmailBackend"))
    if scheme == "memory":
        return _through(lambda: get_connection("django.core.mail.backends.locmem.EmailBackend"))
    raise ImproperlyConfigured(f"EMAIL_URL begins with {scheme!r}; write smtp, smtps, file, console or memory.")


def _folder(url: str) -> "_Folder":
    parts = urlsplit(url)
    # With two slashes the first folder would be taken for a host and left out of the path.
    if parts.netloc or not parts.path:
        raise ImproperlyConfigured("EMAIL_URL names no folder: write file:///srv/mail, with three slashes.")
    return _Folder(Path(unquote(parts.path)))


def _smtp_options(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured("The port in EMAIL_URL is not a number.") from None
    if not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL names no host: write smtp://host:port")
    starts_tls = parse_qs(parts.query).get("tls", ["0"])[0].lower() in {"1", "true", "yes"}
    return {
        "host": parts.hostname,
        "port": port or (SUBMISSION_PORT if starts_tls else PORTS[parts.scheme]),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": starts_tls and parts.scheme == "smtp",
        "use_ssl": parts.scheme == "smtps",
        "timeout": TIMEOUT,
    }


def _through_server(options: dict[str, Any]) -> Send:
    return _through(lambda: get_connection("django.core.mail.backends.smtp.EmailBackend", **options))


def _through(connect: Callable[[], BaseEmailBackend]) -> Send:
    def send(message: EmailMessage) -> None:
        message.connection = connect()
        message.send(fail_silently=False)

    return send


@dataclass(frozen=True)
class _Folder:
    """One .eml file a message, which any mail program opens."""

    path: Path

    def __call__(self, message: EmailMessage) -> None:
        # The messages hold links that let their reader in.
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        raw = message.message()
        name = str(raw["Message-ID"]).strip("<>").replace("/", "-")
        part = self.path / f".{name}.part"
        part.write_bytes(raw.as_bytes())
        part.replace(self.path / f"{name}.eml")

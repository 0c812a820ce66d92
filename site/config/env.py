"""Reading the environment: every setting that an installation may change comes through here."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def required(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the variable, or refuse to start with one sentence that names it."""
    value = environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}; see docs/settings.md.")
    return value


def flag(name: str, default: bool, environ: Mapping[str, str] = os.environ) -> bool:
    """Read a yes/no variable; anything else than a known word is refused."""
    value = environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write yes or no.")


def integer(name: str, default: int, environ: Mapping[str, str] = os.environ) -> int:
    """Read a whole number."""
    value = environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from None


def words(name: str, default: str = "", environ: Mapping[str, str] = os.environ) -> list[str]:
    """Read a comma-separated list; empty parts are dropped."""
    return [part.strip() for part in environ.get(name, default).split(",") if part.strip()]


def between(name: str, default: int, least: int, most: int, environ: Mapping[str, str] = os.environ) -> int:
    """Read a whole number that must lie within bounds."""
    number = integer(name, default, environ)
    if not least <= number <= most:
        raise ImproperlyConfigured(f"{name} is {number}; write a number from {least} to {most}.")
    return number


def addresses(name: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Read the addresses of one server or several, with commas between."""
    found = [address.rstrip("/") for address in words(name, environ=environ)]
    for number, address in enumerate(found, 1):
        if not _is_address(address):
            # Not shown: an address may hold a password.
            raise ImproperlyConfigured(
                f"Address {number} of {name} is none; write https://host:9200, with commas between."
            )
    return found


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def existing_file(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """Read the path of a file that must be there and readable; '' where none is named."""
    path = environ.get(name, "").strip()
    if path and not (os.path.isfile(path) and os.access(path, os.R_OK)):
        raise ImproperlyConfigured(f"{name} is {path!r}, which is no file that can be read.")
    return path

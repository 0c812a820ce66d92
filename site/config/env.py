"""Reading the environment: every setting that an installation may change comes through here."""

import os
from collections.abc import Mapping

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

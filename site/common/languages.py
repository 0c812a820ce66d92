"""The languages of the site, and the one that the reader is reading."""

from django.conf import settings
from django.utils.translation import get_language


def current() -> str:
    """The code of the reader's language; Finnish where none of the site's languages is in use."""
    code = (get_language() or "")[:2]
    finnish = settings.LANGUAGE_CODE
    # Asked a hundred times a page, mostly in Finnish.
    return code if code == finnish or code in codes() else finnish


def codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def prefix(code: str) -> str:
    """What the addresses of the language begin with."""
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


def without_prefix(path: str) -> str:
    """The path as Finnish has it: the address of a view differs between languages by its prefix alone."""
    for code in codes():
        start = f"/{code}/"
        if code != settings.LANGUAGE_CODE and path.startswith(start):
            return path[len(start) - 1 :]
    return path

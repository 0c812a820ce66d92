"""Where the pages of a text are, for letters and drafts: addresses of the reader's language."""

import uuid

from common import languages


def own_text(public_id: str) -> str:
    """The writer's page of a text."""
    return _of_language(f"/blogi/kirjoitukseni/{public_id}/")


def writing(key: str) -> str:
    """The form of a text that has not been sent; "" where no form has such a key."""
    return _of_language(f"/blogi/kirjoita/{key}/") if is_key(key) else ""


def confirming(token: str) -> str:
    return _of_language(f"/blogi/vahvista/{token}/")


def desk(public_id: str) -> str:
    """The editors' page of a text; the administration has one address in all languages."""
    return f"/hallinta/blogi/{public_id}/"


def desk_queue() -> str:
    return "/hallinta/blogi/"


def _of_language(path: str) -> str:
    return languages.prefix(languages.current()) + path


def is_key(key: str) -> bool:
    try:
        uuid.UUID(key)
    except ValueError:
        return False
    return True

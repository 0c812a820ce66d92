"""Where the pages of a text are, for letters and drafts: in the language that is in use."""

import uuid

from django.urls import reverse


def own_text(public_id: str) -> str:
    """The writer's page of a text; "" where no text has such an id."""
    return reverse("blog:own_text", args=[public_id]) if is_key(public_id) else ""


def writing(key: str) -> str:
    """The form of a text that has not been sent; "" where no form has such a key."""
    return reverse("blog:writing", args=[key]) if is_key(key) else ""


def confirming(token: str) -> str:
    return reverse("blog:confirm", args=[token])


def joining(token: str) -> str:
    return reverse("blog:join", args=[token])


def desk(public_id: str) -> str:
    """The editors' page of a text; the administration has one address in all languages."""
    return reverse("blog_text", args=[public_id]) if is_key(public_id) else ""


def desk_queue() -> str:
    return reverse("blog_queue")


def is_key(key: str) -> bool:
    try:
        uuid.UUID(key)
    except ValueError:
        return False
    return True

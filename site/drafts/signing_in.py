"""What was written before signing in goes to the person who signs in with the same browser."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from drafts.services import hand_over
from drafts.writers import Writer, visitor_of

HANDED_OVER = "drafts_handed_over"
SIGNED_OUT = "drafts_signed_out"


@receiver(user_logged_in, dispatch_uid="drafts-hand-over")
def _signed_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    visitor = visitor_of(request) if request else None
    if visitor:
        hand_over(visitor=visitor, to=Writer.person(user))
        setattr(request, HANDED_OVER, True)


@receiver(user_logged_out, dispatch_uid="drafts-signed-out")
def _signed_out(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if request is not None and user is not None:
        setattr(request, SIGNED_OUT, True)

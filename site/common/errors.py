"""Refusals that carry the sentence to show."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something that a person asked for and may not have. Subclasses say why, in the person's language."""

    message: str | Promise = _("This cannot be done.")
    # The address on this site where the person can go on; "" where there is none of its own.
    path: str = ""

    def __init__(self, message: str | Promise | None = None) -> None:
        self.message = message or self.message
        super().__init__(str(self.message))

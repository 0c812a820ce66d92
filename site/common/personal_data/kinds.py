"""What may be found, and what its writer is told."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """The kinds of personal data; each has a name and a sentence of advice."""

    IDENTITY_CODE = "identity_code", _("personal identity code")
    EMAIL = "email", _("e-mail address")
    PHONE = "phone", _("telephone number")
    ADDRESS = "address", _("street address")
    NAME = "name", _("full name and a place")

    @property
    def advice(self) -> str:
        """What to do about it, in a sentence."""
        return str(_ADVICE[self])


_ADVICE = {
    Kind.IDENTITY_CODE: _("Take it out: it never belongs in a text here."),
    Kind.EMAIL: _("Leave it out, unless it is your own or a workplace's."),
    Kind.PHONE: _("Leave it out, unless it is your own or a workplace's."),
    Kind.ADDRESS: _("Leave it out, unless it is a workplace's or a place where everyone may go."),
    Kind.NAME: _("Use another name or none, and change the place, unless the person acts in public."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind, and where it stands in the text: code points from `start` up to `end`. The words stay in the text."""

    kind: Kind
    start: int
    end: int

"""Why nothing can be said about a work, each with the sentence to show."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class NotYet(Refused):
    message = _("You can write to the teachers here when they have given feedback.")


class NotOfTheWork(Refused):
    message = _("Only the writer of the work and the teachers of the run talk about it.")


class TooMany(Refused):
    message = _("You have written very much in a short time. Try again in an hour; your text is still here.")

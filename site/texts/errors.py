"""Why a text is not taken, in words for the one who sent it."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class BadText(Refused):
    """Nothing that our own pages send: cut short on the way, or made by hand."""

    message = _("The text did not arrive whole. Please send it again.")


class TextTooLong(BadText):
    message = _("The text is too long to be handled. Please shorten it or send it in parts.")


class TextTooIntricate(BadText):
    message = _("The text has too many paragraphs, links or other formatting. Please make it simpler.")


class TooManyChanges(BadText):
    message = _("There are too many suggested changes at once. Please send some of them first.")


class BadAddress(BadText):
    message = _("A link leads to an address that cannot be used. It should begin with https://, mailto: or tel:.")

"""Why something about a certificate is not done."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class NotCompleted(Refused):
    message = _("The studies are not complete, so there is no certificate yet.")


class MoreIsNeeded(Refused):
    message = _("The certificate needs something more than the grade, so it cannot be made yet.")


class NotYours(Refused):
    message = _("This certificate is not yours to change.")


class NoLongerValid(Refused):
    message = _("The certificate is not valid any more, so it cannot be changed.")


class ReasonMissing(Refused):
    message = _("Write the reason: the owner of the certificate is told it.")


class NameMissing(Refused):
    message = _("The account has no name, and a certificate needs one.")


class NameUnchanged(Refused):
    message = _("The certificate has this name already.")


class AlreadyReplaced(Refused):
    message = _("A newer certificate has replaced this one already.")

"""Why the teachers of a run stay as they are, each with the sentence to show."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class NotResponsible(Refused):
    message = _("Only a responsible teacher of the run can do this.")


class LastResponsible(Refused):
    message = _("Somebody has to be responsible for the run. Hand the responsibility over first.")


class TeachesAlready(Refused):
    message = _("This person teaches the run already. Change the role in the list.")


class TeachesNoLonger(Refused):
    message = _("This person no longer teaches the run.")


class NoWayIn(Refused):
    message = _("This person cannot open the administration. An administrator gives the role of a teacher first.")

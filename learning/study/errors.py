"""Why an enrolment is not as somebody asked, each with the sentence to show."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class EnrolmentElsewhere(Refused):
    message = _("Enrolments for this run are taken by the institution, not in this service.")


class SignInFirst(Refused):
    message = _("Sign in to enrol. An account is free and takes a minute to make.")


class NotOpenYet(Refused):
    """Raised with the day on which enrolment opens."""


class EnrolmentEnded(Refused):
    message = _("Enrolment for this run has ended.")


class RunEnded(Refused):
    message = _("This run has ended.")


class NotAdmitted(Refused):
    """The run is for people of organisations, and the person's account does not name one of them."""

    message = _("This run is for people of certain organisations, and your account names none of them.")


class WrongCode(Refused):
    message = _("This is not the enrolment code of the run. Check it in the message that you got from the teacher.")


class TooManyCodes(Refused):
    message = _("Too many wrong codes. Wait for ten minutes and try again.")


class NotApproved(Refused):
    message = _("Your application for this run was not approved.")


class AlreadyCompleted(Refused):
    message = _("You have completed this run.")


class NothingToWithdraw(Refused):
    message = _("You are not enrolled on this run.")


class NoOffer(Refused):
    message = _("No seat is offered to you on this run.")


class OfferEnded(Refused):
    message = _("The time to answer has ended, and the seat was offered to the next person on the waiting list.")


class NotApplying(Refused):
    message = _("This person no longer waits for approval.")


class NotTheTeacher(Refused):
    message = _("Only the teachers of the run can do this.")


class OwnStudies(Refused):
    message = _("You study on this run yourself. Another teacher of the run decides about your studies.")

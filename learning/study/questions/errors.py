"""Why something cannot be asked, answered or changed, each with the sentence to show."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class RunOver(Refused):
    message = _("The run has ended for you. Its questions stay here to be read.")


class OutOfSight(Refused):
    message = _("The question has been taken out of sight, so it takes no more answers.")


class AnswerOutOfSight(Refused):
    message = _("The answer has been taken out of sight, so it cannot be marked as the one.")


class AlreadyAnswered(Refused):
    message = _("Somebody has answered already, so the question stays as it is. Add to it with an answer of your own.")


class MarkedAnswer(Refused):
    message = _("This answer has been marked as the one, so it stays as it is. You can add another answer.")


class NotYours(Refused):
    message = _("Only its writer can change this.")


class TeachersDecision(Refused):
    message = _("A teacher decided this, so only a teacher can undo it.")


class TooMany(Refused):
    message = _("You have written very much in a short time. Try again in an hour; your text is still here.")

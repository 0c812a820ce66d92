"""Why a quiz cannot be begun or gone on with, each with the sentence to show."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class NotOpenYet(Refused):
    """Raised with the moment at which the quiz opens."""

    message = _("The quiz has not opened yet.")


class QuizClosed(Refused):
    message = _("The time for this quiz has ended.")


class NoAttemptsLeft(Refused):
    message = _("You have used all your attempts at this quiz.")


class NoQuestions(Refused):
    message = _("The quiz has no questions yet.")


class NotStudying(Refused):
    message = _("You are not enrolled on this run, so the quiz cannot be taken.")


class AttemptEnded(Refused):
    message = _("This attempt has been handed in, so its answers can no longer be changed.")


class TimeEnded(AttemptEnded):
    message = _("The time for answering has ended. What had been saved was handed in.")


class PointsRefused(Refused):
    message = _("Give points that are more than now and at most what the question gives.")


class ReasonMissing(Refused):
    message = _("Write why the points are raised: the learner sees it.")

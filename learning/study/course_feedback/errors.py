"""Why feedback is not taken now, each with the sentence to show."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class FeedbackNotOpen(Refused):
    """Raised with the day on which it opens."""

    message = _("Feedback is asked when you have completed the course.")


class FeedbackClosed(Refused):
    message = _("The time for giving feedback on this run has ended.")


class FeedbackGiven(Refused):
    message = _("You have given feedback on this run.")


class TeachersDoNotAnswer(Refused):
    message = _("Those who teach the run do not answer: the feedback is about their work.")


class TooManyChanges(Refused):
    message = _(
        "Of this run 20 changes are told, and more would not be read. Take one away first, or put two of them together."
    )


class NothingToChangeYet(Refused):
    message = _("Tell of changes when the feedback on the run has been shown.")

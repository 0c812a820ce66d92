"""Why a review is not as somebody asked, each with the sentence to show."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class NotYours(Refused):
    message = _("This review is not yours to write.")


class NotWaitedFor(Refused):
    message = _("This review is no longer waited for: the work was taken back or its writer has left the course.")


class SampleFirst(Refused):
    message = _("Review the sample work first. The works of others open after it.")


class AlreadyPractised(Refused):
    message = _("You have reviewed the sample work already.")


class NoSample(Refused):
    message = _("This assignment has no sample work.")


class AlreadyRead(Refused):
    message = _("The writer of the work has opened your review, so it can no longer be changed.")


class NotStudying(Refused):
    message = _("Only learners of the run can do this.")


class OwnFirst(Refused):
    message = _("Write your own reviews first. Then the reviews of your work open.")


class NotWritten(Refused):
    message = _("This review has not been written.")


class OutOfSight(Refused):
    message = _("This review has been taken out of sight.")


class NoSuchVersion(Refused):
    message = _("The work has no such version. Open it again.")


class AlreadyAppealed(Refused):
    message = _("You have asked a teacher to look at this review already.")


class AlreadyAnswered(Refused):
    message = _("This has been answered already.")


class NoneLacking(Refused):
    message = _("No work lacks a review that you could write now.")


class CannotReview(Refused):
    message = _("This learner cannot review this work: it is their own, or they have reviewed it already.")


class NothingToLetOff(Refused):
    message = _("No review is waited for from this learner.")


class ReasonMissing(Refused):
    message = _("Give the reason. It is told to both.")

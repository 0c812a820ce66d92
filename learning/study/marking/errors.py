"""Why an assessment is not as somebody asked, each with the sentence to show."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from common.errors import Refused

if TYPE_CHECKING:
    from learning.study.models import Mark


class NotAMarker(Refused):
    message = _("Assessments are given by the responsible teachers and teachers of the run.")


class OwnWork(Refused):
    message = _("This is your own work. Another teacher of the run assesses it.")


class StaleMark(Refused):
    """Others have given something meanwhile. `newest` is theirs, or None where it may not be seen yet."""

    message = _("Another teacher has assessed this work meanwhile. Nothing of yours was given, and your text is kept.")

    def __init__(self, newest: "Mark | None" = None) -> None:
        self.newest = newest
        super().__init__()


class StaleVersion(Refused):
    message = _("The learner has handed in a newer version. Look at it before you assess; your text is kept.")


class NotWaiting(Refused):
    message = _("This work does not wait for an assessment.")


class SameMarker(Refused):
    message = _("You gave the first assessment. Another teacher gives the second one.")


class NotTheLeader(Refused):
    message = _("Where the markers differ, a responsible teacher of the run decides.")


class GradeMissing(Refused):
    message = _("Choose a grade from 0 to 5.")


class GradeAndOutcomeDiffer(Refused):
    message = _("Grades from 1 to 5 are for accepted work, and 0 for rejected work.")


class WordsMissing(Refused):
    message = _("Tell the learner in the feedback, in a comment or at a criterion what is missing.")


class ReasonMissing(Refused):
    message = _("Tell why what was given is changed.")


class NoRoundsLeft(Refused):
    message = _("The learner has already completed the work as many times as the assignment allows.")


class DayNotPossible(Refused):
    """Raised with the days between which it has to be."""


class NothingReleased(Refused):
    message = _("The learner has not been given an assessment yet, so there is nothing to change.")


class NothingToUndo(Refused):
    message = _("The newest assessment is not a change that could be undone.")


class NoSuchWords(Refused):
    message = _("These words are not in the text. Copy them from it exactly.")


class NothingSaid(Refused):
    message = _("Write the comment first.")


class TooManyReusable(Refused):
    message = _(
        "You have 100 ready comments for this course, as many as one can have. Throw away one that you no longer need; "
        "those that others share do not count."
    )


class NotOwnComment(Refused):
    message = _("Comments are taken away by those who wrote them, until the learner has seen them.")

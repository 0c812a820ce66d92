"""Why a final grade or a result is not given as somebody asked, each with the sentence to show."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class NotStudying(Refused):
    message = _("This person does not study on the run.")


class NotCompletedYet(Refused):
    message = _("Something that the run requires is not accepted yet, so the course cannot be passed.")


class HasCompleted(Refused):
    message = _("Everything that the run requires is accepted, so the course is passed.")


class WrongGrade(Refused):
    message = _("Give a grade from 1 to 5 to who passes. Who does not pass gets no other grade than 0.")


class NoGrades(Refused):
    message = _("This course is passed or not passed: it has no grades.")


class ReasonNeeded(Refused):
    message = _("A final grade has been given already. Tell why it changes.")


class NothingGiven(Refused):
    message = _("No final grade has been given.")


class ProposalChanged(Refused):
    message = _("The proposal has changed since the page was opened. Look at it again.")


class OtherResult(Refused):
    message = _("A teacher has given another result here. Change it on the page of the learner.")


class WorkWaits(Refused):
    message = _("Work that was handed in here waits for marking. Mark it instead.")


class ImportUndone(Refused):
    message = _("The results of this file have been taken back already.")

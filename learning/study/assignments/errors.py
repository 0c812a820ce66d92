"""Why a work is not taken, each with the sentence to show."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class NotOpenYet(Refused):
    """Raised with the moment at which the assignment opens."""


class NotStudying(Refused):
    message = _("You do not study on this run now. What you have handed in stays yours to read.")


class TooLate(Refused):
    message = _("The time for handing in has ended. If you need more time, ask the teacher.")


class RunIsOver(Refused):
    message = _("The run has ended, and works are no longer taken. If you need more time, ask the teacher.")


class WithTheTeachers(Refused):
    message = _("Your work is with the teachers. You get a letter when they have read it.")


class MarkedAlready(Refused):
    message = _("Your work has been marked. Nothing more is handed in for this assignment.")


class NothingToTakeBack(Refused):
    message = _("There is nothing to take back.")


class TooLateToTakeBack(Refused):
    message = _("A work can be taken back until it is due. Ask the teacher if you want to complete it.")


class MarkingHasBegun(Refused):
    message = _("A teacher has begun to mark the work, so it cannot be taken back or replaced.")


class NothingToHandIn(Refused):
    message = _("There is nothing to hand in yet. Write the text or add the files that are asked for.")


class TooManyFiles(Refused):
    """Raised with the number that the assignment takes."""


class HandedInOften(Refused):
    message = _("You have handed in many times within an hour. Wait a while and hand in again: the draft is kept.")


class NoFilesHere(Refused):
    message = _("This assignment takes text alone.")


class NoTextHere(Refused):
    message = _("This assignment takes files alone.")


class MessageTooLong(Refused):
    message = _("The message to the teacher is too long. At most 2,000 characters are taken.")


class NoEntries(Refused):
    message = _("The journal has no entries yet. Write the first one, and then hand the journal in.")


class TooManyEntries(Refused):
    message = _("The journal has as many entries as it can take. Delete one, or go on in the last one.")


class EmptyEntry(Refused):
    message = _("The entry is empty. Write a few words first.")


class JournalTooLong(Refused):
    message = _("The journal is too long to be handed in as a whole. Shorten some of the entries.")

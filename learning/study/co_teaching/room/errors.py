"""Why a note of the teachers' room is not kept as asked, each with the sentence to show."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class NotOfTheCourse(Refused):
    message = _("Only those who teach a run of the course can do this.")


class ChangedMeanwhile(Refused):
    message = _(
        "Somebody else changed this note while you were writing. Your text is still here. Compare and save again."
    )


class NoteGone(Refused):
    message = _("This note has been deleted. Bring it back first.")


class RoomFull(Refused):
    message = _("The room has 500 notes already. Delete some of them first.")


class TooManyFiles(Refused):
    message = _("A note has at most five files. Take away some of them, or make another note.")

"""The acts of an editor that need no text: each has an address with a form of its own, or none to fill in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blog.desk import forms
from blog.models import Submission
from blog.submitting import services
from blog.submitting.states import Act

Words = str | Promise


@dataclass(frozen=True)
class DeskAct:
    """`slug` is the act in the address, `do(submission, editor, cleaned)` what it does, `done` what is said of it."""

    act: Act
    slug: str
    label: Words
    explains: Words
    done: Words
    do: Callable[[Submission, Any, dict[str, Any]], object]
    form: type[forms.ActForm] = forms.NothingForm
    is_main: bool = False
    # The text leaves the editors' hands for good, or the site.
    is_grave: bool = False

    @property
    def asks(self) -> bool:
        """Whether there is something to fill in, or to think over."""
        return self.form is not forms.NothingForm or self.is_grave


ACTS = [
    DeskAct(
        Act.TAKE,
        "ota",
        pgettext_lazy("text", "Take"),
        _("The text becomes yours to edit. The writer is told who has it."),
        _("The text is yours now."),
        lambda text, editor, given: services.take(submission=text, editor=editor),
        is_main=True,
    ),
    DeskAct(
        Act.SCHEDULE,
        "ajasta",
        pgettext_lazy("verb", "Schedule"),
        _("The text comes out by itself at the moment that you choose."),
        _("The text is scheduled."),
        lambda text, editor, given: services.schedule(submission=text, editor=editor, at=given["at"]),
        forms.ScheduleForm,
        is_main=True,
    ),
    DeskAct(
        Act.PUBLISH,
        "julkaise",
        _("Publish now"),
        _("The text comes out at once, and the writer is told."),
        _("The text has been published."),
        lambda text, editor, given: services.publish(submission=text, by=editor),
        is_main=True,
    ),
    DeskAct(
        Act.RETURN,
        "palauta",
        _("Return to the writer"),
        _("The writer sees your suggestions and comments, and goes on with the text."),
        _("The text is with the writer now."),
        lambda text, editor, given: services.return_to_writer(submission=text, editor=editor, **given),
        forms.ReturnForm,
        is_main=True,
    ),
    DeskAct(
        Act.ASK_APPROVAL,
        "pyyda-hyvaksynta",
        _("Ask the writer to approve"),
        _("The writer is asked to approve exactly this version. Any change after that asks again."),
        _("The writer has been asked to approve the text."),
        lambda text, editor, given: services.ask_approval(submission=text, editor=editor, **given),
        forms.ReturnForm,
        is_main=True,
    ),
    DeskAct(
        Act.TAKE_BACK,
        "ota-takaisin",
        _("Take back from the writer"),
        _("The turn is yours again. What the writer was writing stays in their draft."),
        _("The turn is yours again."),
        lambda text, editor, given: services.take_back(submission=text, editor=editor, **given),
        forms.WordsForm,
    ),
    DeskAct(
        Act.UNSCHEDULE,
        "peru-ajastus",
        _("Take off the schedule"),
        _("The text waits again for you to schedule or publish it."),
        _("The text is no longer scheduled."),
        lambda text, editor, given: services.unschedule(submission=text, editor=editor),
    ),
    DeskAct(
        Act.PASS_LENGTH,
        "hyvaksy-pituus",
        _("Let the length pass"),
        _("The text may go on although it is shorter or longer than what is aimed at."),
        _("The length is accepted as it is."),
        lambda text, editor, given: services.pass_length(submission=text, editor=editor, reason=given["reason"]),
        forms.ReasonForm,
    ),
    DeskAct(
        Act.HAND_OVER,
        "siirra",
        _("Hand over to another editor"),
        _("Another editor goes on with the text, or you take over what somebody else has."),
        _("The text has been handed over."),
        lambda text, editor, given: services.hand_over(submission=text, by=editor, **given),
        forms.HandOverForm,
    ),
    DeskAct(
        Act.LEAVE,
        "jata-sivustolle",
        _("Leave on the site"),
        _("The writer has asked for the text to be taken off. Tell why it stays."),
        _("The text stays on the site, and the writer has been told why."),
        lambda text, editor, given: services.leave(submission=text, editor=editor, **given),
        forms.LeaveForm,
    ),
    DeskAct(
        Act.UNPUBLISH,
        "poista-sivustolta",
        _("Take off the site"),
        _("The text can no longer be read. It can be published again later."),
        _("The text has been taken off the site."),
        lambda text, editor, given: services.unpublish(submission=text, editor=editor, **given),
        forms.UnpublishForm,
        is_grave=True,
    ),
    DeskAct(
        Act.DECLINE,
        "kieltaydy",
        _("Decline"),
        _("The text is not published. The writer gets your letter, and can work on it and send it again."),
        _("The text has been declined, and the writer has your letter."),
        lambda text, editor, given: services.decline(submission=text, editor=editor, **given),
        forms.DeclineForm,
        is_grave=True,
    ),
    DeskAct(
        Act.NOTE,
        "muistiinpano",
        _("Write a note among editors"),
        _("The writers never see it."),
        _("The note is kept."),
        lambda text, editor, given: services.note(submission=text, editor=editor, **given),
        forms.NoteForm,
    ),
]
BY_SLUG = {each.slug: each for each in ACTS}

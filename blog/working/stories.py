"""The history of a text in sentences: what happened, who did it and when."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import Step
from blog.submitting.states import Act

SENTENCES: dict[str, str | Promise] = {
    Act.SEND: gettext_lazy("The text was sent."),
    Act.CONFIRM: gettext_lazy("The e-mail address was confirmed, and the text went to the editors."),
    Act.TAKE: gettext_lazy("An editor took the text to work on."),
    Act.TAKE_BACK: gettext_lazy("The editor took the text back to work on."),
    Act.HAND_OVER: gettext_lazy("The text got another editor."),
    Act.RETURN: gettext_lazy("The text was returned to the writer."),
    Act.SEND_BACK: gettext_lazy("The text was sent back to the editor."),
    Act.EDIT: gettext_lazy("The editor made a new version."),
    Act.PASS_LENGTH: gettext_lazy("The length was let pass as it is."),
    Act.ASK_APPROVAL: gettext_lazy("The writer was asked to approve the text."),
    Act.APPROVE: gettext_lazy("The writer approved the text."),
    Act.REFUSE_APPROVAL: gettext_lazy("The writer asked for changes before approving."),
    Act.SCHEDULE: gettext_lazy("The day of publishing was set."),
    Act.UNSCHEDULE: gettext_lazy("The text was taken off the schedule."),
    Act.PUBLISH: gettext_lazy("The text was published."),
    Act.DECLINE: gettext_lazy("The editors decided not to publish the text."),
    Act.WITHDRAW: gettext_lazy("The writer withdrew the text."),
    Act.REOPEN: gettext_lazy("The text was sent again."),
    Act.ASK_UNPUBLISH: gettext_lazy("The writer asked to take the text off the site."),
    Act.UNPUBLISH: gettext_lazy("The text was taken off the site."),
    Act.LEAVE: gettext_lazy("The published text was left as it is."),
    Act.CORRECT: gettext_lazy("The editor suggested a correction of the published text."),
    Act.CHANGE_DETAILS: gettext_lazy("The details of the text were changed."),
    Act.CONSENT: gettext_lazy("A writer consented to publishing."),
    Act.SUGGEST: gettext_lazy("Changes were suggested."),
    Act.COMMENT: gettext_lazy("The text was commented."),
    Act.NOTE: gettext_lazy("A note among editors was written."),
}


@dataclass(frozen=True)
class Story:
    """One line of the history. `words` are what was written along with the act; `by` is the person's id, if any."""

    at: datetime.datetime
    sentence: str
    who: str
    words: str
    version: int | None
    is_private: bool
    by: int | None


def story(step: Step, reader: Any) -> Story:
    """The step as the reader is told of it; `step.by` is read, so select it."""
    sentence = str(SENTENCES.get(step.act, Act(step.act).label if step.act in Act.values else step.act))
    return Story(
        step.at, sentence, who(step.by, step.side, reader), step.words, step.version, step.is_private, step.by_id
    )


def stories(steps: Iterable[Step], reader: Any) -> list[Story]:
    """The latest first."""
    return [story(step, reader) for step in sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)]


def last_said(history: Iterable[Story], reader: Any) -> Story | None:
    """What somebody wrote to the reader since the reader last did something: it is not to be looked for."""
    for each in history:
        if each.by == reader.pk:
            return None
        if each.words:
            return each
    return None


def who(person: Any, side: str, reader: Any) -> str:
    """Whoever acted, as the reader calls them: themselves “you”, others by side and name."""
    if person is not None and person.pk == reader.pk:
        return _("You")
    name = person.get_full_name() if person is not None else ""
    if side == "editor":
        return _("Editor %(name)s") % {"name": name} if name else _("Editor")
    if side == "writer":
        return name or _("Writer")
    return _("The service")

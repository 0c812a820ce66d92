"""What the letters about texts say. The facts are kept; the words are made in the reader's language."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog.models import TextVersion
from blog.submitting import addresses
from blog.submitting.querysets import for_queue
from common import dates
from notifications.kinds import Facts, Kind, Notice, register
from texts import Flat

if TYPE_CHECKING:
    from collections.abc import Iterator

RECEIPT, TAKEN, TAKEN_BACK, RETURNED = "blog.receipt", "blog.taken", "blog.taken_back", "blog.returned"
APPROVAL_ASKED, CHANGED_AFTER_APPROVAL = "blog.approval_asked", "blog.changed_after_approval"
DECLINED, SCHEDULED, UNSCHEDULED, PUBLISHED = "blog.declined", "blog.scheduled", "blog.unscheduled", "blog.published"
CORRECTION_ASKED, CORRECTED, UNPUBLISHED, LEFT = (
    "blog.correction_asked",
    "blog.corrected",
    "blog.unpublished",
    "blog.left",
)
SENT_BACK, APPROVED, REFUSED, WITHDRAWN = "blog.sent_back", "blog.approved", "blog.refused", "blog.withdrawn"
UNPUBLISH_ASKED, HANDED_OVER, FAILED, QUEUE = "blog.unpublish_asked", "blog.handed_over", "blog.failed", "blog.queue"
SUGGESTED, COMMENTED, REMINDER = "blog.suggested", "blog.commented", "blog.reminder"

TO_TEXT, TO_DESK = gettext_lazy("To your text"), gettext_lazy("To the text")
WRITER = gettext_lazy("You get this because you have sent a text to the blog.")
EDITOR = gettext_lazy("You get this because you edit the blog.")
BOTH = gettext_lazy("You get this because you write or edit this text.")


@dataclass(frozen=True)
class Sentences:
    """What one kind of notice says: `%(title)s` is the title of the text."""

    subject: str | Promise
    body: str | Promise
    action: str | Promise = TO_TEXT


TOLD: dict[str, Sentences] = {
    TAKEN: Sentences(
        gettext_lazy("An editor has taken your text: %(title)s"),
        gettext_lazy("An editor reads your text and comes back to you. You need not do anything now."),
    ),
    TAKEN_BACK: Sentences(
        gettext_lazy("The editor goes on with your text: %(title)s"),
        gettext_lazy("The editor has taken the turn back. What you were writing is kept as your draft."),
    ),
    RETURNED: Sentences(
        gettext_lazy("Your turn: %(title)s"),
        gettext_lazy("The editor has read your text. Look at the suggestions and comments, then send the text back."),
    ),
    APPROVAL_ASKED: Sentences(
        gettext_lazy("Approve your text: %(title)s"),
        gettext_lazy("The text is ready. Read it once more, and approve it or tell what should still be changed."),
    ),
    CHANGED_AFTER_APPROVAL: Sentences(
        gettext_lazy("The text was changed: %(title)s"),
        gettext_lazy("The editor has changed the text. It is not published before you approve it as it is then."),
    ),
    DECLINED: Sentences(
        gettext_lazy("Your text is not published on the blog: %(title)s"),
        gettext_lazy("Thank you for your text. This time it is not published. The text stays yours."),
    ),
    UNSCHEDULED: Sentences(
        gettext_lazy("The moment of publishing is open again: %(title)s"),
        gettext_lazy("Your text was taken off the schedule. The editor chooses a new moment."),
    ),
    PUBLISHED: Sentences(
        gettext_lazy("Your text is published: %(title)s"),
        gettext_lazy("Your text is on the site now. Thank you! Its page leads to the post."),
    ),
    CORRECTION_ASKED: Sentences(
        gettext_lazy("Approve a correction: %(title)s"),
        gettext_lazy("The editor suggests a correction of your published text. It is made once you approve it."),
    ),
    CORRECTED: Sentences(
        gettext_lazy("Your text was corrected: %(title)s"),
        gettext_lazy("The correction is on the site. The page tells readers what was corrected, and when."),
    ),
    UNPUBLISHED: Sentences(
        gettext_lazy("Your text was taken off the site: %(title)s"),
        gettext_lazy("Readers do not find the text on the site any more. The text stays yours."),
    ),
    LEFT: Sentences(
        gettext_lazy("Your text stays as it is on the site: %(title)s"),
        gettext_lazy("The editor has answered, and the published text stays as it is."),
    ),
    SENT_BACK: Sentences(
        gettext_lazy("The writer has sent the text back: %(title)s"),
        gettext_lazy("It is your turn: look at what the writer has decided and changed."),
        TO_DESK,
    ),
    APPROVED: Sentences(
        gettext_lazy("The writer has approved the text: %(title)s"),
        gettext_lazy("What was approved is that version alone: if you change it, approval is asked again."),
        TO_DESK,
    ),
    REFUSED: Sentences(
        gettext_lazy("The writer wishes for changes: %(title)s"),
        gettext_lazy("The writer has not approved the text yet. It is your turn."),
        TO_DESK,
    ),
    WITHDRAWN: Sentences(
        gettext_lazy("The writer has withdrawn the text: %(title)s"),
        gettext_lazy("The text is not published. You need not do anything."),
        TO_DESK,
    ),
    UNPUBLISH_ASKED: Sentences(
        gettext_lazy("The writer asks to take the text off the site: %(title)s"),
        gettext_lazy("Take it off the site, or answer the writer why it stays."),
        TO_DESK,
    ),
    HANDED_OVER: Sentences(
        gettext_lazy("A text was handed over to you: %(title)s"),
        gettext_lazy("You are the editor of this text from now on."),
        TO_DESK,
    ),
    FAILED: Sentences(
        gettext_lazy("The text could not be published: %(title)s"),
        gettext_lazy("The text was to be published now, and that did not succeed."),
        TO_DESK,
    ),
    SUGGESTED: Sentences(
        gettext_lazy("Changes are suggested: %(title)s"),
        gettext_lazy("There are new suggested changes to the text."),
        TO_DESK,
    ),
    COMMENTED: Sentences(
        gettext_lazy("Comments: %(title)s"), gettext_lazy("There are new comments on the text."), TO_DESK
    ),
}


def _told(code: str) -> Callable[[Facts], Notice]:
    def compose(facts: Facts) -> Notice:
        said = TOLD[code]
        words = facts.get("words") or ""
        paragraphs = [str(said.body), *([_("In their own words:"), words] if words else [])]
        return Notice(str(said.subject) % facts, paragraphs, str(said.action), _path(facts))

    return compose


def _path(facts: Facts) -> str:
    return addresses.desk(facts["submission"]) if facts.get("at_desk") else addresses.own_text(facts["submission"])


def _receipt(facts: Facts) -> Notice:
    version = TextVersion.objects.filter(submission__public_id=facts["submission"], number=facts["version"]).first()
    paragraphs = [
        _("We have received your text. An editor reads it and answers you; you see on its page whose turn it is."),
        _("You can withdraw it at any time. A copy of what you sent:"),
        *(copy_of(version) if version else []),
    ]
    return Notice(_("We have your text: %(title)s") % facts, paragraphs, _("To your text"), _path(facts))


def copy_of(version: TextVersion) -> list[str]:
    """The text as plain paragraphs."""
    return [version.title, *([version.lead] if version.lead else []), *_blocks(Flat.of_html(version.body))]


def _blocks(flat: Flat) -> "Iterator[str]":
    for kind, words in zip(flat.blocks, flat.text.split("\n"), strict=False):
        yield f"– {words}" if kind in {"ul", "ol"} else words


def _scheduled(facts: Facts) -> Notice:
    moment = datetime.datetime.fromisoformat(facts["at"])
    when = {"moment": f"{dates.day(moment)} {dates.clock(moment)}"}
    paragraphs = [
        _("Your text is published on %(moment)s.") % when,
        _("Until then you can still withdraw it."),
    ]
    return Notice(_("Your text has its moment: %(title)s") % facts, paragraphs, _("To your text"), _path(facts))


def _queue(facts: Facts) -> Notice:
    count = for_queue().count()
    return Notice(
        _("Texts wait for an editor"),
        [
            ngettext(
                "%(count)d text waits in the queue of the blog.",
                "%(count)d texts wait in the queue of the blog.",
                count,
            )
            % {"count": count}
        ],
        _("To the queue"),
        addresses.desk_queue(),
    )


def _reminder(facts: Facts) -> Notice:
    due = datetime.date.fromisoformat(facts["due"])
    asked: dict[str, Any] = {"day": dates.day(due)} | facts
    late = facts["days"] < 0
    subject = _("Still your turn: %(title)s") if late else _("Your turn by %(day)s: %(title)s")
    body = _("The text waits for you; it was due on %(day)s.") if late else _("The text waits for you until %(day)s.")
    return Notice(subject % asked, [body % asked], str(TO_DESK), _path(facts))


def register_kinds() -> None:
    for code in TOLD:
        why = WRITER if TOLD[code].action is TO_TEXT else EDITOR
        register(Kind(code, _told(code), BOTH if code in {SUGGESTED, COMMENTED} else why))
    register(Kind(RECEIPT, _receipt, WRITER))
    register(Kind(SCHEDULED, _scheduled, WRITER))
    register(Kind(QUEUE, _queue, EDITOR, is_optional=True))
    register(Kind(REMINDER, _reminder, BOTH, is_optional=True))

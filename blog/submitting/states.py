"""The machine: what may be done in each state, by which side, and where it leads. Nothing else moves a submission."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models.submissions import State, Turn


class Act(models.TextChoices):
    SEND = "send", _("Sent")
    CONFIRM = "confirm", _("E-mail address confirmed")
    TAKE = "take", _("Taken by an editor")
    TAKE_BACK = "take_back", _("Taken back by the editor")
    HAND_OVER = "hand_over", _("Handed over to another editor")
    RETURN = "return", _("Returned to the writer")
    SEND_BACK = "send_back", _("Sent back to the editor")
    EDIT = "edit", _("Edited")
    PASS_LENGTH = "pass_length", _("Length accepted as it is")
    ASK_APPROVAL = "ask_approval", _("Approval asked")
    APPROVE = "approve", _("Approved")
    REFUSE_APPROVAL = "refuse_approval", _("Not approved yet")
    SCHEDULE = "schedule", _("Scheduled")
    UNSCHEDULE = "unschedule", _("Taken off the schedule")
    PUBLISH = "publish", _("Published")
    DECLINE = "decline", _("Not taken for publishing")
    WITHDRAW = "withdraw", _("Withdrawn by the writer")
    REOPEN = "reopen", _("Sent again")
    ASK_UNPUBLISH = "ask_unpublish", _("Asked to be taken off the site")
    UNPUBLISH = "unpublish", _("Taken off the site")
    LEAVE = "leave", _("Left as it is")
    CORRECT = "correct", _("Correction suggested")
    CHANGE_DETAILS = "change_details", _("Details changed")
    CONSENT = "consent", _("Consent to publish given")
    SUGGEST = "suggest", _("Changes suggested")
    COMMENT = "comment", _("Commented")
    NOTE = "note", _("Note among editors")


class Side(models.TextChoices):
    """On whose behalf somebody acts. The editor who holds the text is an editor, too."""

    WRITER = "writer", _("Writer")
    EDITOR = "editor", _("Editor")
    HOLDER = "holder", _("The editor who has taken the text")
    # Who opens the link of the letter, and the worker.
    LINK = "link", _("Whoever has the link")
    SERVICE = "service", _("The service")


@dataclass(frozen=True)
class Move:
    """`after` and `turn`: None leaves them as they are. `on_turn`: only while it is that side's turn."""

    sides: frozenset[Side]
    after: State | None = None
    turn: Turn | None = None
    on_turn: Turn | None = None


S, A = State, Act
BY_WRITER = frozenset({Side.WRITER})
BY_EDITOR = frozenset({Side.EDITOR})
BY_HOLDER = frozenset({Side.HOLDER})
BY_WRITER_OR_EDITOR = BY_WRITER | BY_EDITOR
BY_WRITER_OR_HOLDER = BY_WRITER | BY_HOLDER

MOVES: dict[tuple[State, Act], Move] = {
    (S.UNCONFIRMED, A.CONFIRM): Move(frozenset({Side.LINK}), S.SENT, Turn.EDITOR),
    (S.SENT, A.TAKE): Move(BY_EDITOR, S.EDITING, Turn.EDITOR),
    # A text whose editor is gone waits for nobody: any editor may hand it over, also to themselves.
    (S.EDITING, A.RETURN): Move(BY_HOLDER, S.WITH_WRITER, Turn.WRITER),
    (S.APPROVED, A.RETURN): Move(BY_HOLDER, S.WITH_WRITER, Turn.WRITER),
    (S.WITH_WRITER, A.SEND_BACK): Move(BY_WRITER, S.EDITING, Turn.EDITOR),
    (S.WITH_WRITER, A.TAKE_BACK): Move(BY_HOLDER, S.EDITING, Turn.EDITOR),
    (S.APPROVAL, A.TAKE_BACK): Move(BY_HOLDER, S.EDITING, Turn.EDITOR),
    (S.EDITING, A.EDIT): Move(BY_HOLDER, S.EDITING, Turn.EDITOR),
    # What was approved is another text now.
    (S.APPROVAL, A.EDIT): Move(BY_HOLDER, S.EDITING, Turn.EDITOR),
    (S.APPROVED, A.EDIT): Move(BY_HOLDER, S.EDITING, Turn.EDITOR),
    (S.SCHEDULED, A.EDIT): Move(BY_HOLDER, S.EDITING, Turn.EDITOR),
    (S.EDITING, A.ASK_APPROVAL): Move(BY_HOLDER, S.APPROVAL, Turn.WRITER),
    (S.APPROVAL, A.APPROVE): Move(BY_WRITER, S.APPROVED, Turn.EDITOR),
    (S.APPROVAL, A.REFUSE_APPROVAL): Move(BY_WRITER, S.EDITING, Turn.EDITOR),
    (S.APPROVED, A.SCHEDULE): Move(BY_HOLDER, S.SCHEDULED, Turn.NOBODY),
    (S.SCHEDULED, A.SCHEDULE): Move(BY_HOLDER, S.SCHEDULED, Turn.NOBODY),
    (S.SCHEDULED, A.UNSCHEDULE): Move(BY_HOLDER | {Side.SERVICE}, S.APPROVED, Turn.EDITOR),
    (S.APPROVED, A.PUBLISH): Move(BY_HOLDER, S.PUBLISHED, Turn.NOBODY),
    (S.SCHEDULED, A.PUBLISH): Move(BY_HOLDER | {Side.SERVICE}, S.PUBLISHED, Turn.NOBODY),
    (S.UNPUBLISHED, A.PUBLISH): Move(BY_HOLDER, S.PUBLISHED, Turn.NOBODY),
    # On the site: a correction waits for the writer while the text that was published stays where it is.
    (S.PUBLISHED, A.CORRECT): Move(BY_HOLDER, S.PUBLISHED, Turn.WRITER),
    (S.PUBLISHED, A.APPROVE): Move(BY_WRITER, S.PUBLISHED, Turn.NOBODY, on_turn=Turn.WRITER),
    (S.PUBLISHED, A.REFUSE_APPROVAL): Move(BY_WRITER, S.PUBLISHED, Turn.EDITOR, on_turn=Turn.WRITER),
    (S.PUBLISHED, A.ASK_UNPUBLISH): Move(BY_WRITER, S.PUBLISHED, Turn.EDITOR),
    (S.PUBLISHED, A.LEAVE): Move(BY_HOLDER, S.PUBLISHED, Turn.NOBODY),
    (S.PUBLISHED, A.UNPUBLISH): Move(BY_EDITOR, S.UNPUBLISHED, Turn.NOBODY),
    (S.SENT, A.DECLINE): Move(BY_EDITOR, S.DECLINED, Turn.NOBODY),
    **{
        (state, A.DECLINE): Move(BY_HOLDER, S.DECLINED, Turn.NOBODY)
        for state in (S.EDITING, S.WITH_WRITER, S.APPROVAL, S.APPROVED)
    },
    **{
        (state, A.WITHDRAW): Move(BY_WRITER, S.WITHDRAWN, Turn.NOBODY)
        for state in (S.SENT, S.EDITING, S.WITH_WRITER, S.APPROVAL, S.APPROVED, S.SCHEDULED)
    },
    **{(state, A.REOPEN): Move(BY_WRITER, S.SENT, Turn.EDITOR) for state in (S.DECLINED, S.WITHDRAWN, S.UNPUBLISHED)},
    **{
        (state, A.HAND_OVER): Move(BY_EDITOR)
        for state in (S.EDITING, S.WITH_WRITER, S.APPROVAL, S.APPROVED, S.SCHEDULED, S.PUBLISHED, S.UNPUBLISHED)
    },
    **{(state, A.PASS_LENGTH): Move(BY_HOLDER) for state in (S.EDITING, S.WITH_WRITER, S.APPROVAL, S.APPROVED)},
    **{
        (state, A.CHANGE_DETAILS): Move(BY_WRITER_OR_HOLDER) for state in (S.SENT, S.EDITING, S.WITH_WRITER, S.APPROVAL)
    },
    # The writer has approved the byline and the picture, too.
    (S.APPROVED, A.CHANGE_DETAILS): Move(BY_WRITER),
    **{
        (state, A.CONSENT): Move(BY_WRITER)
        for state in (S.SENT, S.EDITING, S.WITH_WRITER, S.APPROVAL, S.APPROVED, S.SCHEDULED)
    },
    **{(state, A.SUGGEST): Move(BY_WRITER_OR_EDITOR) for state in (S.SENT, S.EDITING, S.WITH_WRITER, S.APPROVAL)},
    **{
        (state, A.COMMENT): Move(BY_WRITER_OR_EDITOR)
        for state in (S.SENT, S.EDITING, S.WITH_WRITER, S.APPROVAL, S.APPROVED, S.SCHEDULED, S.PUBLISHED)
    },
    **{(state, A.NOTE): Move(BY_EDITOR) for state in S if state != S.UNCONFIRMED},
}

# Who has the pen: whose next version is the text.
PEN: dict[State, Act] = {S.WITH_WRITER: A.SEND_BACK, S.EDITING: A.EDIT}


def moves_of(state: str, sides: Iterable[Side], turn: str) -> frozenset[Act]:
    """What the sides may do in the state while it is that turn."""
    mine = set(sides)
    return frozenset(
        act
        for (before, act), move in MOVES.items()
        if before == state and move.sides & mine and move.on_turn in {None, turn}
    )

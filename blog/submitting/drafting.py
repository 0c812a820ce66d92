"""The forms of texts that keep drafts: a text that was never sent, the writer's turn, an editor's suggestions."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import Submission, SubmissionAuthor
from blog.submitting import addresses, errors, permissions
from blog.submitting.states import Act
from common.numbers import whole
from drafts import forms
from texts import BadText, read_body

# Fields of the forms that are no words of their writer.
UNSEEN = {"body_format", "version", "decisions", "start", "end", "picture_stored", "byline"}
CHOSEN = {"channel", "task_area", "phenomena", "themes", "group", "organisation"}
TEXT, REVISION, PROPOSAL = "blog.text", "blog.revision", "blog.proposal"
KEPT_DAYS = 180
# So many authors have fields of their own.
AUTHOR_FIELDS = 4


def register() -> None:
    common: dict[str, Any] = {
        "kept_days": KEPT_DAYS,
        "labels": labels,
        "shown": shown,
        "max_bytes": 400 * forms.KILOBYTE,
    }
    common["max_length"] = 200_000
    forms.register(
        forms.FormKind(
            TEXT,
            name=gettext_lazy("Text for the blog"),
            allows_anonymous=True,
            may_write=may_write_text,
            address=addresses.writing,
            **common,
        )
    )
    forms.register(
        forms.FormKind(
            REVISION,
            name=gettext_lazy("Text on its way to the blog"),
            may_write=may_revise,
            address=addresses.own_text,
            **common,
        )
    )
    forms.register(
        forms.FormKind(
            PROPOSAL,
            name=gettext_lazy("Suggestions to a text"),
            may_write=may_propose,
            address=addresses.desk,
            **common,
        )
    )


def may_write_text(user: Any, key: str) -> bool:
    """Anyone may begin a text; its key is a number that the page has drawn."""
    return addresses.is_key(key)


def may_revise(user: Any, key: str) -> bool:
    """The writers, on their turn or when they may send the text again."""
    submission = _submission(key)
    if submission is None or not permissions.is_writer_of(user, submission):
        return False
    if not permissions.acts_of(user, submission) & {Act.SEND_BACK, Act.REOPEN}:
        raise errors.NotYourTurn
    return True


def may_propose(user: Any, key: str) -> bool:
    """Those who may suggest changes now, and the editor who edits or corrects the text."""
    submission = _submission(key)
    if submission is None or not permissions.may_see(user, submission):
        return False
    if not permissions.acts_of(user, submission) & {Act.SUGGEST, Act.EDIT, Act.CORRECT}:
        raise errors.NotYourTurn
    return True


def _submission(key: str) -> Submission | None:
    return Submission.objects.filter(public_id=key).first() if addresses.is_key(key) else None


def labels(key: str) -> dict[str, str]:
    """What people call the fields."""
    named = {
        "title": _("Title"),
        "lead": _("Lead"),
        "body": _("Text"),
        "language": _("Language"),
        "channel": _("Blog"),
        "task_area": _("Task area"),
        "phenomena": _("Topics"),
        "themes": _("Themes"),
        "picture_stored": _("Picture"),
        "picture_alt": _("Text alternative of the picture"),
        "picture_credit": _("Credit of the picture"),
        "message": _("Message to the editors"),
        "email": _("E-mail address"),
        "words": _("Message"),
        "decisions": _("Decisions on suggestions"),
        "note": _("What was corrected"),
        "reason": _("Why"),
    }
    parts = {
        "title": _("role"),
        "group": _("group"),
        "organisation": _("organisation"),
        "other_organisation": _("other organisation"),
        "name": _("name"),
        "byline": _("how the author is told"),
    }
    for number in range(AUTHOR_FIELDS):
        for part, name in parts.items():
            named[f"author-{number}-{part}"] = _("Author %(number)d: %(part)s") % {"number": number + 1, "part": name}
    return named


def shown(key: str, name: str, value: str) -> str:
    """A text of the browser's editor as plain text, a choice by what it is called; nothing for what nobody typed."""
    name = name.rpartition("-")[2] if name.startswith("author-") else name
    if name in UNSEEN:
        return ""
    pk = whole(value)
    if name in CHOSEN and pk is not None:
        return _called(name, pk)
    if name != "body" or not value.startswith("{"):
        return value
    try:
        return read_body(value, "flat").flat.notation()
    except BadText:
        return value


def _called(name: str, pk: int) -> str:
    """What a row is called that a field holds the id of; "" where it is gone."""
    model: Any = SubmissionAuthor if name in {"group", "organisation"} else Submission
    row = model._meta.get_field(name).related_model._default_manager.filter(pk=pk).first()
    return str(row) if row is not None else ""

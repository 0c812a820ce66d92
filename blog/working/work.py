"""A text on its way as somebody works on it: its newest version, their draft of the next one, the cards beside it."""

import json
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from blog.models import Submission, TextVersion
from blog.submitting import permissions
from blog.submitting.drafting import REVISION
from blog.submitting.states import Act
from blog.submitting.versions import flat_of, latest_of
from blog.working import accepting
from blog.working.accepting import Worked
from blog.working.body import NOTATION, BodyField, words_in
from blog.working.cards import Cards, cards_of, change_json, decisions_in
from common.numbers import whole
from drafts.opening import OpenedDraft, open_draft
from drafts.texts import Fields
from texts import BadText, Body, Change, Flat, read_body

# What a draft holds of the text, besides what its writer has begun to say of it.
SAID = {"quote", "comment_text", "words", "reason", "note"}
OF_TEXT = {"title", "lead", "body", "body_format", "decisions", "version"}


class Work:
    """Read for one request. `fields`: what the form holds where that is not the draft: sent and not saved."""

    # The kind of the form that keeps drafts of it.
    form = REVISION

    def __init__(self, request: HttpRequest, submission: Submission, fields: Fields | None = None) -> None:
        self.request = request
        self.submission = submission
        self.posted = fields

    @cached_property
    def acts(self) -> frozenset[Act]:
        return permissions.acts_of(self.request.user, self.submission)

    @property
    def may(self) -> dict[str, bool]:
        """By name, for templates."""
        return {str(act): True for act in self.acts}

    @cached_property
    def sees_private(self) -> bool:
        """Whether the reader sees what editors say among themselves: no writer of the text does."""
        user = self.request.user
        return permissions.may_edit(user) and not permissions.is_writer_of(user, self.submission)

    @property
    def has_pen(self) -> bool:
        """Whether the next version is the writer's to make."""
        return bool(self.acts & {Act.SEND_BACK, Act.REOPEN})

    @cached_property
    def lacks_consent(self) -> bool:
        """Whether the reader is a writer who has not consented to publishing yet."""
        own = self.submission.authors.filter(user_id=self.request.user.pk, consented_at=None)
        return Act.CONSENT in self.acts and own.exists()

    @cached_property
    def version(self) -> TextVersion:
        return latest_of(self.submission)

    @cached_property
    def old(self) -> Flat:
        return flat_of(self.version)

    @cached_property
    def draft(self) -> OpenedDraft:
        return open_draft(self.request, self.form, str(self.submission.public_id))

    @cached_property
    def fields(self) -> Fields:
        """What the form holds. A draft that never left an earlier version goes on from the newest one."""
        if self.posted is not None:
            return self.posted
        held = self.draft.fields
        return {name: held[name] for name in held if name not in OF_TEXT} if self._is_untouched(held) else held

    def _is_untouched(self, held: Fields) -> bool:
        """Whether the draft, begun from an earlier version, still says what that version says."""
        told = (held.get("version") or [""])[-1]
        if "body" not in held or told == str(self.version.number):
            return False
        began = self.submission.versions.filter(number=_number(told)).first()
        try:
            body = read_body(held["body"][-1], (held.get("body_format") or [NOTATION])[-1])
        except BadText:
            return False
        return began is not None and body.flat == flat_of(began) and self._changes_nothing(held, began, body)

    def _changes_nothing(self, held: Fields, began: TextVersion, body: Body) -> bool:
        """The same of what is not the text itself."""
        words = {"title": began.title, "lead": began.lead}
        same = all((held.get(name) or [value])[-1] == value for name, value in words.items())
        return same and not decisions_in((held.get("decisions") or [""])[-1])

    def one(self, name: str, otherwise: str = "") -> str:
        return (self.fields.get(name) or [otherwise])[-1]

    @property
    def title(self) -> str:
        return self.one("title", self.version.title)

    @property
    def lead(self) -> str:
        return self.one("lead", self.version.lead)

    @property
    def base(self) -> int:
        """The version that the writer's text began from."""
        return _number(self.one("version", str(self.version.number)))

    @property
    def is_behind(self) -> bool:
        """Whether somebody else has made a version since."""
        return bool(self.fields) and self.base != self.version.number

    @property
    def may_keep(self) -> bool:
        """Whether what the form holds may become a draft: it is still the turn of who wrote it."""
        return self.has_pen

    @property
    def unkept(self) -> str:
        """The words that were sent too late to be kept, as a plain text box shows them; "" where none were."""
        if self.posted is None or "body" not in self.posted or self.may_keep:
            return ""
        told = words_in({"title": [self.title], "lead": [self.lead], **self.posted})
        same = told == [self.version.title, self.version.lead, self.old.notation(), ""]
        return "" if same else "\n\n".join(part for part in told if part)

    @property
    def is_worth_keeping(self) -> bool:
        """Whether the form holds what has not been sent: another text, decisions, something begun to be said."""
        said = any(held[-1].strip() for name, held in self.fields.items() if name in SAID or name.startswith("reply-"))
        return said or not self._says_the_same()

    def _says_the_same(self) -> bool:
        same_words = (self.title, self.lead) == (self.version.title, self.version.lead)
        return same_words and self.worked.flat == self.old and not self.decisions

    @cached_property
    def decisions(self) -> dict[str, str]:
        return decisions_in(self.one("decisions"))

    @cached_property
    def worked(self) -> Worked:
        """Raises BadText where what was sent cannot be read."""
        if "body" not in self.fields or not self.may_keep:
            return Worked(self.old, Body(self.old))
        body = read_body(self.one("body"), self.one("body_format") or NOTATION)
        return Worked(self.old, body, self.decisions)

    @cached_property
    def waiting(self) -> list[Change]:
        """The suggestions that wait for a decision, where they are in the text as it is now."""
        return accepting.pending(accepting.open_of(self.submission), self.worked)

    @cached_property
    def body(self) -> BodyField:
        """The field of the body, with the suggestions that wait for a decision in it."""
        try:
            worked = self.worked
        except BadText as refusal:
            return BodyField(self.one("body"), None, 0, error=str(refusal.message))
        data: dict[str, Any] = worked.flat.json() | {
            "changes": change_json(self.waiting),
            "threads": self.cards.threads_json,
            "version": self.version.number,
        }
        return BodyField(worked.flat.notation(), data, worked.flat.characters, decisions=json.dumps(self.decisions))

    @cached_property
    def cards(self) -> Cards:
        decisions = self.decisions if self.has_pen else {}
        reader = self.request.user
        return cards_of(
            self.submission, reader, decisions=decisions, fields=self.fields, sees_private=self.sees_private
        )


def _number(told: str) -> int:
    return whole(told) or 0

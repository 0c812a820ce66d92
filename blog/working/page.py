"""The page of a text, whichever side works on it: one form, whose buttons keep the draft, decide, discuss and send."""

import json
from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from blog.models import Submission
from blog.submitting import errors
from blog.submitting.states import Act
from blog.working import accepting
from blog.working.body import NOTATION
from blog.working.discussing import DISCUSSING, discuss, forget_said
from blog.working.forms import TitleAndLeadForm
from blog.working.work import Work
from common.errors import Refused
from common.numbers import whole
from drafts.opening import finish_sent, save_posted
from drafts.services import Clash
from drafts.texts import of_post
from texts import BadText

DECIDING = ("accept", "reject", "undo", "accept_all", "reject_all")
KEEPING = ("take_newest", "keep_mine", "save")
W = TypeVar("W", bound=Work)


class WorkPage(ABC, Generic[W]):
    """Answers one request; each side says what the text is read as, and what handing it on does."""

    reads: type[W]
    # The buttons that hand the text on.
    sending: ClassVar[tuple[str, ...]]

    def __init__(self, request: HttpRequest, submission: Submission) -> None:
        self.request = request
        self.submission = submission

    @abstractmethod
    def send(self, work: W, pressed: str) -> HttpResponseBase:
        """Hand on the text of the draft, which has just been saved."""

    @abstractmethod
    def address(self, work: W) -> str:
        """Where the page is."""

    @abstractmethod
    def shown(self, work: W, *, status: int = 200, **told: Any) -> HttpResponse:
        """The page, with what is told besides."""

    def answer(self) -> HttpResponseBase:
        """POST does what the pressed button says, and keeps the person's draft."""
        if self.request.method != "POST":
            return self.shown(self.read())
        text = self.request.POST.copy()
        pressed, value = self._pressed_in(text)
        try:
            return self._acted(self.read(text), text, pressed, value)
        except (Refused, BadText) as refusal:
            return self.shown(self.read(text), refusal=refusal, status=422)

    def read(self, text: QueryDict | None = None) -> W:
        """The text with what the form holds: as it was sent, else as the draft has it."""
        return self.reads(self.request, self.submission, None if text is None else of_post(text).fields)

    def back(self, work: W, anchor: str = "") -> HttpResponse:
        return redirect(f"{self.address(work)}{anchor}")

    def context(self, work: W) -> dict[str, Any]:
        """What the templates of both sides take."""
        versions = self.submission.versions.select_related("made_by").defer("body")
        return {
            "work": work,
            "submission": self.submission,
            "version": work.version,
            "words": TitleAndLeadForm(initial={"title": work.title, "lead": work.lead}),
            "versions": list(versions.order_by("-number")),
            "form_id": "text-form",
            "may_reply": Act.COMMENT in work.acts,
        }

    def forget_draft(self) -> None:
        finish_sent(self.request, self.reads.form, str(self.submission.public_id))

    def _pressed_in(self, text: QueryDict) -> tuple[str, str]:
        """The button that was pressed and its value; buttons are taken out of what is kept."""
        buttons = (*DECIDING, *DISCUSSING, *self.sending, *KEEPING)
        pressed = next((name for name in buttons if name in text), "save")
        value = text.get(pressed, "")
        for name in buttons:
            text.pop(name, None)
        return pressed, value

    def _acted(self, work: W, text: QueryDict, pressed: str, value: str) -> HttpResponseBase:
        anchor, holds_text = "", "body" in text
        if holds_text and not work.may_keep:
            # The other side took the turn while this was being written.
            raise errors.NotYourTurn
        if pressed == "take_newest":
            self.forget_draft()
            return self.back(work)
        if holds_text:
            anchor = self._decide(work, text, pressed, value)
            clash = self._save(work, text)
            if clash is not None:
                return clash
        if pressed in self.sending:
            return self.send(self.read(), pressed)
        if pressed in DISCUSSING:
            anchor = discuss(self.request, work, text, pressed, value)
            if holds_text:
                self._keep_the_rest(text, pressed, value)
        elif pressed == "save":
            messages.success(self.request, _("Saved."))
        return self.back(work, anchor)

    def _keep_the_rest(self, text: QueryDict, pressed: str, value: str) -> None:
        """What has been said is no part of the draft any more."""
        forget_said(text, pressed, value)
        work = self.read(text)
        if work.is_worth_keeping:
            self._save(work, text)
        else:
            self.forget_draft()

    def _decide(self, work: W, text: QueryDict, pressed: str, value: str) -> str:
        """Put decisions that a button made into what is to be saved; return where on the page to go on."""
        if pressed == "keep_mine":
            text["version"] = str(work.version.number)
        if pressed not in DECIDING or not work.has_pen:
            return ""
        rows, before, is_all = accepting.open_of(work.submission), work.worked, pressed.endswith("_all")
        ids = [str(row.pk) for row in rows if str(row.pk) not in before.decisions] if is_all else [value]
        if pressed == "undo":
            after = accepting.undo(rows, before, value)
        else:
            choose = accepting.accept if pressed.startswith("accept") else accepting.reject
            after = choose(rows, before, ids)
        if after.unclear:
            told = _("The words have changed since. Make the change in the text yourself, or reject it.")
            messages.warning(self.request, told)
        text["body"], text["body_format"] = after.flat.notation(), NOTATION
        text["decisions"] = json.dumps(after.decisions)
        return f"#suggestion-{value}" if whole(value) and not is_all else "#keskustelu"

    def _save(self, work: W, text: QueryDict) -> HttpResponse | None:
        """Keep the draft; where another tab or device has saved since, the answer leads to both texts."""
        outcome = save_posted(self.request, work.form, str(work.submission.public_id), text)
        if isinstance(outcome, Clash):
            return redirect(work.draft.compare_url)
        text["draft-version"] = str(outcome.version)
        return None

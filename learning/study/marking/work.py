"""What the buttons on the page of a work do: comment, put words in, give, change, undo."""

import contextlib
import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.numbers import whole
from drafts import services as drafts
from drafts.opening import finish_sent, required_kind
from drafts.texts import check_size, of_post
from drafts.writers import Writer
from learning.courses.models import CourseRun
from learning.study.desk.opening import of_own_run
from learning.study.marking import commenting, services
from learning.study.marking.drafting import MARK
from learning.study.marking.forms import CommentForm
from learning.study.marking.page import OF_COMMENT, WorkPage
from learning.study.models import InlineComment
from learning.study.models.assignments import SubmissionStatus


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def work(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    page = Acting(request, run, public_id)
    if page.submission.status == SubmissionStatus.TAKEN_BACK:
        messages.info(request, _("The learner has taken the work back. It is here when it is handed in again."))
        return redirect("run_marking", run.code)
    return page.post() if request.method == "POST" else page.shown()


class Acting(WorkPage):
    """The page with its buttons."""

    def post(self) -> HttpResponseBase:
        asked = self.request.POST.get("act") or self.request.POST.get("pressed") or "save"
        act, _colon, value = asked.partition(":")
        acts = {
            "give": self._give,
            "give_next": self._give,
            "change": self._give,
            "undo": self._undo,
            "comment": self._comment,
            "remove": self._remove,
            "insert": self._insert,
            "save": self._save,
        }
        if act not in acts:
            raise Http404
        try:
            return acts[act](act, value)
        except Refused as refusal:
            self._keep(self.request.POST)
            page = WorkPage(self.request, self.run, self.public_id, self.request.POST)
            return page.shown(refusal=refusal, pressed=asked, status=409)

    def _give(self, act: str, value: str) -> HttpResponseBase:
        posted = self.request.POST
        services.check_may_mark(self.submission, self.viewer)
        is_change = act == "change"
        self.posted = posted if is_change else None
        form = self.form(posted)
        if not form.is_valid():
            self._keep(posted)
            self.posted = posted
            return self.shown(form=form, pressed=act, status=422)
        given: dict[str, Any] = {"submission": self.submission, "by": self.viewer, **form.given()}
        given["seen"] = whole(posted.get("seen", "")) or 0
        with transaction.atomic():
            if is_change:
                services.change(**given, reason=form.cleaned_data.get("reason", ""))
            else:
                services.give(**given, version=whole(posted.get("version", "")) or 0)
            self._count_inserted()
            finish_sent(self.request, MARK, str(self.public_id))
        messages.success(self.request, _("The assessment is given."))
        return self._onwards(act)

    def _onwards(self, act: str) -> HttpResponseBase:
        """To the next work of the queue, or back to this one; either tells the device that the text was sent."""
        if act != "give_next":
            return redirect(self.address(annettu=str(self.public_id)))
        following = self.queue.next_to_mark(self.submission)
        if following is None:
            return redirect(reverse("run_marking", args=[self.run.code]) + self.queue.query)
        page = WorkPage(self.request, self.run, following.public_id)
        return redirect(page.address(annettu=str(self.public_id)))

    def _undo(self, act: str, value: str) -> HttpResponseBase:
        seen = whole(self.request.POST.get("seen", "")) or 0
        services.undo(submission=self.submission, by=self.viewer, seen=seen)
        messages.success(self.request, _("The change is undone. The learner is told."))
        return redirect(self.address() + "#annetut")

    def _comment(self, act: str, value: str) -> HttpResponseBase:
        posted = self.request.POST
        form = CommentForm(posted)
        if not form.is_valid():
            self.posted = posted
            return self.shown(comment_form=form, pressed=act, status=422)
        row = commenting.comment(
            version=self.standing.version,
            by=self.viewer,
            start=whole(posted.get("start", "")) or 0,
            end=whole(posted.get("end", "")) or 0,
            quote=posted.get("quote", ""),
            text=form.cleaned_data["comment_text"],
        )
        self._count_inserted()
        self._keep(self._without(*OF_COMMENT, "inserted"))
        return redirect(self.address() + f"#thread-{row.pk}")

    def _remove(self, act: str, value: str) -> HttpResponseBase:
        row = InlineComment.objects.filter(version__submission=self.submission, pk=whole(value) or 0).first()
        if row is not None:
            commenting.remove_comment(comment=row, by=self.viewer)
            messages.success(self.request, _("The comment is taken away."))
        self._keep(self.request.POST)
        return redirect(self.address() + "#kommentit")

    def _insert(self, act: str, value: str) -> HttpResponseBase:
        """Put words that are used again at the end of the feedback: what the script does where one is writing."""
        row = commenting.reusable_for(self.viewer, self.run.course).filter(pk=whole(value) or 0).first()
        text = self.request.POST.copy()
        if row is not None:
            text["words"] = f"{text.get('words', '').rstrip()}\n\n{row.text}".strip()
            text["inserted"] = f"{text.get('inserted', '')} {row.pk}".strip()
        self._keep(text)
        return redirect(self.address() + "#id_words")

    def _save(self, act: str, value: str) -> HttpResponseBase:
        self._keep(self.request.POST)
        return redirect(self.address() + "#arvio")

    def _without(self, *names: str) -> QueryDict:
        text = self.request.POST.copy()
        for name in names:
            text.pop(name, None)
        return text

    def _count_inserted(self) -> None:
        ids = [number for each in self.request.POST.get("inserted", "").split() if (number := whole(each))]
        if ids:
            commenting.count_used(self.viewer, self.run.course, ids)

    def _keep(self, text: QueryDict) -> None:
        """Keep what the form holds as the teacher's draft. Where that is refused, the page still shows it."""
        if not self.is_marker:
            return
        kept = text.copy()
        for name in ("act", "pressed"):
            kept.pop(name, None)
        writer, key = Writer.of(self.request), str(self.public_id)
        if writer is None:
            return
        with contextlib.suppress(Refused):
            held = of_post(kept)
            check_size(held.fields, required_kind(MARK), key)
            drafts.save(writer=writer, form=MARK, object_key=key, text=held)

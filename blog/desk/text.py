"""One text on the editors' desk: reading it, suggesting changes, editing, and everything that has happened to it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from blog.desk.acts import ACTS
from blog.desk.opening import of_submission
from blog.desk.work import MODE, MODES, DeskWork
from blog.models import Submission
from blog.submitting import services
from blog.submitting.details import Text
from blog.submitting.publishing import hindrances
from blog.submitting.states import Act
from blog.working import flow
from blog.working.page import WorkPage
from blog.working.stories import stories
from drafts.opening import keep_private

DONE = {
    Act.SUGGEST: gettext_lazy("Your suggestions are kept. The writer sees them when you return the text."),
    Act.EDIT: gettext_lazy("The next version is made."),
    Act.CORRECT: gettext_lazy("The writer has been asked to approve the correction."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@of_submission
def text(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    return DeskText(request, submission).answer()


class DeskText(WorkPage[DeskWork]):
    reads = DeskWork
    sending = ("send",)

    @transaction.atomic
    def send(self, work: DeskWork, pressed: str) -> HttpResponseBase:
        """Make the suggestions, the next version or the correction out of the draft, which is then finished."""
        if work.act is None:
            return self.back(work)
        SENDS[work.act](work, self.request.user)
        self.forget_draft()
        messages.success(self.request, str(DONE[work.act]))
        return self.back(work)

    def address(self, work: DeskWork) -> str:
        asked = f"?{MODE}={work.asked}" if work.asked in MODES else ""
        return reverse("blog_text", args=[work.submission.public_id]) + asked

    def shown(self, work: DeskWork, *, status: int = 200, **told: Any) -> HttpResponse:
        submission = self.submission
        acts = [each for each in ACTS if each.act in work.acts]
        is_ready = Act.SCHEDULE in work.acts or Act.PUBLISH in work.acts
        context = {
            **self.context(work),
            "flow": flow.of_submission(submission, for_writer=False),
            "authors": submission.authors.select_related("organisation", "user", "group"),
            "topics": submission.phenomena.all(),
            "themes": submission.themes.all(),
            "main_acts": [each for each in acts if each.is_main],
            "other_acts": [each for each in acts if not each.is_main],
            "hindrances": hindrances(submission) if is_ready else [],
            "stories": stories(submission.steps.select_related("by"), self.request.user),
            **told,
        }
        return keep_private(render(self.request, "blog/desk/text.html", context, status=status))


def _suggest(work: DeskWork, editor: Any) -> None:
    services.suggest(
        submission=work.submission,
        author=editor,
        version=work.version.number,
        changes=work.own,
        reason=work.one("reason"),
    )


def _edit(work: DeskWork, editor: Any) -> None:
    services.edit(
        submission=work.submission,
        editor=editor,
        text=Text(work.title, work.lead, work.worked.flat),
        expected_version=work.base,
        decisions=work.decisions,
        changes=work.waiting,
    )


def _correct(work: DeskWork, editor: Any) -> None:
    services.correct(
        submission=work.submission,
        editor=editor,
        text=Text(work.title, work.lead, work.worked.flat),
        note=work.one("note"),
        expected_version=work.base,
    )


SENDS = {Act.SUGGEST: _suggest, Act.EDIT: _edit, Act.CORRECT: _correct}

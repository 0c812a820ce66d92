"""/blogi/kirjoitukseni/<id>/: where a text is, what is expected of its writer, and the work on it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.models import Submission
from blog.readers.counting import reads_of
from blog.readers.services import thanks_of
from blog.submitting import services
from blog.submitting.details import Text
from blog.submitting.states import Act
from blog.working import flow
from blog.working.page import WorkPage
from blog.working.stories import last_said, stories
from blog.working.work import Work
from blog.writing import standing
from blog.writing.views.finding import of_writer
from texts.findings import told_of


@require_http_methods(["GET", "HEAD", "POST"])
@of_writer
def own_text(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    return OwnText(request, submission).answer()


class OwnText(WorkPage[Work]):
    reads = Work
    sending = ("send_back", "send_anyway")

    def send(self, work: Work, pressed: str) -> HttpResponseBase:
        found = told_of(work.worked.flat)[0]
        known = {each.words for each in told_of(work.old)[0]}
        fresh = [each for each in found if each.words not in known]
        if fresh and pressed != "send_anyway":
            return self.shown(work, findings=fresh, status=422)
        self._hand_on(work)
        messages.success(self.request, _("The text is with the editors. You get a letter when it is your turn."))
        return self.back(work)

    @transaction.atomic
    def _hand_on(self, work: Work) -> None:
        writer: Any = self.request.user
        text = Text(work.title, work.lead, work.worked.flat)
        if Act.SEND_BACK in work.acts:
            services.send_back(
                submission=work.submission,
                writer=writer,
                text=text,
                changes=work.waiting,
                decisions=work.decisions,
                expected_version=work.base,
                words=work.one("words"),
            )
        else:
            services.reopen(submission=work.submission, writer=writer, text=text, expected_version=work.base)
        self.forget_draft()

    def address(self, work: Work) -> str:
        return reverse("blog:own_text", args=[work.submission.public_id])

    def shown(self, work: Work, *, status: int = 200, **told: Any) -> HttpResponse:
        submission, reader = self.submission, self.request.user
        history = stories(submission.steps.select_related("by").filter(is_private=False), reader)
        context = {
            **self.context(work),
            "standing": standing.of(submission, work),
            "flow": flow.of_submission(submission),
            "stories": history,
            "said": last_said(history, reader),
            "reads": reads_of_writer(submission),
            **told,
        }
        return render(self.request, "blog/writing/own_text.html", context, status=status)


def reads_of_writer(submission: Submission) -> dict[str, int]:
    """How the published text has been read; nothing where it is not on the site."""
    if submission.state != Submission.State.PUBLISHED or submission.page is None:
        return {}
    post = submission.page
    return {"all": reads_of(post), "month": reads_of(post, days=30), "thanks": thanks_of(post)}

"""Who comes in to a run: its learners, and its teachers as a preview. Everybody else is led to enrolling."""

from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from learning.courses.models import CourseRun
from learning.study import permissions
from learning.study.models import Enrolment
from learning.study.outline import Contents, Lesson, contents_of
from learning.study.querysets import run_of


@dataclass(frozen=True)
class Opened:
    """A run that the person may study: as its learner, or without an enrolment as a teacher who looks at it."""

    run: CourseRun
    enrolment: Enrolment | None

    @property
    def is_preview(self) -> bool:
        return self.enrolment is None

    @property
    def contents(self) -> Contents:
        return contents_of(self.run.course_id)

    def lesson(self, pk: int) -> Lesson:
        lesson = self.contents.lesson(pk)
        if lesson is None:
            raise Http404
        return lesson


def open_run(request: HttpRequest, code: str, back: str = "") -> Opened | HttpResponseBase:
    """The run for the person who asks, or the answer to give in its place; `back`: where the form that was sent is."""
    if not request.user.is_authenticated:
        return sign_in_first(request, back or reverse("study:run", args=[code]))
    run = run_of(code)
    if run is None:
        raise Http404
    enrolment = permissions.enrolment_of(request.user, run)
    if enrolment is not None and enrolment.is_studying:
        return Opened(run, enrolment)
    if permissions.may_arrange(request.user, run):
        return Opened(run, None)
    return redirect("study:enrol", run.code)


def sign_in_first(request: HttpRequest, back: str, *, shows_words: bool = False, chosen: str = "") -> HttpResponseBase:
    """To signing in, and from there to what was asked for; what was sent as a form leads `back`, where its form is.

    A script is told so, and keeps what it wanted to send. With `shows_words` what somebody wrote for a while before
    their session ended is shown to be copied, after what they had `chosen`, in words.
    """
    if not request.accepts("text/html"):
        return private(JsonResponse({"reason": "signed-out"}, status=401))
    words = "\n\n".join(part for part in (chosen, posted_words(request)) if part) if shows_words else ""
    if words:
        return words_to_copy(request, words, request.get_full_path())
    return redirect_to_login(request.get_full_path() if request.method in {"GET", "HEAD"} else back)


def posted_words(request: HttpRequest) -> str:
    """What somebody wrote in the form that was sent: choices, keys and numbers are one word each."""
    return "\n\n".join(str(value) for value in request.POST.dict().values() if len(str(value).split()) > 1)


def words_to_copy(request: HttpRequest, words: str, back: str) -> HttpResponse:
    """The session has ended meanwhile: what was written is shown to be copied, and kept nowhere."""
    context = {"words": words, "back": back}
    return private(render(request, "learning/study/signed_out.html", context, status=401))


def open_as_learner(request: HttpRequest, code: str, back: str = "") -> Opened | HttpResponseBase:
    """The run for its learner alone: teachers have no progress and no notes of their own there."""
    opened = open_run(request, code, back)
    if isinstance(opened, Opened) and opened.is_preview:
        raise Http404
    return opened


def private(response: HttpResponse) -> HttpResponse:
    """Keep what is a learner's own out of every cache and search engine."""
    patch_cache_control(response, private=True, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response

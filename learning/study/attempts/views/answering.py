"""Answering: one form, saved as it goes; handed in only by the button of a page of its own, or by the clock."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common import dates
from common.errors import Refused
from drafts.texts import Fields
from learning.study.attempts import answers, services, stash, timing
from learning.study.attempts.asking import Asked, answer_in, known_fields, rows_of
from learning.study.attempts.views.finding import own_attempt, timer_of
from learning.study.attempts.views.reviewing import late, result, result_for_teacher
from learning.study.models import Attempt
from learning.study.views.opening import private, sign_in_first


@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The questions while the attempt is open, its review afterwards. POST saves, and goes on by its button."""
    if not request.user.is_authenticated:
        return _sign_in_again(request, key)
    if answers.attempt_of(request.user, str(key)) is None:
        return result_for_teacher(request, key)
    attempt = own_attempt(request, key)
    if request.method == "POST":
        return _posted(request, attempt)
    if not attempt.is_open:
        return result(request, attempt)
    _take_up(request, attempt)
    return _form(request, attempt)


def _sign_in_again(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    back = reverse("study:attempt", args=[key])
    if request.method == "POST" and stash.put_by(request, str(key)):
        messages.warning(request, _("Your session had ended. Your answers are kept: sign in, and they are saved."))
    return sign_in_first(request, back)


def _take_up(request: HttpRequest, attempt: Attempt) -> None:
    try:
        taken = stash.take_up(request, attempt)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return
    if taken:
        messages.success(request, _("The answers that you sent before signing in have been saved."))
    elif taken is False:
        messages.warning(request, _clashed())


def _clashed() -> str:
    return _("Another tab or device has saved different answers since. Both are kept: compare them below.")


def _posted(request: HttpRequest, attempt: Attempt) -> HttpResponseBase:
    fields, base = answers.posted(request)
    if not attempt.is_open:
        return _after_the_end(request, attempt, fields)
    fields = known_fields(attempt, fields)
    refused = [name for name, values in fields.items() if sum(map(len, values)) > answers.LONGEST_FIELD]
    held = answers.read(attempt) if refused else {}
    kept = {name: values for name, values in fields.items() if name not in refused}
    kept |= {name: held[name] for name in refused if name in held}
    try:
        answers.check_open(attempt)
        saved = answers.save(attempt=attempt, fields=kept, base=base)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return _form(request, attempt, fields)
    if not saved:
        messages.warning(request, _clashed())
        return _form(request, attempt, fields)
    if refused or _has_unreadable(attempt, fields):
        return _form(request, attempt, fields)
    return _go(request, attempt)


def _has_unreadable(attempt: Attempt, fields: Fields) -> bool:
    """Whether something was sent that the form does not have, or that is too long; it is told at the question."""
    for asked in rows_of(attempt, fields):
        try:
            asked.kind.readable(asked.version.content, asked.answer)
        except Refused:
            return True
    return False


def _go(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Where the button that was pressed leads. Enter in a field presses the first: it saves."""
    if "palauta" in request.POST:
        return redirect("study:hand_in", attempt.public_id)
    walked = request.POST.get("jatka", "")
    if walked.isascii() and walked.isdigit() and len(walked) < 4:
        step = services.go_on(attempt=attempt, position=int(walked))
        return redirect(f"{attempt.url}#k{int(walked)}" + (f"-v{step}" if step else ""))
    messages.success(request, _("Your answers have been saved."))
    return redirect(attempt.url)


def _after_the_end(request: HttpRequest, attempt: Attempt, fields: Fields) -> HttpResponseBase:
    """What came too late is shown to copy; what had been handed in already, by a second press, is not late."""
    unsaved = []
    for row in rows_of(attempt):
        sent = answer_in(fields, row.version, row.number)
        if any(row.answer.get(name) != values for name, values in sent.items()):
            unsaved.append((row, sent))
    return late(request, attempt, unsaved) if unsaved else redirect(attempt.url)


def _form(request: HttpRequest, attempt: Attempt, unsaved: Fields | None = None) -> HttpResponse:
    draft = answers.open_for(request, attempt)
    asked = rows_of(attempt, draft.fields if unsaved is None else unsaved)
    context = {
        "attempt": attempt,
        "run": attempt.run_quiz.run,
        "quiz": attempt.run_quiz.quiz,
        "asked": asked,
        "complaints": [each for each in asked if each.complaint and not each.kind.walks] if unsaved else [],
        "draft": draft,
        "is_unsaved": unsaved is not None,
        **timer_of(attempt),
    }
    return private(render(request, "learning/study/attempt.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """Tells what is unanswered and asks once more. Handing in a second time leads to the same result."""
    if not request.user.is_authenticated:
        return sign_in_first(request, reverse("study:attempt", args=[key]))
    attempt = own_attempt(request, key)
    if attempt.is_open and request.method == "POST":
        services.hand_in(attempt=attempt)
    if not attempt.is_open or request.method == "POST":
        return redirect(attempt.url)
    asked = rows_of(attempt, answers.read(attempt))
    context = {
        "attempt": attempt,
        "run": attempt.run_quiz.run,
        "quiz": attempt.run_quiz.quiz,
        "asked": asked,
        "unready": [each for each in asked if not each.is_ready],
        "ready": _ready(asked),
        **timer_of(attempt),
    }
    return private(render(request, "learning/study/hand_in.html", context))


def _ready(asked: list[Asked]) -> int:
    return sum(each.is_ready for each in asked)


@require_GET
def clock(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The seconds that are left, for a page that has been asleep or whose teacher has moved the end."""
    if not request.user.is_authenticated:
        return sign_in_first(request, reverse("study:attempt", args=[key]))
    attempt = own_attempt(request, key)
    deadline = timing.deadline_of(attempt)
    told = {"left": timing.seconds_left(deadline), "open": attempt.is_open, "until": ""}
    if deadline is not None:
        words = {"day": dates.near_day(deadline), "clock": dates.clock(deadline)}
        told["until"] = _("Answer by %(day)s %(clock)s.") % words
    return private(JsonResponse(told))

"""What a writer decides with one button: approve, ask for changes, consent, withdraw, ask to be taken off the site."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.models import Submission
from blog.submitting import errors, permissions, services
from blog.submitting.states import Act
from blog.submitting.versions import latest_of
from blog.writing.views.finding import of_writer
from blog.writing.views.working import OwnText
from common.errors import Refused
from common.numbers import whole

methods = require_http_methods(["GET", "HEAD", "POST"])


def _to_page(submission: Submission) -> HttpResponseBase:
    return redirect("blog:own_text", submission.public_id)


def _done(request: HttpRequest, submission: Submission, act: Callable[[], str]) -> HttpResponseBase:
    """Do it, and tell on the page of the text how it went."""
    try:
        messages.success(request, act())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return _to_page(submission)


@methods
@of_writer
def approve(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """Approve the version that the page showed."""
    told = whole(request.POST.get("version", ""))
    if request.method != "POST" or told is None:
        return _to_page(submission)
    writer: Any = request.user

    def act() -> str:
        services.approve(submission=submission, writer=writer, version=told)
        return _("Thank you: you have approved version %(number)s.") % {"number": told}

    return _done(request, submission, act)


@methods
@of_writer
def refuse(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """Say what should still be changed. What was written is shown again where it was not taken."""
    if request.method != "POST":
        return _to_page(submission)
    writer: Any = request.user
    words = request.POST.get("words", "")
    try:
        services.refuse_approval(submission=submission, writer=writer, words=words)
    except Refused as refusal:
        own = OwnText(request, submission)
        return own.shown(own.read(), refusal=refusal, refused_words=words, status=422)
    messages.success(request, _("The editor has been told what you wish to change."))
    return _to_page(submission)


@methods
@of_writer
def consent(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    if request.method != "POST":
        return _to_page(submission)
    writer: Any = request.user

    def act() -> str:
        services.give_consent(submission=submission, writer=writer)
        return _("Thank you, your consent has been noted.")

    return _done(request, submission, act)


@methods
@of_writer
def withdraw(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """Ask, then withdraw; sending again undoes it."""
    writer: Any = request.user

    def act(words: str) -> str:
        services.withdraw(submission=submission, writer=writer, words=words)
        return _("You have withdrawn the text. You may send it again from this page.")

    return _asked(request, submission, Act.WITHDRAW, "blog/writing/withdraw.html", act)


@methods
@of_writer
def unpublish(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """Ask why, then ask the editors to take the text off the site."""
    writer: Any = request.user

    def act(words: str) -> str:
        if not words.strip():
            raise errors.NoReason
        services.ask_unpublish(submission=submission, writer=writer, words=words)
        return _("The editors have been asked to take the text off the site.")

    return _asked(request, submission, Act.ASK_UNPUBLISH, "blog/writing/unpublish.html", act)


def _asked(
    request: HttpRequest, submission: Submission, allowed: Act, template: str, act: Callable[[str], str]
) -> HttpResponseBase:
    """A page that asks, with words of the writer's own; gone where there is nothing to ask any more."""
    if not permissions.may(request.user, allowed, submission):
        messages.error(request, str(errors.NotYourTurn.message))
        return _to_page(submission)
    words, refusal = request.POST.get("words", ""), None
    if request.method == "POST":
        try:
            messages.success(request, act(words))
            return _to_page(submission)
        except Refused as error:
            refusal = error
    context = {"submission": submission, "version": latest_of(submission), "words": words, "refusal": refusal}
    return render(request, template, context, status=422 if refusal else 200)

"""What the buttons of a question and its answers do."""

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from common.errors import Refused
from learning.study.models import RunAnswer, RunQuestion
from learning.study.questions import services
from learning.study.questions.members import Member


def act_on(request: HttpRequest, member: Member, question: RunQuestion) -> str:
    """Do what the button says; return where on the page of the question the outcome is."""
    name, _colon, value = request.POST.get("act", "").partition(":")
    answer = _answer(question, value)
    try:
        done = _done(name, member, question, answer)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return f"#vastaus-{answer.public_id}" if answer and name != "accept" else ""


def _done(name: str, member: Member, question: RunQuestion, answer: RunAnswer | None) -> str:
    if name == "hide":
        services.hide(member=member, post=answer or question)
        return _("Taken out of sight. You can bring it back.")
    if name == "show":
        services.show(member=member, post=answer or question)
        return _("Brought back into sight.")
    if name == "accept" and answer is not None:
        services.accept(member=member, question=question, answer=answer)
        return _("The answer is marked.")
    if name == "unaccept":
        services.accept(member=member, question=question, answer=None)
        return _("The mark is taken back.")
    if name in {"follow", "unfollow"}:
        is_on = name == "follow"
        services.subscribe(member=member, question=question, is_on=is_on)
        return _("You hear of new answers.") if is_on else _("You no longer hear of answers to this question.")
    raise Http404


def _answer(question: RunQuestion, public_id: str) -> RunAnswer | None:
    if not public_id:
        return None
    answer = next((each for each in question.answers.all() if str(each.public_id) == public_id), None)
    if answer is None:
        raise Http404
    answer.question = question
    return answer

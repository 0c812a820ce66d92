"""A letter from the teacher to one, some or all learners of a run: written, looked at, sent."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from drafts.opening import finish_sent, open_draft
from learning.courses.models import CourseRun
from learning.study.desk.forms import LetterForm
from learning.study.desk.frame import desk_page
from learning.study.desk.learners import chosen_of
from learning.study.desk.letter_drafts import FORM
from learning.study.desk.opening import of_own_run
from learning.study.models import Enrolment
from learning.study.models.enrolments import STUDYING
from learning.study.overview.groups import group_of
from learning.study.people import by_name, key_of_learner
from learning.study.services import teaching

GROUP, CHOSEN, SENT = "ryhma", "chosen", "lahetetty"


@dataclass(frozen=True)
class Readers:
    """Who gets the letter; `group` names them where they are one. `ids`: "" for all who study."""

    to: list[Enrolment]
    ids: str = ""
    group: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def message(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Write to a group, to the chosen learners, or to all who study on the run; POST shows it, then sends it."""
    if CHOSEN in request.GET and not any(request.GET.getlist(CHOSEN)):
        # Who meant to choose and did not would write to everybody.
        messages.error(request, _("Choose the learners first."))
        return redirect(f"{reverse('run_dashboard', args=[run.code])}#eteneminen")
    readers = _readers(request, run)
    if request.method != "POST":
        form = LetterForm(initial={"key": uuid.uuid4()})
        open_draft(request, FORM, run.code).fill(form)
        return _page(request, run, readers, form)
    form = LetterForm(request.POST)
    if "edit" in request.POST or not readers.to:
        return _page(request, run, readers, form)
    if not form.is_valid():
        return _page(request, run, readers, form, status=422)
    if "send" not in request.POST:
        return _page(request, run, readers, form, "preview.html")
    return _send(request, run, readers.to, form.cleaned_data)


def _readers(request: HttpRequest, run: CourseRun) -> Readers:
    """Whom the address or the form names. A group is what it is when the letter is begun: what is shown is sent."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = [each for value in given.getlist(CHOSEN) for each in value.split(",") if each]
    if wanted:
        to = _by_name(chosen_of(run, wanted))
        return Readers(to, _ids(to), given.get("group", "")[:300])
    if code := given.get(GROUP, ""):
        group = group_of(run, code)
        to = _by_name(chosen_of(run, [str(each.public_id) for each in group.learners])) if group else []
        return Readers(to, _ids(to), group.label if group else _("The group that you chose"))
    rows = Enrolment.objects.filter(run=run, status__in=STUDYING).select_related("learner", "run__course")
    return Readers(list(rows.order_by(*by_name())))


def _by_name(to: list[Enrolment]) -> list[Enrolment]:
    return sorted(to, key=key_of_learner)


def _ids(to: list[Enrolment]) -> str:
    return ",".join(str(row.public_id) for row in to)


def _page(
    request: HttpRequest,
    run: CourseRun,
    readers: Readers,
    form: LetterForm,
    template: str = "message.html",
    status: int = 200,
) -> HttpResponse:
    context = {
        "readers": readers,
        "form": form,
        "draft": open_draft(request, FORM, run.code),
        "was_sent": SENT in request.GET,
        "teacher": request.user,
    }
    steps = [(_("Learners"), reverse("run_learners", args=[run.code]))]
    path, title = f"learning/study/desk/{template}", _("Letter to learners")
    return desk_page(request, path, run, "run_learners", title, context, steps=steps, status=status)


def _send(request: HttpRequest, run: CourseRun, to: list[Enrolment], letter: dict[str, Any]) -> HttpResponseBase:
    teacher: Any = request.user
    with transaction.atomic():
        number = teaching.send_message(
            run=run,
            to=to,
            by=teacher,
            subject=letter["subject"],
            text=letter["text"],
            answers_to=teacher.email if letter["takes_answers"] else "",
            must_act=letter["must_act"],
            key=str(letter["key"]),
        )
        finish_sent(request, FORM, run.code)
    messages.success(request, _what_was_done(number, at_once=letter["must_act"]))
    return redirect(f"{reverse('run_message', args=[run.code])}?{SENT}=1")


def _what_was_done(number: int, *, at_once: bool) -> str:
    if at_once:
        text = ngettext(
            "The letter was sent to %(number)d learner.", "The letter was sent to %(number)d learners.", number
        )
    else:
        text = ngettext(
            "The letter goes to %(number)d learner at eight the next morning.",
            "The letter goes to %(number)d learners at eight the next morning.",
            number,
        )
    return text % {"number": number}

"""The teachers' pages of peer review: who reviews whom, and what can be done where it has stalled."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from common.listing import Pages
from learning.courses.models import CourseRun
from learning.study.assignments.versions import latest_of
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run
from learning.study.marking import names
from learning.study.models import PeerReview, ReviewAppeal, RunAssignment, Submission
from learning.study.models.runs import MARKERS
from learning.study.reviewing import stepping_in
from learning.study.reviewing.exchange import DONE, GIVEN, exchange_of
from learning.study.reviewing.forms import AnotherForm, AnswerForm, ReasonForm, ReviewForm
from learning.study.reviewing.table import is_own, lacking_works, needing_in, rows_of, waiting_for_works
from learning.study.views.opening import private

TAB, ON_PAGE, ASSIGNMENT = "run_reviews", 25, "tehtava"
Forms = dict[str, forms.Form]


@require_safe
@of_own_run
def reviews(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Who reviews whom in one assignment of the run, what has stalled first."""
    needing = needing_in(run, _person(request))
    assignments = list(_assignments(run))
    for row in assignments:
        row.needing = needing.get(row.pk, (0, 0))[1]
    # Whoever names none comes to where they are needed: to an appeal before what is late.
    first = max(assignments, key=lambda row: needing.get(row.pk, (0, 0)), default=None)
    chosen = next((row for row in assignments if row.assignment.code == request.GET.get(ASSIGNMENT, "")), first)
    context: dict[str, Any] = {"assignments": assignments, "chosen": chosen, "parameter": ASSIGNMENT}
    if chosen is not None:
        exchange = exchange_of(chosen)
        rows = rows_of(exchange, _person(request))
        context |= {
            "exchange": exchange,
            "pages": Pages(request, rows, ON_PAGE),
            "needing": sum(row.needs_somebody for row in rows),
            "lacking": lacking_works(exchange, _person(request)),
            "waiting": waiting_for_works(exchange),
        }
    return desk_page(request, "learning/study/reviewing/desk_list.html", run, TAB, _("Peer reviews"), context)


@require_safe
@of_own_run
def review(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    """One review, what was said of it, and what a teacher can do."""
    return _review_page(request, run, _review(request, run, public_id))


@require_POST
@of_own_run
def act(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    """The buttons of a review."""
    row, by = _review(request, run, public_id), _person(request)
    name = request.POST.get("act", "")
    if name == "remind":
        return _done(request, row, lambda: _remind(row, by))
    form = _forms(row, request.POST if name in {"let_off", "hide", "answer"} else None).get(name)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _review_page(request, run, row, {name: form})
    return _done(request, row, lambda: _act(name, row, by, form.cleaned_data))


def _remind(row: PeerReview, by: Any) -> str:
    told = stepping_in.remind(review=row, by=by)
    return _("Reminded in the next morning's letter.") if told else _("This learner has been reminded today already.")


def _act(name: str, row: PeerReview, by: Any, values: dict[str, Any]) -> str:
    if name == "hide":
        stepping_in.hide(review=row, by=by, reason=values["reason"])
        return _("The review is out of sight. Both are told why.")
    if name == "answer":
        stepping_in.answer_appeal(review=row, by=by, **values)
        return _("The appeal is answered. Both are told.")
    assert row.reviewer is not None, "a teacher's review is never waited for"
    run_assignment = row.submission.run_assignment
    stepping_in.let_off(enrolment=row.reviewer, run_assignment=run_assignment, by=by, reason=values["reason"])
    return _("No more reviews are waited for from this learner. Works went to others where possible.")


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def work(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    """A work and its reviews: write one in a missing reviewer's place, or give the work to another learner."""
    submission = _submission(request, run, public_id)
    exchange = exchange_of(submission.run_assignment)
    posted, name = (request.POST, request.POST.get("act")) if request.method == "POST" else (None, "")
    asked, version = submission.run_assignment.assignment, latest_of(submission)
    initial = {"version": version.number}
    writing = ReviewForm(posted if name == "write" else None, assignment=asked, initial=initial)
    is_hidden = names.is_hidden(submission)
    # The one who is missing from the list would be the writer.
    people = [] if is_hidden else stepping_in.able_to_take(exchange, submission)
    another = AnotherForm(posted if name == "give" else None, people=people)
    if posted is not None:
        form = writing if name == "write" else another
        if form.is_valid():
            return _done(request, submission, lambda: _about_work(submission, _person(request), form, people))
    context = {
        "submission": submission,
        "run_assignment": submission.run_assignment,
        "assignment": asked,
        "version": version,
        "rows": [row for row in rows_of(exchange, _person(request)) if row.review.submission_id == submission.pk],
        "lacks": exchange.lacking().get(submission.enrolment_id, 0),
        "form": writing,
        "another": another,
        "people": people,
        "is_hidden": is_hidden,
        "is_written": any(row.teacher_id == request.user.pk for row in _written(exchange, submission)),
        "may_decide": MARKERS,
    }
    title, status = names.name_for(request.user, submission), 422 if writing.is_bound or another.is_bound else 200
    template, steps = "learning/study/reviewing/desk_work.html", [_step(submission.run_assignment)]
    return desk_page(request, template, run, TAB, title, context, steps=steps, status=status)


def _written(exchange: Any, submission: Submission) -> list[PeerReview]:
    return [row for row in exchange.reviews if row.submission_id == submission.pk and row.status == DONE]


def _about_work(submission: Submission, by: Any, form: forms.Form, people: list[Any]) -> str:
    if isinstance(form, ReviewForm):
        stepping_in.write_in_place(submission=submission, teacher=by, **form.written)
        return _("The review is written.")
    chosen = form.cleaned_data["enrolment"]
    enrolment = next(person for person in people if str(person.public_id) == chosen)
    stepping_in.give_to(submission=submission, enrolment=enrolment, by=by)
    return _("The work was given to %(name)s to review.") % {"name": enrolment.learner}


def _done(request: HttpRequest, row: PeerReview | Submission, act: Callable[[], str]) -> HttpResponseBase:
    """Do it, say what was done, and go back to the table."""
    try:
        messages.success(request, act())
    except Refused as refusal:
        messages.error(request, str(refusal))
    submission = row.submission if isinstance(row, PeerReview) else row
    return private(redirect(_step(submission.run_assignment)[1]))


def _review_page(request: HttpRequest, run: CourseRun, row: PeerReview, bound: Forms | None = None) -> HttpResponse:
    appeal = ReviewAppeal.objects.filter(review=row).select_related("answered_by").first()
    context = {
        "review": row,
        "whose": names.name_for(request.user, row.submission),
        "run_assignment": row.submission.run_assignment,
        "assignment": row.submission.run_assignment.assignment,
        "appeal": appeal,
        "forms": {**_forms(row), **(bound or {})},
        "form": next(iter((bound or {}).values()), None),
        "may_decide": MARKERS,
    }
    title = _("Review by %(name)s") % {
        "name": row.teacher if row.is_teachers else row.reviewer and row.reviewer.learner
    }
    template, steps = "learning/study/reviewing/desk_review.html", [_step(row.submission.run_assignment)]
    return desk_page(request, template, run, TAB, title, context, steps=steps, status=422 if bound else 200)


def _forms(row: PeerReview, data: Any = None) -> Forms:
    """What can be done with the review now; each form has its own prefix, since several are on the page."""
    name = data.get("act", "") if data is not None else ""
    found: Forms = {}
    if row.status == GIVEN:
        found["let_off"] = ReasonForm(data if name == "let_off" else None, prefix="let_off")
    if row.status == DONE and row.hidden_at is None:
        found["hide"] = ReasonForm(data if name == "hide" else None, prefix="hide")
        if ReviewAppeal.objects.filter(review=row, status=ReviewAppeal.Status.OPEN).exists():
            found["answer"] = AnswerForm(data if name == "answer" else None, prefix="answer")
    return found


def _step(run_assignment: RunAssignment) -> tuple[str, str]:
    address = reverse(TAB, args=[run_assignment.run.code])
    return _("Peer reviews"), f"{address}?{ASSIGNMENT}={run_assignment.assignment.code}"


def _assignments(run: CourseRun) -> Any:
    rows = RunAssignment.objects.filter(run=run).exclude(peers=RunAssignment.Peers.NONE)
    return rows.select_related("assignment", "run")


def _review(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> PeerReview:
    rows = PeerReview.objects.filter(submission__run_assignment__run=run).select_related(
        "submission__enrolment__learner",
        "submission__run_assignment__assignment",
        "submission__run_assignment__run__course",
        "reviewer__learner",
        "teacher",
        "version",
    )
    row = get_object_or_404(rows, public_id=public_id)
    if is_own(_person(request), row):
        raise Http404
    return row


def _submission(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> Submission:
    rows = Submission.objects.filter(run_assignment__run=run).exclude(run_assignment__peers=RunAssignment.Peers.NONE)
    rows = rows.exclude(status=Submission.Status.TAKEN_BACK).exclude(enrolment__learner_id=request.user.pk)
    rows = rows.select_related("enrolment__learner", "run_assignment__assignment", "run_assignment__run__course")
    return get_object_or_404(rows, public_id=public_id)


def _person(request: HttpRequest) -> Any:
    return request.user

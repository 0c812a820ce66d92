"""The learner's pages of a peer review."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from drafts.opening import finish_sent, open_draft
from learning.study.assignments.versions import latest_of
from learning.study.due import reviews_due_of
from learning.study.models import PeerReview, RunAssignment, SampleReview
from learning.study.outline import contents_of
from learning.study.reviewing import errors, services
from learning.study.reviewing.drafting import FORM, review_of
from learning.study.reviewing.exchange import DONE, RELEASED
from learning.study.reviewing.forms import AppealForm, ReviewForm, SampleForm
from learning.study.reviewing.showing import MyReviews
from learning.study.views.opening import Opened, open_as_learner, posted_words, private, sign_in_first

methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def reviews(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    """What the learner has to review, and the reviews of their own work once those are written."""
    mine = _opened(request, code, assignment)
    if not isinstance(mine, MyReviews):
        return mine
    if mine.is_open and request.method == "GET":
        unread = [each.review for each in mine.received if each.review.read_at is None]
        if unread:
            services.read(reviews=unread)
    due = reviews_due_of(mine.run_assignment, mine.enrolment)
    return _page(request, "reviews", mine, {"due": due})


@methods
def sample(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    """Review the sample, and then compare with the teachers' levels."""
    mine = _opened(request, code, assignment)
    if not isinstance(mine, MyReviews):
        return mine
    asked = mine.run_assignment.assignment
    if not asked.sample:
        raise Http404
    done = SampleReview.objects.filter(enrolment=mine.enrolment, run_assignment=mine.run_assignment).first()
    form = SampleForm(request.POST if request.method == "POST" else None, assignment=asked)
    if request.method == "POST" and (done is not None or form.is_valid()):
        if done is None:
            _practise(mine, form)
        return private(redirect("study:sample", code, assignment))
    compared = _compared(mine.run_assignment, done) if done else []
    context = {"form": form, "done": done, "compared": compared, "alike": sum(row["is_same"] for row in compared)}
    return _page(request, "sample", mine, context, status=422 if form.is_bound else 200)


def _practise(mine: MyReviews, form: SampleForm) -> None:
    try:
        services.practise(enrolment=mine.enrolment, run_assignment=mine.run_assignment, criteria=form.chosen())
    except errors.AlreadyPractised:
        # A second press of the button.
        return


def _compared(run_assignment: RunAssignment, done: SampleReview) -> list[dict[str, Any]]:
    """Each criterion with one's own level beside the teachers'."""
    own = {row["id"]: row for row in done.criteria}
    return [
        {
            "criterion": row,
            "own": own.get(row.pk, {}).get("value"),
            "words": own.get(row.pk, {}).get("words", ""),
            "is_same": own.get(row.pk, {}).get("value") == row.sample_value,
        }
        for row in run_assignment.assignment.criteria.all()
    ]


@methods
def review(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Read a work and write its review."""
    if not request.user.is_authenticated:
        return sign_in_first(request, request.path, shows_words=True)
    row = review_of(request.user, str(public_id))
    if row is None or row.reviewer is None or not row.reviewer.is_studying:
        raise Http404
    mine = MyReviews(row.reviewer, row.submission.run_assignment)
    if not mine.has_practised:
        return private(redirect("study:sample", row.reviewer.run.code, mine.run_assignment.assignment.code))
    if row.status == RELEASED or row.read_at is not None:
        context = {"review": row, "here": mine.title_of(public_id), "unsent": posted_words(request)}
        return _page(request, "closed", mine, context, status=409 if context["unsent"] else 200)
    if request.method != "POST":
        row = services.open_work(review=row, enrolment=row.reviewer) if request.method == "GET" else row
        return _review_page(request, mine, row, None)
    form = ReviewForm(request.POST, assignment=mine.run_assignment.assignment)
    return _sent(request, mine, row, form) if form.is_valid() else _review_page(request, mine, row, form)


def _sent(request: HttpRequest, mine: MyReviews, row: PeerReview, form: ReviewForm) -> HttpResponseBase:
    try:
        with transaction.atomic():
            services.review(review=row, enrolment=mine.enrolment, **form.written)
            finish_sent(request, FORM, str(row.public_id))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _review_page(request, mine, row, form)
    messages.success(request, _("The review is sent. You can change it until the writer of the work opens it."))
    return private(redirect("study:reviews", mine.enrolment.run.code, mine.run_assignment.assignment.code))


def _review_page(request: HttpRequest, mine: MyReviews, row: PeerReview, form: ReviewForm | None) -> HttpResponse:
    asked, draft = mine.run_assignment.assignment, open_draft(request, FORM, str(row.public_id))
    version = latest_of(row.submission)
    if form is None:
        form = ReviewForm(None, assignment=asked, review=row, initial={"version": version.number})
        draft.fill(form)
    named = "" if mine.run_assignment.is_anonymous_among_peers else str(row.submission.enrolment.learner)
    context = {
        "review": row,
        "form": form,
        "draft": draft,
        "version": version,
        "here": mine.title_of(row.public_id),
        "name": named,
        "is_written": row.status == DONE,
    }
    return _page(request, "review", mine, context, status=422 if form.is_bound else 200)


@require_POST
def more(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    """Take on one more work to review."""
    mine = _opened(request, code, assignment)
    if not isinstance(mine, MyReviews):
        return mine
    try:
        taken = services.take_one_more(enrolment=mine.enrolment, run_assignment=mine.run_assignment)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return private(redirect("study:reviews", code, assignment))
    return private(redirect("study:review", taken.public_id))


@require_POST
def thank(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Thank the reviewer of one's own work."""
    return _about_received(request, public_id, _thank)


def _thank(request: HttpRequest, row: PeerReview) -> HttpResponseBase:
    try:
        services.thank(review=row, enrolment=row.submission.enrolment)
        messages.success(request, _("The reviewer is told that you thank."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to_reviews(row)


@methods
def appeal(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Ask a teacher to look at a review of one's own work."""
    return _about_received(request, public_id, _appeal)


def _appeal(request: HttpRequest, row: PeerReview) -> HttpResponseBase:
    mine = MyReviews(row.submission.enrolment, row.submission.run_assignment)
    shown = next((each for each in mine.received if each.review.pk == row.pk and not row.hidden_at), None)
    if shown is None:
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.appeal(review=row, enrolment=mine.enrolment, text=form.cleaned_data["text"])
            messages.success(request, _("A teacher looks at the review and answers you."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return _to_reviews(row)
    context = {"form": form, "shown": shown, "here": _("Ask a teacher to look")}
    return _page(request, "appeal", mine, context, status=422 if form.is_bound else 200)


def _about_received(
    request: HttpRequest, public_id: uuid.UUID, act: Callable[[HttpRequest, PeerReview], HttpResponseBase]
) -> HttpResponseBase:
    """Do it with a review of the asker's own work; of others they are not told that they are there."""
    if not request.user.is_authenticated:
        return sign_in_first(request, reverse("home:mine"), shows_words=True)
    rows = PeerReview.objects.filter(submission__enrolment__learner_id=request.user.pk, status=DONE)
    rows = rows.select_related(
        "submission__enrolment__run__course",
        "submission__run_assignment__assignment",
        "submission__run_assignment__run",
    )
    row = get_object_or_404(rows, public_id=public_id)
    if not row.submission.enrolment.is_studying:
        raise Http404
    return act(request, row)


def _to_reviews(row: PeerReview) -> HttpResponseBase:
    run_assignment = row.submission.run_assignment
    return private(redirect("study:reviews", run_assignment.run.code, run_assignment.assignment.code))


def _opened(request: HttpRequest, code: str, assignment: str) -> MyReviews | HttpResponseBase:
    back = reverse("study:reviews", args=[code, assignment])
    opened = open_as_learner(request, code, back)
    if not isinstance(opened, Opened):
        return opened
    rows = RunAssignment.objects.filter(run=opened.run).exclude(peers=RunAssignment.Peers.NONE)
    run_assignment = get_object_or_404(rows.select_related("assignment"), assignment__code=assignment)
    run_assignment.run = opened.run
    assert opened.enrolment is not None, "opened as a learner"
    return MyReviews(opened.enrolment, run_assignment)


def _page(request: HttpRequest, name: str, mine: MyReviews, context: dict[str, Any], status: int = 200) -> HttpResponse:
    run = mine.run_assignment.run
    frame = {
        "run": run,
        "contents": contents_of(run.course_id),
        "mine": mine,
        "run_assignment": mine.run_assignment,
        "assignment": mine.run_assignment.assignment,
    }
    return private(render(request, f"learning/study/reviewing/{name}.html", frame | context, status=status))

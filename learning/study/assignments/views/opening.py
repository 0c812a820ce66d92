"""Who comes in to an assignment: its learner, those who withdrew to what is theirs, teachers as a preview."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from learning.courses.models import Assignment, CourseRun
from learning.study import permissions
from learning.study.assignments.rules import Rules, rules_of
from learning.study.models import Enrolment, RunAssignment, Submission, SubmissionVersion
from learning.study.querysets import run_of
from learning.study.views.opening import private, sign_in_first


@dataclass
class OpenedWork:
    """An assignment of a run for its learner, or without an enrolment for a teacher who looks at it."""

    run: CourseRun
    run_assignment: RunAssignment
    enrolment: Enrolment | None

    @property
    def assignment(self) -> Assignment:
        return self.run_assignment.assignment

    @property
    def is_preview(self) -> bool:
        return self.enrolment is None

    @property
    def learner(self) -> Enrolment:
        assert self.enrolment is not None, "only a learner gets here"
        return self.enrolment

    @property
    def key(self) -> str:
        """Of the draft."""
        return str(self.run_assignment.pk)

    @cached_property
    def submission(self) -> Submission | None:
        if self.enrolment is None:
            return None
        rows = Submission.objects.select_related("mark").filter(run_assignment=self.run_assignment)
        found = rows.filter(enrolment=self.enrolment).first()
        if found is not None:
            found.enrolment, found.run_assignment = self.enrolment, self.run_assignment
        return found

    @cached_property
    def rules(self) -> Rules:
        return rules_of(self.run_assignment, self.enrolment, self.submission)

    @cached_property
    def versions(self) -> list[SubmissionVersion]:
        """The newest first, each with its files."""
        if self.submission is None:
            return []
        found = list(self.submission.versions.order_by("-number").prefetch_related("files"))
        for each in found:
            each.submission = self.submission
        return found

    def url(self, name: str, *more: Any) -> str:
        return reverse(f"study:{name}", args=[self.run.code, self.assignment.code, *more])

    def page(self, request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        about = {"work": self, "run": self.run, "assignment": self.assignment}
        about["is_preview"] = self.is_preview
        return private(render(request, f"learning/study/assignments/{template}", about | context, status=status))


def open_work(request: HttpRequest, code: str, assignment: str) -> OpenedWork | HttpResponseBase:
    """The assignment for the person who asks, or the answer to give in its place."""
    if not request.user.is_authenticated:
        return sign_in_first(request, reverse("study:assignment", args=[code, assignment]))
    run = run_of(code)
    rows = RunAssignment.objects.select_related("assignment").filter(run__code=code, assignment__code=assignment)
    row = rows.first() if run else None
    if run is None or row is None:
        raise Http404
    row.run = run
    enrolment = permissions.enrolment_of(request.user, run)
    if enrolment is not None:
        opened = OpenedWork(run, row, enrolment)
        if enrolment.is_studying or opened.submission is not None:
            return opened
    if permissions.may_arrange(request.user, run):
        return OpenedWork(run, row, None)
    return redirect("study:enrol", run.code)


def open_own_work(request: HttpRequest, code: str, assignment: str) -> OpenedWork | HttpResponseBase:
    """For the learner alone: teachers hand nothing in."""
    opened = open_work(request, code, assignment)
    if isinstance(opened, OpenedWork) and opened.is_preview:
        raise Http404
    return opened

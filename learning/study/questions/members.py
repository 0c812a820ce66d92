"""Who takes part in the questions of a run, and under which name: its learners and its teachers, nobody else."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.courses.models import CourseRun
from learning.study import permissions
from learning.study.due import run_ends
from learning.study.models import Enrolment, RunAnswer, RunQuestion
from learning.study.querysets import run_of
from learning.study.views.opening import sign_in_first

Post = RunQuestion | RunAnswer


@dataclass(frozen=True)
class Member:
    """Somebody who takes part: a teacher of the run, or a learner who studies or has completed it."""

    run: CourseRun
    person: Any
    enrolment: Enrolment | None
    is_teacher: bool

    @property
    def may_write(self) -> bool:
        """Learners ask and answer until the run ends for them, teachers as long as they are its teachers."""
        if self.is_teacher:
            return True
        ends = run_ends(self.run, self.enrolment)
        return ends is None or ends > timezone.now()

    def wrote(self, post: Post) -> bool:
        return post.author_id is not None and post.author_id == self.person.pk

    def sees(self, post: Post) -> bool:
        """What is out of sight is there for its writer and for teachers alone."""
        return post.hidden_at is None or self.is_teacher or self.wrote(post)

    def may_bring_back(self, post: Post) -> bool:
        """Teachers undo everything; a writer undoes what they did themselves."""
        return self.is_teacher or (self.wrote(post) and post.hidden_by_id == self.person.pk)

    def name_of(self, post: Post) -> str:
        """Teachers have their names, and see all names; learners show theirs to each other only if they want to."""
        author = post.author
        name = author.get_full_name() if author else ""
        if post.is_teacher:
            return name or _("Teacher")
        if author and self.is_teacher:
            return name or str(author)
        return name if name and post.shows_name else _("Learner")


def member_of(user: Any, run: CourseRun) -> Member | None:
    if not (user.is_authenticated and user.is_active):
        return None
    if permissions.role_of(user, run):
        return Member(run, user, None, True)
    enrolment = permissions.enrolment_of(user, run)
    if enrolment is not None and enrolment.is_studying:
        return Member(run, user, enrolment, False)
    return None


def open_questions(request: HttpRequest, code: str) -> Member | HttpResponseBase:
    """Who asks, or the answer to give in its place: strangers are led to enrolling, as from the run itself."""
    if not request.user.is_authenticated:
        return sign_in_first(request, reverse("study:questions", args=[code]), shows_words=True)
    run = run_of(code)
    if run is None:
        raise Http404
    member = member_of(request.user, run)
    if member is not None:
        return member
    # Those who arrange every run look at pages without learners; here is nothing but what learners say.
    if permissions.may_arrange(request.user, run):
        raise Http404
    return redirect("study:enrol", run.code)

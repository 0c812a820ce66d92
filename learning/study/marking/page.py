"""The page of a work as it is shown: the version, what was given for it, and the form of an assessment."""

import uuid
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from common.errors import Refused
from common.numbers import whole
from drafts.opening import OpenedDraft, keep_private, open_draft
from learning.courses.models import CourseRun
from learning.study.criteria import proposed_grade
from learning.study.desk.frame import desk_page
from learning.study.feedback.talking import talk_of
from learning.study.marking import commenting, errors, names, services
from learning.study.marking.drafting import MARK
from learning.study.marking.forms import CommentForm, MarkForm
from learning.study.marking.queue import Queue
from learning.study.marking.rounds import Round, round_of
from learning.study.marking.shown import Shown
from learning.study.models import PeerReview, Submission
from learning.study.models.assignments import MARKED
from learning.study.models.runs import MARKERS
from learning.study.permissions import role_of

GIVE, CHANGE, READ = "give", "change", ""
OF_COMMENT = ("quote", "start", "end", "comment_text")
RELATED = (
    "run_assignment__assignment",
    "run_assignment__run__course",
    "enrolment__learner",
    "marker",
    "mark__by",
    "mark__replaces",
)


class WorkPage:
    """Read for one request. `posted` is what the form holds where it was sent and refused."""

    def __init__(
        self, request: HttpRequest, run: CourseRun, public_id: uuid.UUID, posted: QueryDict | None = None
    ) -> None:
        self.request, self.run, self.public_id, self.posted = request, run, public_id, posted
        self.viewer: Any = request.user

    @cached_property
    def submission(self) -> Submission:
        found = (
            Submission.objects.filter(public_id=self.public_id, run_assignment__run=self.run)
            .exclude(enrolment__learner_id=self.viewer.pk)
            .select_related(*RELATED)
            .first()
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def standing(self) -> Round:
        return round_of(self.submission)

    @cached_property
    def role(self) -> str:
        return role_of(self.viewer, self.run)

    @property
    def is_marker(self) -> bool:
        return self.role in MARKERS

    @cached_property
    def queue(self) -> Queue:
        return Queue(self.request, self.run, self.role)

    @cached_property
    def draft(self) -> OpenedDraft:
        return open_draft(self.request, MARK, str(self.public_id))

    @cached_property
    def why_not(self) -> Refused | None:
        """Why the viewer gives nothing now; None where they may."""
        if not self.is_marker:
            return errors.NotAMarker()
        try:
            services.part_for(self.standing, self.viewer)
        except Refused as refusal:
            return refusal
        return None

    @cached_property
    def mode(self) -> str:
        """Whether the form gives, changes what was given, or is not there."""
        if self.is_marker and self.submission.status in MARKED:
            is_asked = self.posted is not None or "muuta" in self.request.GET
            return CHANGE if is_asked else READ
        return READ if self.why_not else GIVE

    def form(self, data: QueryDict | None = None) -> MarkForm:
        form = MarkForm(
            data,
            assignment=self.submission.run_assignment.assignment,
            begins=self.submission.mark if self.mode == CHANGE else None,
            may_ask_again=self.standing.may_ask_again,
        )
        if data is None:
            self.draft.fill(form)
        return form

    def one(self, name: str) -> str:
        """What the form holds in a field of the comment."""
        if self.posted is not None:
            return self.posted.get(name, "")
        held = self.draft.fields if self.is_marker else {}
        return (held.get(name) or [""])[-1]

    def address(self, **more: str) -> str:
        query = self.queue.query
        if more:
            query += ("&" if query else "?") + "&".join(f"{name}={value}" for name, value in more.items())
        return reverse("run_mark", args=[self.run.code, self.public_id]) + query

    @property
    def here(self) -> str:
        return self.address()

    @property
    def change_url(self) -> str:
        return self.address(muuta="1") + "#arvio"

    settled = MARKED

    def _versions(self, shown: Shown) -> list[dict[str, Any]]:
        """Each version with where it is read and compared with the one before it."""
        return [
            {
                "version": each,
                "url": self.address(versio=str(each.number)),
                "compare_url": self._compare_url(each.number) if each.number > 1 else "",
                "is_current": each == shown.version and shown.earlier is None,
            }
            for each in shown.versions
        ]

    def _reviews(self) -> list[tuple[str, PeerReview]]:
        """What fellow learners and teachers in their place have written, by whom.

        While names are hidden, in no order, and by no learner's name: in a small group who has reviewed a work tells
        who has not, its writer.
        """
        is_hidden = names.is_hidden(self.submission)
        written = self.submission.reviews.filter(status=PeerReview.Status.DONE, hidden_at=None)
        rows = written.select_related("reviewer__learner", "teacher")
        rows = rows.order_by(*(["public_id"] if is_hidden else ["done_at", "pk"]))
        return [(_written_by(row, number if is_hidden else 0), row) for number, row in enumerate(rows, start=1)]

    def _compare_url(self, number: int) -> str:
        return self.address(versio=str(number), vertaa=str(number - 1))

    def shown(
        self,
        *,
        form: MarkForm | None = None,
        comment_form: CommentForm | None = None,
        refusal: Refused | None = None,
        pressed: str = "",
        status: int = 200,
    ) -> HttpResponse:
        is_claimed = services.claimed_by_another(self.submission, self.viewer)
        if self.mode == GIVE and self.request.method == "GET":
            services.claim(submission=self.submission, by=self.viewer)
        if form is None and self.mode:
            form = self.form(self.posted)
            # What was sent was refused for another reason: nobody has left out of the form what it asks by now.
            form.errors.clear()
        shown = self._shown()
        steps = [(_("Marking"), reverse("run_marking", args=[self.run.code]) + self.queue.query)]
        context = {
            **self._of_queue(),
            **self._of_form(form),
            **self._of_work(shown),
            "is_claimed": is_claimed,
            "comment_form": comment_form,
            "inserted": self.one("inserted"),
            "comment": {name: self.one(name) for name in OF_COMMENT},
            "reusable": commenting.reusable_for(self.viewer, self.run.course),
            "refusal": refusal,
            "other": refusal.newest if isinstance(refusal, errors.StaleMark) else None,
            "pressed": pressed,
        }
        template = "learning/study/marking/work.html"
        title = f"{shown.name}: {self.submission.run_assignment.assignment.title}"
        answer = desk_page(self.request, template, self.run, "run_marking", title, context, steps=steps, status=status)
        return keep_private(answer)

    def _shown(self) -> Shown:
        numbers = [whole(self.request.GET.get(name, "")) or 0 for name in ("versio", "vertaa")]
        return Shown(self.standing, self.viewer, *numbers)

    def _of_work(self, shown: Shown) -> dict[str, Any]:
        return {
            "page": self,
            "shown": shown,
            "submission": self.submission,
            "task": self.submission.run_assignment,
            "assignment": self.submission.run_assignment.assignment,
            "standing": self.standing,
            "marks": list(reversed(self.standing.visible(self.viewer))),
            "may_undo": self.is_marker and services.may_undo(self.standing),
            "reviews": self._reviews(),
            # Who asks is told by how they ask.
            "talk": None if shown.is_hidden else talk_of(self.request, self.submission),
            "version_links": self._versions(shown),
        }

    def _of_queue(self) -> dict[str, Any]:
        before, after = self.queue.before(self.submission), self.queue.after(self.submission)
        return {
            "queue": self.queue,
            "before": WorkPage(self.request, self.run, before.public_id).address() if before else "",
            "after": WorkPage(self.request, self.run, after.public_id).address() if after else "",
        }

    def _of_form(self, form: MarkForm | None) -> dict[str, Any]:
        levels = [{"value": whole(str(row.level.value() or ""))} for row in form.rubric] if form else []
        graded = self.submission.run_assignment.assignment.is_graded
        return {
            "form": form,
            "draft": self.draft if self.mode else None,
            "not_given": "" if self.mode else self._not_given(),
            "proposed": proposed_grade(levels) if graded else None,
            "sent": self._sent(),
        }

    def _not_given(self) -> str:
        """Feedback that the teacher had begun when somebody else gave theirs."""
        held = self.draft.fields if self.is_marker else {}
        return (held.get("words") or [""])[-1].strip()

    def _sent(self) -> OpenedDraft | None:
        """The form that was sent before this page: its device forgets it."""
        told = self.request.GET.get("annettu", "")
        try:
            key = str(uuid.UUID(told))
        except ValueError:
            return None
        return open_draft(self.request, MARK, key)


def _written_by(review: PeerReview, number: int) -> str:
    """The name to show of who wrote the review; a learner's is a number where there is one."""
    if review.is_teachers:
        return str(review.teacher or "–")
    return _("Review %(number)d") % {"number": number} if number else str(review.reviewer and review.reviewer.learner)

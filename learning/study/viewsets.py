"""Runs in the admin: composed here, because a run holds the teachers and quizzes of studying."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from common import dates
from common.viewsets import RowViewSet
from learning.courses.models import CourseRun
from learning.courses.viewsets import CourseGroup
from learning.study.attempts.closing import follow_the_dates
from learning.study.co_teaching.services import note_changes, roles_of
from learning.study.forms import RunForm, RunTeacherForm
from learning.study.models import Attempt, RunTeacher
from learning.study.models.enrolments import HOLDING_A_SEAT, Status
from learning.study.permissions import is_teacher_of, may_arrange_every_run
from learning.study.services.moves import lock_run
from learning.study.services.seats import offer_freed_seats
from vocabulary.panels import checkboxes


class FormInlinePanel(InlinePanel):
    """Rows with a form of their own."""

    def __init__(self, *args: Any, form: type, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = form

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "form": self.form}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = self.form
        return options


PANELS = [
    FieldPanel("course"),
    FieldPanel("code"),
    MultiFieldPanel([FieldPanel("starts"), FieldPanel("ends"), FieldPanel("pace")], heading=_("Dates")),
    MultiFieldPanel(
        [
            FieldPanel("admission"),
            FieldPanel("enrolment_code"),
            checkboxes("admitted"),
            FieldPanel("enrolment_opens"),
            FieldPanel("enrolment_closes"),
            FieldPanel("seats"),
            FieldPanel("offer_hours"),
        ],
        heading=_("Enrolment"),
    ),
    MultiFieldPanel([FieldPanel("requires_lessons")], heading=_("What completing takes")),
    InlinePanel(
        "run_quizzes",
        [
            FieldPanel("quiz"),
            PageChooserPanel("module", "courses.ModulePage"),
            FieldPanel("opens"),
            FieldPanel("due"),
            FieldPanel("is_required"),
        ],
        heading=_("Quizzes"),
        label=_("quiz"),
        help_text=_("Times are in Finnish time."),
    ),
    InlinePanel(
        "run_assignments",
        [
            FieldPanel("assignment"),
            PageChooserPanel("module", "courses.ModulePage"),
            MultiFieldPanel([FieldPanel("opens"), FieldPanel("due"), FieldPanel("late")], heading=_("Dates")),
            MultiFieldPanel(
                [
                    FieldPanel("is_required"),
                    FieldPanel("weight"),
                    FieldPanel("needs_second_marker"),
                    # What it does not hide is said where it is chosen.
                    FieldPanel(
                        "is_marked_anonymously",
                        help_text=_(
                            "Names are out of sight until the first assessment is released. Whoever looks for the "
                            "writer can still work it out in a small group or where few works wait: the gradebook "
                            "tells who has handed in, and the peer reviews who reviews which work."
                        ),
                    ),
                    FieldPanel("hints_at_likeness"),
                ],
                heading=_("Marking"),
            ),
            MultiFieldPanel(
                [FieldPanel("peers"), FieldPanel("reviews_each"), FieldPanel("reviews_due")], heading=_("Peer review")
            ),
        ],
        heading=_("Assignments"),
        label=_("assignment"),
        help_text=_("Times are in Finnish time."),
    ),
    FormInlinePanel(
        "run_teachers",
        [FieldPanel("user"), FieldPanel("role")],
        heading=_("Teachers of the run"),
        label=_("teacher"),
        help_text=_("Teachers see the learners of the run and what they have done."),
        form=RunTeacherForm,
    ),
]


class CreateView(snippets.CreateView):
    def save_instance(self) -> CourseRun:
        """A teacher who makes a run teaches it, or could not open it again."""
        with transaction.atomic():
            run: CourseRun = super().save_instance()
            if not may_arrange_every_run(self.request.user) and not is_teacher_of(self.request.user, run):
                RunTeacher.objects.create(run=run, user_id=self.request.user.pk, role=RunTeacher.Role.RESPONSIBLE)
            note_changes(run=run, before={}, by=self.request.user)
        return run


class OwnRuns:
    """A run is opened by those who may change it alone."""

    def get_object(self, *args: Any) -> CourseRun:
        # Both are methods of the view that this is mixed into.
        run: CourseRun = super().get_object(*args)  # type: ignore[misc]
        if not self.user_has_permission_for_instance("change", run):  # type: ignore[attr-defined]
            raise PermissionDenied
        return run


class EditView(OwnRuns, snippets.EditView):
    def save_instance(self) -> CourseRun:
        """Seats that were added are offered to those who wait, and dates that were moved reach attempts, at once."""
        with transaction.atomic():
            before = roles_of(lock_run(self.object))
            run: CourseRun = super().save_instance()
            note_changes(run=run, before=before, by=self.request.user)
            offer_freed_seats(run=run)
            follow_the_dates(Attempt.objects.filter(run_quiz__run=run))
        return run


class HistoryView(OwnRuns, snippets.HistoryView):
    pass


class UsageView(OwnRuns, snippets.UsageView):
    pass


class IndexView(snippets.IndexView):
    """All runs; the ways on are shown for those that the person teaches or may arrange."""

    def get_edit_url(self, instance: Any) -> str | None:
        return super().get_edit_url(instance) if instance.is_own else None

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if not instance.is_own:
            return buttons
        ways = [
            (_("Copy with new dates"), "copy_run", "copy", 20),
            (_("As a learner sees it"), "study:run", "view", 30),
        ]
        if instance.is_taught:
            ways.append((pgettext_lazy("desk of a run", "Dashboard"), "run_dashboard", "desktop", 0))
            ways.append((_("Learners"), "run_learners", "group", 1))
        own = [
            Button(label, url=reverse(name, args=[instance.code]), icon_name=icon, priority=priority)
            for label, name, icon, priority in ways
        ]
        return buttons + own


class CourseRunViewSet(RowViewSet):
    model = CourseRun
    icon = "date"
    add_view_class = CreateView
    edit_view_class = EditView
    history_view_class = HistoryView
    usage_view_class = UsageView
    index_view_class = IndexView
    edit_handler = ObjectList(PANELS, base_form_class=RunForm)
    ordering = ["-starts"]
    search_fields = ["code", "course__name_fi", "course__code"]
    list_display = [
        "code",
        Column("course", label=_("Course"), sort_key="course__name_fi"),
        Column("starts", label=_("Starts"), accessor=lambda run: dates.day(run.starts), sort_key="starts"),
        Column("ends", label=_("Ends"), accessor=lambda run: dates.day(run.ends) if run.ends else "", sort_key="ends"),
        Column("admission", label=_("Who may enrol"), accessor="get_admission_display"),
        TitleColumn("taken", label=_("Learners"), accessor=lambda run: _taken(run), get_url=lambda run: _desk(run)),
        NumberColumn("waiting", label=pgettext_lazy("people", "Waiting")),
    ]
    list_filter = ["course", "admission", "pace"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[CourseRun]":
        teaches = RunTeacher.objects.filter(run=OuterRef("pk"), user_id=request.user.pk)
        return CourseRun.objects.select_related("course").annotate(
            is_taught=Exists(teaches),
            is_own=Value(True) if may_arrange_every_run(request.user) else Exists(teaches),
            held=Count("enrolments", filter=Q(enrolments__status__in=HOLDING_A_SEAT)),
            waiting=Count("enrolments", filter=Q(enrolments__status__in=[Status.WAITING, Status.APPLIED])),
        )


def _taken(run: Any) -> str:
    return f"{run.held}/{run.seats}" if run.seats else str(run.held)


def _desk(run: Any) -> str | None:
    return reverse("run_dashboard", args=[run.code]) if run.is_taught else None


class LearningGroup(CourseGroup):
    """Courses, their runs and their questions in one menu."""

    items = (CourseGroup.items[0], CourseRunViewSet, *CourseGroup.items[1:])

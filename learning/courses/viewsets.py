"""Courses and questions in the admin."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSetGroup

from common.viewsets import NamedViewSet, RowViewSet
from learning.courses.bank.views import MAY_IMPORT, export_questions, import_questions
from learning.courses.models import Assignment, Course, Question, Quiz


class CourseFilterSet(WagtailFilterSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A relation seen from its other end has no name of its own.
        self.filters["institutions__organisation"].label = _("Institution")

    class Meta:
        model = Course
        fields = ["assessment", "institutions__organisation"]


class CourseViewSet(NamedViewSet):
    model = Course
    icon = "clipboard-list"
    list_display = [
        "name_fi",
        Column("code", label=pgettext_lazy("identifier", "Code"), sort_key="code"),
        Column("credits", label=_("Credits"), sort_key="credits"),
        Column("hours", label=_("Hours"), sort_key="hours"),
        Column("level", label=_("Level"), sort_key="level"),
    ]
    filterset_class = CourseFilterSet


class QuestionIndexView(IndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        made: list[Button] = super().header_more_buttons
        namespace = Question.snippet_viewset.url_namespace
        if self.request.user.has_perms(MAY_IMPORT):
            made.append(Button(_("Import questions"), url=reverse(f"{namespace}:import"), icon_name="upload"))
        for kind, label in (
            ("xlsx", _("Export as XLSX")),
            ("csv", _("Export as CSV")),
            ("md", _("Export as Markdown")),
        ):
            url = f"{reverse(f'{namespace}:export')}?muoto={kind}"
            made.append(Button(label, url=url, icon_name="download"))
        return made


class QuestionViewSet(RowViewSet):
    """Shown with the number of the newest version, the one that learners are asked."""

    model = Question
    icon = "help"
    ordering = ["code"]
    search_fields = ["code", "prompt"]
    list_display = [
        "code",
        Column("prompt", label=_("Question")),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("current_number", label=_("Version"), sort_key="current_number"),
    ]
    list_filter = ["kind", "language"]
    index_view_class = QuestionIndexView

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Question]":
        return Question.objects.all().with_current()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("import/", import_questions, name="import"),
            path("export/", export_questions, name="export"),
        ]


class QuizViewSet(RowViewSet):
    model = Quiz
    icon = "list-ol"
    ordering = ["code"]
    search_fields = ["code", "title"]
    list_display = [
        "title",
        Column("course", label=_("Course"), sort_key="course__name_fi"),
        Column("code", label=pgettext_lazy("identifier", "Code"), sort_key="code"),
        Column("asked", label=_("Questions"), sort_key="asked"),
        Column("minutes", label=_("Minutes"), sort_key="minutes"),
        Column("pass_percent", label=_("To pass, per cent"), sort_key="pass_percent"),
    ]
    list_filter = ["course", "language"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Quiz]":
        return Quiz.objects.select_related("course").annotate(asked=Count("questions"))


class AssignmentViewSet(RowViewSet):
    model = Assignment
    icon = "edit"
    ordering = ["code"]
    search_fields = ["code", "title"]
    list_display = [
        "title",
        Column("course", label=_("Course"), sort_key="course__name_fi"),
        Column("code", label=pgettext_lazy("identifier", "Code"), sort_key="code"),
        Column("kind", label=_("What is handed in"), accessor="get_kind_display", sort_key="kind"),
        Column("asked", label=_("Criteria"), sort_key="asked"),
    ]
    list_filter = ["course", "kind", "language"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Assignment]":
        return Assignment.objects.select_related("course").annotate(asked=Count("criteria"))


class CourseGroup(SnippetViewSetGroup):
    menu_label = _("Courses")
    menu_name = "courses"
    menu_icon = "clipboard-list"
    menu_order = 520
    items: tuple[type[RowViewSet], ...] = (CourseViewSet, QuizViewSet, AssignmentViewSet, QuestionViewSet)

"""Courses and questions in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from common.viewsets import NamedViewSet, RowViewSet
from learning.courses.models import Course, Question


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

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Question]":
        return Question.objects.all().with_current()


class CourseGroup(SnippetViewSetGroup):
    menu_label = _("Courses")
    menu_name = "courses"
    menu_icon = "clipboard-list"
    menu_order = 520
    items: tuple[type[RowViewSet], ...] = (CourseViewSet, QuestionViewSet)

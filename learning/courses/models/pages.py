"""The pages that present a course: catalogue, course, module, lesson."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from common.blocks import LineBlocks
from common.fields import TEXT, CleanRichTextField
from common.models import BasePage, PresentingPage
from learning.courses.blocks import LessonBlocks
from learning.courses.querysets import CourseManager
from vocabulary.blocks import ContentWithTerms

if TYPE_CHECKING:
    from django.http import HttpRequest

    from common.schema import Context, Thing

AREA_BY_MODULE_ORDER = ("justice", "knowledge", "knowledge", "strategy", "justice", "inclusion")


class CourseIndexPage(BasePage):
    """The catalogue of courses."""

    template = "learning/courses/course_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("course catalogue")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["courses"] = CoursePage.objects.in_language(self.locale.language_code).for_cards()
        return context


class CoursePage(PresentingPage):
    """A course as a reader meets it."""

    course = models.ForeignKey(
        "courses.Course", verbose_name=_("course"), on_delete=models.PROTECT, related_name="pages"
    )
    aims = StreamField(LineBlocks(), verbose_name=_("aims"), blank=True)
    outcomes = StreamField(LineBlocks(), verbose_name=_("learning outcomes"), blank=True)
    audience = models.TextField(_("for whom"), max_length=500, blank=True)
    workload = models.TextField(_("workload"), max_length=1000, blank=True)
    body = StreamField(ContentWithTerms(), verbose_name=_("text"), blank=True)

    objects = CourseManager()

    presents = "course"
    already_presented = _("The course already has a page in this language.")

    template = "learning/courses/course_page.html"
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage"]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("course"),
        FieldPanel("audience"),
        FieldPanel("aims"),
        FieldPanel("outcomes"),
        FieldPanel("workload"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("audience")]

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")

    pattern_area = "strategy"

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from learning.courses.views import course_contents

        context = super().get_context(request, *args, **kwargs)
        return context | course_contents(self)

    def structured_data(self, context: "Context") -> "list[Thing]":
        from learning.courses.schema import course

        return [course(self, context)]


class ModulePage(BasePage):
    """A module: a part of a course with its own outcomes, lessons and task."""

    code = models.CharField(_("code"), max_length=10)
    credits = models.DecimalField(_("credits (ECTS)"), max_digits=4, decimal_places=1, null=True, blank=True)
    hours = models.DecimalField(_("hours of work"), max_digits=5, decimal_places=1, null=True, blank=True)
    outcomes = StreamField(LineBlocks(), verbose_name=_("learning outcomes"), blank=True)
    body = StreamField(ContentWithTerms(), verbose_name=_("text"), blank=True)
    task_title = models.CharField(_("title of the assignment"), max_length=200, blank=True)
    task_text = CleanRichTextField(_("assignment"), features=TEXT, blank=True)
    reading = StreamField(LineBlocks(), verbose_name=_("further reading"), blank=True)

    template = "learning/courses/module_page.html"
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage"]

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("code"), FieldPanel("credits"), FieldPanel("hours")], heading=_("Size")),
        FieldPanel("outcomes"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("task_title"), FieldPanel("task_text")], heading=_("Assignment")),
        FieldPanel("reading"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("task_text"),
        index.FilterField("code"),
    ]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    @property
    def pattern_area(self) -> str:  # type: ignore[override]
        """Modules of a course are drawn as storeys of different forms; the code decides, so it never changes."""
        digits = "".join(filter(str.isdecimal, self.code)) or "1"
        return AREA_BY_MODULE_ORDER[(int(digits) - 1) % len(AREA_BY_MODULE_ORDER)]

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from learning.courses.views import module_contents

        context = super().get_context(request, *args, **kwargs)
        return context | module_contents(self)

    def structured_data(self, context: "Context") -> "list[Thing]":
        from learning.courses.schema import module

        return [module(self, context)]


class LessonPage(BasePage):
    """A lesson: some ten minutes to an hour of reading, with questions to check oneself."""

    code = models.CharField(_("code"), max_length=10, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    body = StreamField(LessonBlocks(), verbose_name=_("text"), blank=True)

    template = "learning/courses/lesson_page.html"
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("code"), FieldPanel("minutes")], heading=_("Place and length")),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @cached_property
    def module(self) -> ModulePage:
        module: ModulePage = ModulePage.objects.parent_of(self).get()
        return module

    @property
    def pattern_area(self) -> str:  # type: ignore[override]
        return self.module.pattern_area

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from learning.courses.views import lesson_contents

        context = super().get_context(request, *args, **kwargs)
        return context | lesson_contents(self, request)

    def serve(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> Any:
        from learning.courses.views import keep_answers_private

        return keep_answers_private(request, super().serve(request, *args, **kwargs))

    def structured_data(self, context: "Context") -> "list[Thing]":
        from learning.courses.schema import lesson

        return [lesson(self, context)]

"""Monthly themes: what the network studies together, one at a time."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from common.blocks import LineBlocks
from common.fields import TEXT, CleanRichTextField
from common.models import BasePage
from common.usage import CountedManyToManyField
from learning.themes.querysets import ThemeManager
from vocabulary.blocks import ContentWithTerms
from vocabulary.panels import vocabulary_panel

if TYPE_CHECKING:
    from django.http import HttpRequest

    from common.schema import Context, Thing


class ThemeIndexPage(BasePage):
    """All themes: this month's, the coming ones, the past ones."""

    template = "learning/themes/theme_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["themes.ThemePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("theme list")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from learning.themes.views import theme_lists

        context = super().get_context(request, *args, **kwargs)
        return context | theme_lists(request, self.locale.language_code)


class ThemePage(BasePage):
    """One theme. The month is its first day; without one the theme is always open."""

    month = models.DateField(
        _("month"),
        null=True,
        blank=True,
        help_text=_("Any day of the month; kept as its first day. Leave empty for a theme without a month."),
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    aims = StreamField(LineBlocks(), verbose_name=_("learning aims"), blank=True)
    body = StreamField(ContentWithTerms(), verbose_name=_("text"), blank=True)
    task_title = models.CharField(_("title of the task"), max_length=150, blank=True)
    task_text = CleanRichTextField(_("task to try at work"), features=TEXT, blank=True)
    discussion = StreamField(LineBlocks(), verbose_name=_("questions to discuss"), blank=True)
    task_areas = CountedManyToManyField("vocabulary.TaskArea", verbose_name=_("task areas"), blank=True)
    phenomena = CountedManyToManyField("vocabulary.Phenomenon", verbose_name=_("phenomena"), blank=True)
    methods = CountedManyToManyField("vocabulary.Method", verbose_name=_("methods"), blank=True)

    objects = ThemeManager()

    template = "learning/themes/theme_page.html"
    parent_page_types = ["themes.ThemeIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("month"), FieldPanel("order")], heading=_("When")),
        FieldPanel("aims"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("task_title"), FieldPanel("task_text")], heading=_("Task to try at work")),
        FieldPanel("discussion"),
        InlinePanel("course_links", label=_("course or module"), heading=_("Course modules")),
        vocabulary_panel("task_areas", "phenomena", "methods"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("task_text"),
        index.FilterField("month"),
    ]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            # By its text: for the day of a date, SQLite needs a function that only Django's connections have.
            models.CheckConstraint(
                condition=models.Q(month=None) | models.Q(month__endswith="-01"), name="theme_month_is_a_first_day"
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.month:
            self.month = self.month.replace(day=1)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if isinstance(self.month, datetime.date):
            self.month = self.month.replace(day=1)
        return super().save(*args, **kwargs)

    @cached_property
    def pattern_area(self) -> str | None:  # type: ignore[override]
        areas = self.task_areas.all()
        return areas[0].code if areas else None

    @property
    def state(self) -> str:
        """current, coming, past, or open where the theme has no month."""
        if self.month is None:
            return "open"
        this_month = timezone.localdate().replace(day=1)
        if self.month == this_month:
            return "current"
        return "coming" if self.month > this_month else "past"

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from learning.themes.views import belongings

        context = super().get_context(request, *args, **kwargs)
        return context | belongings(self)

    def structured_data(self, context: "Context") -> "list[Thing]":
        from learning.themes.schema import theme

        return [theme(self, context)]


class ThemeCourseLink(Orderable):
    """A course or a module that deepens the theme."""

    theme = ParentalKey(ThemePage, on_delete=models.CASCADE, related_name="course_links")
    page = models.ForeignKey(
        Page, verbose_name=_("course or module"), on_delete=models.CASCADE, related_name="theme_links"
    )

    panels = [PageChooserPanel("page", ["courses.ModulePage", "courses.CoursePage"])]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["theme", "page"], name="each_course_once_per_theme")]

"""The blog: advocacy texts by professionals, students, experts by experience."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from blog.querysets import PostManager
from blog.text import plain_text, reading_minutes
from common.fields import TEXT, CleanRichTextField
from common.models import BasePage
from common.usage import CountedManyToManyField
from vocabulary.panels import vocabulary_panel

if TYPE_CHECKING:
    from django.http import HttpRequest

    from common.schema import Context, Thing

MIN_CHARACTERS = 2_200
MAX_CHARACTERS = 3_400


class BlogIndexPage(BasePage):
    """All posts, newest first, with filters by topic, author role and year."""

    template = "blog/blog_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["blog.PostPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("blog")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from blog.views import post_list

        context = super().get_context(request, *args, **kwargs)
        return context | post_list(request)


class PostPage(BasePage):
    """One post. The author is shown by role and organisation.

    The body is a single rich text field, so that its length and places in it mean one thing.
    """

    date = models.DateField(_("date"), default=timezone.localdate)
    author_name = models.CharField(
        _("author's name"), max_length=150, blank=True, help_text=_("Only with the author's consent; else the role.")
    )
    author_title = models.CharField(_("author's role"), max_length=150, help_text=_("For example: Social worker."))
    author_group = models.ForeignKey(
        "vocabulary.ActorGroup",
        verbose_name=_("author's group"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("author's organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
    )
    body = CleanRichTextField(_("text"), features=TEXT)
    task_area = models.ForeignKey(
        "vocabulary.TaskArea",
        verbose_name=_("task area"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    phenomena = CountedManyToManyField("vocabulary.Phenomenon", verbose_name=_("topics"), blank=True)
    methods = CountedManyToManyField("vocabulary.Method", verbose_name=_("methods"), blank=True)
    themes = CountedManyToManyField(
        "themes.ThemePage",
        verbose_name=_("themes"),
        blank=True,
        related_name="posts",
        limit_choices_to={"locale__language_code": "fi"},
    )

    objects = PostManager()

    template = "blog/post_page.html"
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("date"),
        MultiFieldPanel(
            [
                FieldPanel("author_title"),
                FieldPanel("author_name"),
                FieldPanel("author_group"),
                FieldPanel("organisation"),
            ],
            heading=_("Author"),
        ),
        FieldPanel("body"),
        vocabulary_panel(FieldPanel("task_area"), "phenomena", "methods", "themes", is_folded=False),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("author_title"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("blog post")
        verbose_name_plural = _("blog posts")

    @property
    def pattern_area(self) -> str | None:  # type: ignore[override]
        return self.task_area.code if self.task_area else None

    @property
    def characters(self) -> int:
        """Length of the body as plain text, spaces included."""
        return len(plain_text(self.body))

    @property
    def minutes(self) -> int:
        return reading_minutes(self.body)

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from blog.views import post_surroundings

        context = super().get_context(request, *args, **kwargs)
        return context | post_surroundings(self)

    def structured_data(self, context: "Context") -> "list[Thing]":
        from blog.schema import post

        return [post(self, context)]

"""The blog: advocacy texts by professionals, students, experts by experience."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from blog.models.bylines import Affiliated
from blog.querysets import PostManager
from common.fields import TEXT, CleanRichTextField
from common.models import BasePage
from common.usage import CountedManyToManyField
from texts.counting import characters_in, reading_minutes
from vocabulary.panels import vocabulary_panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from wagtail.models import Revision

    from common.schema import Context, Thing

MIN_CHARACTERS = 2_200
MAX_CHARACTERS = 3_400
# By this attribute of the request, whoever counts reads knows which post was served.
COUNTED = "counted_post"
# What looks at the revision of a post before it is published, whichever way, and may refuse. Submitting adds its own.
BEFORE_PUBLISHING: "list[Callable[[Revision], None]]" = []


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

    channel = models.ForeignKey(
        "blog.Channel",
        verbose_name=_("channel"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        help_text=_("Empty: the network's own blog."),
    )
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
    other_organisation = models.CharField(
        _("other organisation"), max_length=150, blank=True, help_text=_("One that is not in the directory.")
    )
    body = CleanRichTextField(_("text"), features=[*TEXT, "blockquote"])
    picture = models.ForeignKey(
        "common.SiteImage",
        verbose_name=_("picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    picture_alt = models.CharField(_("text alternative of the picture"), max_length=300, blank=True)
    external_url = models.URLField(
        _("address elsewhere"),
        blank=True,
        help_text=_("For a post that was published elsewhere: the text here is then a summary that leads there."),
    )
    external_publisher = models.CharField(_("published by"), max_length=150, blank=True)
    takes_comments = models.BooleanField(_("readers may comment"), default=False)
    takes_thanks = models.BooleanField(_("readers may thank"), default=False)
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
        FieldPanel("channel"),
        FieldPanel("date"),
        MultiFieldPanel(
            [
                FieldPanel("author_title"),
                FieldPanel("author_name"),
                FieldPanel("author_group"),
                FieldPanel("organisation"),
                FieldPanel("other_organisation"),
            ],
            heading=_("Author"),
        ),
        InlinePanel("other_authors", heading=_("Other authors"), label=_("Author")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        MultiFieldPanel([FieldPanel("external_url"), FieldPanel("external_publisher")], heading=_("Elsewhere")),
        MultiFieldPanel([FieldPanel("takes_comments"), FieldPanel("takes_thanks")], heading=_("Readers")),
        InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")),
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
        return characters_in(self.body)

    @property
    def minutes(self) -> int:
        return reading_minutes(self.body)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Also what is published by a workflow, in bulk or when its moment has come is what its writer has approved."""
        for check in BEFORE_PUBLISHING:
            check(revision)
        return super().publish(revision, *args, **kwargs)

    publish.alters_data = True  # type: ignore[attr-defined]  # what templates ask of a function

    def serve(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> Any:
        setattr(request, COUNTED, self.pk)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from blog.views import post_surroundings

        context = super().get_context(request, *args, **kwargs)
        return context | post_surroundings(self)

    def structured_data(self, context: "Context") -> "list[Thing]":
        from blog.schema import post

        return [post(self, context)]


class PostAuthor(Affiliated, Orderable):
    """Somebody who wrote the post together with its first author."""

    page = ParentalKey(PostPage, on_delete=models.CASCADE, related_name="other_authors")
    name = models.CharField(_("name"), max_length=150, blank=True, help_text=_("Only with the author's consent."))
    title = models.CharField(_("role"), max_length=150)

    class Meta(Orderable.Meta):
        verbose_name = _("author of a post")
        verbose_name_plural = _("authors of a post")

    def __str__(self) -> str:
        return self.name or self.title


class Correction(Orderable):
    """What was corrected after publishing, told on the page with its day."""

    page = ParentalKey(PostPage, on_delete=models.CASCADE, related_name="corrections")
    day = models.DateField(_("date"), default=timezone.localdate)
    text = models.CharField(_("what was corrected"), max_length=500)

    class Meta(Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return self.text

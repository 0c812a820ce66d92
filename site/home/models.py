"""The front page and the standing pages: about, contact, privacy, accessibility."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from common.models import BasePage
from vocabulary.blocks import ContentWithTerms

if TYPE_CHECKING:
    from django.http import HttpRequest

    from common.schema import Context, Thing


class HomePage(BasePage):
    """The front page of one language."""

    hero = models.CharField(_("heading"), max_length=120, help_text=_("The one sentence that a visitor remembers."))

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "themes.ThemeIndexPage",
        "courses.CourseIndexPage",
        "blog.BlogIndexPage",
        "organisations.OrganisationIndexPage",
        "events.EventIndexPage",
        "resources.ResourceIndexPage",
        "vocabulary.GlossaryPage",
        "home.StandardPage",
        "home.AccessibilityStatementPage",
    ]

    content_panels = [*BasePage.content_panels, FieldPanel("hero")]

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.front import front_page

        context = super().get_context(request, *args, **kwargs)
        return context | front_page(self.locale.language_code)

    def structured_data(self, context: "Context") -> "list[Thing]":
        from home.schema import website

        return website(self, context)


class StandardPage(BasePage):
    """A standing page. Its key says which one it is, so that the footer finds it in every language."""

    class Key(models.TextChoices):
        ABOUT = "about", _("About the network")
        CONTACT = "contact", _("Contact")
        PRIVACY = "privacy", _("Privacy notice")
        OTHER = "", _("Other")

    key = models.CharField(_("which page"), max_length=10, choices=Key, blank=True, default=Key.OTHER)
    body = StreamField(ContentWithTerms(), verbose_name=_("text"), blank=True)

    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    settings_panels = [*BasePage.settings_panels, FieldPanel("key")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")


class ShortcomingBlock(blocks.StructBlock):
    """A part of the service that is not accessible, and what is done about it."""

    what = blocks.CharBlock(label=_("What"), max_length=300)
    why = blocks.CharBlock(label=_("Why, and whom it hinders"), max_length=500)
    when = blocks.CharBlock(label=_("When it is mended"), max_length=200)

    class Meta:
        icon = "warning"
        label = _("Shortcoming")


class ShortcomingBlocks(blocks.StreamBlock):
    shortcoming = ShortcomingBlock()


class AccessibilityStatementPage(BasePage):
    """The accessibility statement that act 306/2019 requires, each mandatory part a field of its own."""

    class Status(models.TextChoices):
        FULL = "full", _("Meets the requirements fully")
        PARTIAL = "partial", _("Meets the requirements partly")
        NOT = "not", _("Does not meet the requirements")

    class Method(models.TextChoices):
        SELF = "self", _("Self-assessment")
        EXTERNAL = "external", _("Assessment by an outside expert")

    service = models.CharField(_("service"), max_length=200)
    provider = models.CharField(_("service provider"), max_length=200)
    standard = models.CharField(_("standard"), max_length=200)
    status = models.CharField(_("compliance"), max_length=10, choices=Status)
    shortcomings = StreamField(ShortcomingBlocks(), verbose_name=_("shortcomings"), blank=True)
    alternative_access = models.TextField(_("how to get the content otherwise"))
    method = models.CharField(_("method of assessment"), max_length=10, choices=Method)
    prepared = models.DateField(_("statement drawn up"))
    updated = models.DateField(_("statement updated"))
    unit = models.CharField(_("responsible unit"), max_length=200)
    feedback_email = models.EmailField(_("e-mail address for feedback"))
    feedback_days = models.PositiveSmallIntegerField(_("days to answer"), default=14)
    supervisor_name = models.CharField(_("supervisory authority"), max_length=200)
    supervisor_url = models.URLField(_("its website"))
    supervisor_email = models.EmailField(_("its e-mail address"), blank=True)
    body = StreamField(ContentWithTerms(), verbose_name=_("more text"), blank=True)

    template = "home/accessibility_statement_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("service"), FieldPanel("provider"), FieldPanel("standard")], heading=_("Service")),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("shortcomings"), FieldPanel("alternative_access")],
            heading=_("Compliance"),
        ),
        MultiFieldPanel(
            [FieldPanel("method"), FieldPanel("prepared"), FieldPanel("updated"), FieldPanel("unit")],
            heading=_("Assessment"),
        ),
        MultiFieldPanel([FieldPanel("feedback_email"), FieldPanel("feedback_days")], heading=_("Feedback")),
        MultiFieldPanel(
            [FieldPanel("supervisor_name"), FieldPanel("supervisor_url"), FieldPanel("supervisor_email")],
            heading=_("Supervision"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

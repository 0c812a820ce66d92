"""Resources: publications, guides, templates, infographics, each with a file or a link that says where it opens."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from common.addresses import host_of
from common.models import BasePage
from common.usage import CountedManyToManyField
from network.resources.blocks import ResourceBlocks
from network.resources.querysets import ResourceManager
from vocabulary.blocks import ContentWithTerms
from vocabulary.panels import vocabulary_panel

if TYPE_CHECKING:
    from django.http import HttpRequest

    from common.schema import Context, Thing


class ResourceIndexPage(BasePage):
    """All resources with filters by type, publisher and year."""

    template = "network/resources/resource_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.ResourcePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("resource list")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.resources.views import resource_list

        context = super().get_context(request, *args, **kwargs)
        return context | resource_list(request)


class ResourcePage(BasePage):
    """One resource: what it is, whose, under which terms, and the way to it."""

    class Type(models.TextChoices):
        PUBLICATION = "publication", _("Publication")
        WORKING_PAPER = "working_paper", _("Working paper")
        INFOGRAPHIC = "infographic", _("Infographic")
        VIDEO = "video", _("Video")
        PROGRAMME = "programme", _("Programme")
        FORM_TEMPLATE = "form_template", _("Form template")
        GUIDE = "guide", _("Guide")
        SURVEY = "survey", _("Report")
        NEWSLETTER = "newsletter", _("Newsletter")

    type = models.CharField(_("type"), max_length=15, choices=Type)
    publisher = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("publisher"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    document = models.ForeignKey(
        "common.SiteDocument",
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
    )
    external_url = models.URLField(_("address on another site"), blank=True)
    opens_on = models.CharField(
        _("opens on"), max_length=100, blank=True, help_text=_("The name of the site where the link opens.")
    )
    page_count = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    body = StreamField(ResourceBlocks(), verbose_name=_("description"), blank=True)
    text_alternative = StreamField(
        ContentWithTerms(),
        verbose_name=_("text alternative"),
        blank=True,
        help_text=_("Everything that the picture or the video says, as text."),
    )
    themes = CountedManyToManyField(
        "themes.ThemePage",
        verbose_name=_("themes"),
        blank=True,
        related_name="resources",
        limit_choices_to={"locale__language_code": "fi"},
    )
    task_areas = CountedManyToManyField("vocabulary.TaskArea", verbose_name=_("task areas"), blank=True)
    phenomena = CountedManyToManyField("vocabulary.Phenomenon", verbose_name=_("phenomena"), blank=True)
    methods = CountedManyToManyField("vocabulary.Method", verbose_name=_("methods"), blank=True)

    objects = ResourceManager()

    template = "network/resources/resource_page.html"
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []

    NEEDS_TEXT_ALTERNATIVE = {Type.INFOGRAPHIC, Type.VIDEO}

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("type"),
                FieldPanel("publisher"),
                FieldPanel("year"),
                FieldPanel("licence"),
                FieldPanel("page_count"),
            ],
            heading=_("What it is"),
        ),
        MultiFieldPanel(
            [FieldPanel("document"), FieldPanel("external_url"), FieldPanel("opens_on")],
            heading=_("File or link"),
        ),
        FieldPanel("body"),
        FieldPanel("text_alternative"),
        vocabulary_panel("themes", "task_areas", "phenomena", "methods"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("text_alternative"),
        index.FilterField("type"),
        index.FilterField("year"),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(document=None) | models.Q(external_url=""), name="resource_has_one_way_to_it"
            )
        ]

    @property
    def pattern_area(self) -> str | None:  # type: ignore[override]
        if hasattr(self, "first_area"):
            return self.first_area or None
        areas = self.task_areas.all()
        return areas[0].code if areas else None

    @property
    def opens_where(self) -> str:
        """The site where the outside link opens, by name or else by host."""
        return self.opens_on or host_of(self.external_url)

    def clean(self) -> None:
        super().clean()
        if bool(self.document_id) == bool(self.external_url):
            raise ValidationError({"document": _("Choose a file or give an address on another site, not both.")})
        shows_video = any(block.block_type == "video" for block in self.body)
        if (self.type in self.NEEDS_TEXT_ALTERNATIVE or shows_video) and not self.text_alternative:
            raise ValidationError({"text_alternative": _("An infographic or a video needs its text alternative.")})

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.resources.views import resource_surroundings

        context = super().get_context(request, *args, **kwargs)
        return context | resource_surroundings(self)

    def structured_data(self, context: "Context") -> "list[Thing]":
        from network.resources.schema import resource

        return [resource(self, context)]

"""Organisations of the network, their dated relations, and the pages that present them."""

import uuid
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from common.blocks import LineBlocks
from common.fields import TEXT, CleanRichTextField
from common.models import BasePage, PresentingPage
from common.translated import Named, in_reader_language
from common.usage import CountedManyToManyField
from network.organisations.querysets import OrganisationPageManager
from vocabulary.blocks import ContentWithTerms
from vocabulary.panels import checkboxes, vocabulary_panel

if TYPE_CHECKING:
    from django.http import HttpRequest

    from common.schema import Context, Thing


class Organisation(index.Indexed, ClusterableModel, Named):
    """An organisation, in whatever language it is read about. Renamed or merged ones stay, with an end date."""

    class Type(models.TextChoices):
        COUNTY = "county", _("Wellbeing services county")
        NGO = "ngo", _("NGO")
        MUNICIPALITY = "municipality", _("Municipality")
        JOINT_AUTHORITY = "joint_authority", _("Joint municipal authority")
        SERVICE_PROVIDER = "service_provider", _("Service provider")
        CENTRE = "centre", _("Centre of expertise in social welfare")
        UAS = "uas", _("University of applied sciences")
        UNIVERSITY = "university", _("University")
        EXPERT_INSTITUTE = "expert_institute", _("State expert institute")
        MINISTRY = "ministry", _("Ministry")
        EU = "eu", _("European Union")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=Type)
    regions = CountedManyToManyField(
        "vocabulary.Region", verbose_name=_("regions"), blank=True, related_name="organisations"
    )
    is_national = models.BooleanField(_("works in the whole country"), default=False)
    is_key_partner = models.BooleanField(_("key partner"), default=False)
    is_fictional = models.BooleanField(_("invented example"), default=False)
    task_areas = CountedManyToManyField(
        "vocabulary.TaskArea", verbose_name=_("task areas"), blank=True, related_name="organisations"
    )
    phenomena = CountedManyToManyField("vocabulary.Phenomenon", verbose_name=_("phenomena"), blank=True)
    services = CountedManyToManyField("vocabulary.Service", verbose_name=_("services"), blank=True)
    website = models.URLField(_("website"), blank=True)
    starts = models.DateField(_("has existed since"), null=True, blank=True)
    ends = models.DateField(_("existed until"), null=True, blank=True, help_text=_("Empty: still exists."))
    editor_note = models.TextField(_("note for editors"), blank=True, help_text=_("Never shown on the site."))

    panels = [
        MultiFieldPanel([FieldPanel("name_fi"), FieldPanel("name_sv"), FieldPanel("name_en")], heading=_("Names")),
        FieldPanel("short_name"),
        FieldPanel("code"),
        FieldPanel("type"),
        MultiFieldPanel(
            [
                checkboxes("regions"),
                FieldPanel("is_national"),
            ],
            heading=_("Where"),
        ),
        MultiFieldPanel([FieldPanel("is_key_partner"), FieldPanel("is_fictional")], heading=_("In the network")),
        FieldPanel("website"),
        MultiFieldPanel([FieldPanel("starts"), FieldPanel("ends")], heading=_("Existence")),
        InlinePanel("contacts", label=_("contact"), heading=_("Contacts by role")),
        InlinePanel("relations", label=_("relation"), heading=_("Relations to other organisations")),
        vocabulary_panel("task_areas", "phenomena", "services"),
        FieldPanel("editor_note"),
    ]
    search_fields = [
        index.SearchField("name_fi"),
        index.SearchField("name_sv"),
        index.SearchField("name_en"),
        index.SearchField("short_name"),
        index.AutocompleteField("name_fi"),
        index.AutocompleteField("short_name"),
        index.FilterField("type"),
        index.FilterField("is_key_partner"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_fi"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                name="organisation_ends_after_it_starts",
            )
        ]

    @property
    def has_ended(self) -> bool:
        return self.ends is not None and self.ends < timezone.localdate()


class Contact(Orderable):
    """Whom to reach, by role: people change, roles stay."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    role_fi = models.CharField(_("role in Finnish"), max_length=150)
    role_sv = models.CharField(_("role in Swedish"), max_length=150, blank=True)
    role_en = models.CharField(_("role in English"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    note = models.CharField(_("what to ask"), max_length=200, blank=True)

    panels = [
        FieldPanel("role_fi"),
        FieldPanel("role_sv"),
        FieldPanel("role_en"),
        FieldPanel("email"),
        FieldPanel("note"),
    ]

    @property
    def role(self) -> str:
        return in_reader_language(self, "role")


class Relation(Orderable):
    """What one organisation is to another, from when to when."""

    class Kind(models.TextChoices):
        COORDINATES = "coordinates", _("coordinates")
        FUNDS = "funds", _("funds")
        ADMINISTERS = "administers", _("administers")
        IMPLEMENTS = "implements", _("implements for")
        ROOTS = "roots", _("roots the practice of")
        PRODUCES_SERVICE = "produces_service", _("produces a service for")
        COVERS = "covers", _("covers the area of")
        SUCCEEDS = "succeeds", _("continues the work of")
        MEMBER_OF = "member_of", _("is a member of")

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=20, choices=Kind)
    to = models.ForeignKey(
        Organisation, verbose_name=_("to"), on_delete=models.PROTECT, related_name="relations_from_others"
    )
    starts = models.DateField(_("since"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("in what"), max_length=300, blank=True)

    panels = [
        FieldPanel("kind"),
        FieldPanel("to"),
        FieldPanel("starts"),
        FieldPanel("ends"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                name="relation_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(organisation=F("to")), name="no_relation_to_itself"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.to_id and self.to_id == self.organisation_id:
            raise ValidationError({"to": _("Choose another organisation.")})


class OrganisationIndexPage(BasePage):
    """The directory of organisations with its tile map."""

    template = "network/organisations/organisation_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["organisations.OrganisationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory of organisations")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.organisations.views import directory

        context = super().get_context(request, *args, **kwargs)
        return context | directory(request)


class OrganisationPage(PresentingPage):
    """An organisation as it tells of itself."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="pages"
    )
    environment = CleanRichTextField(_("operating environment"), features=TEXT, blank=True)
    needs = CleanRichTextField(_("needs"), features=TEXT, blank=True)
    goals = StreamField(LineBlocks(), verbose_name=_("goals"), blank=True)
    body = StreamField(ContentWithTerms(), verbose_name=_("text"), blank=True)

    objects = OrganisationPageManager()

    presents = "organisation"
    already_presented = _("The organisation already has a page in this language.")

    template = "network/organisations/organisation_page.html"
    parent_page_types = ["organisations.OrganisationIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("organisation"),
        FieldPanel("environment"),
        FieldPanel("needs"),
        FieldPanel("goals"),
        FieldPanel("body"),
    ]
    # The owner is the partner coordinator who keeps the page; administrators say who it is.
    settings_panels = [*BasePage.settings_panels, FieldPanel("owner", permission="accounts.change_user")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("environment"),
        index.SearchField("needs"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("organisation page")
        verbose_name_plural = _("organisation pages")

    @property
    def pattern_area(self) -> str | None:  # type: ignore[override]
        areas = self.organisation.task_areas.all()
        return areas[0].code if areas else None

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.organisations.views import organisation_surroundings

        context = super().get_context(request, *args, **kwargs)
        return context | organisation_surroundings(self)

    def structured_data(self, context: "Context") -> "list[Thing]":
        from network.organisations.schema import organisation

        return [organisation(self, context)]

"""The controlled vocabularies of structural social work: one row a term, a stable code, three names."""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from common import languages
from common.models import BasePage
from common.translated import Named, in_reader_language
from vocabulary.forms import TermForm

if TYPE_CHECKING:
    from django.http import HttpRequest

    from common.schema import Context, Thing


class Term(index.Indexed, Named):
    """A term of a vocabulary. The code never changes; names, aliases and order may."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("Stays the same when names change."))
    aliases = models.TextField(
        _("other words"), blank=True, help_text=_("Synonyms, abbreviations and retired words, one on each line.")
    )
    description_fi = models.TextField(_("description in Finnish"), blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    # The columns that hold what the term is called.
    called: tuple[str, ...] = ("name_fi", "name_sv", "name_en", "aliases")

    base_form_class = TermForm

    panels = [
        MultiFieldPanel([FieldPanel("name_fi"), FieldPanel("name_sv"), FieldPanel("name_en")], heading=_("Names")),
        FieldPanel("code"),
        FieldPanel("aliases"),
        FieldPanel("description_fi"),
        FieldPanel("sort_order"),
    ]
    search_fields = [
        index.SearchField("name_fi"),
        index.SearchField("name_sv"),
        index.SearchField("name_en"),
        index.SearchField("aliases"),
        index.AutocompleteField("name_fi"),
        index.AutocompleteField("name_sv"),
        index.AutocompleteField("name_en"),
    ]

    class Meta:
        abstract = True
        ordering = ["sort_order", "name_fi"]

    def clean(self) -> None:
        super().clean()
        # Addresses of filtered lists, imports and colours refer to terms by their codes.
        kept = type(self)._default_manager.filter(pk=self.pk).values_list("code", flat=True).first()
        if kept is not None and kept != self.code:
            raise ValidationError({"code": _("The code stays the same; change the names instead.")})

    @property
    def alias_list(self) -> list[str]:
        """Every other word for the term, in whatever language."""
        return lines_of(self.aliases)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class TaskArea(Term):
    """One of the four task areas: knowledge, inclusion, strategy and justice work."""

    tagline_fi = models.CharField(_("tagline in Finnish"), max_length=120, blank=True)
    tagline_sv = models.CharField(_("tagline in Swedish"), max_length=120, blank=True)
    tagline_en = models.CharField(_("tagline in English"), max_length=120, blank=True)

    panels = [*Term.panels, FieldPanel("tagline_fi"), FieldPanel("tagline_sv"), FieldPanel("tagline_en")]

    class Meta(Term.Meta):
        verbose_name = _("task area")
        verbose_name_plural = _("task areas")

    @property
    def tagline(self) -> str:
        return in_reader_language(self, "tagline")


class Phenomenon(Term):
    """A social situation that recurs in observations: homelessness, loneliness …"""

    class Meta(Term.Meta):
        verbose_name = _("phenomenon")
        verbose_name_plural = _("phenomena")


class ActorGroup(Term):
    """Who acts or writes: clients, NGO actors, social workers …"""

    class Meta(Term.Meta):
        verbose_name = _("actor group")
        verbose_name_plural = _("actor groups")


class Method(Term):
    """A way of working: social reporting, phenomenon workshop …"""

    class Meta(Term.Meta):
        verbose_name = _("method")
        verbose_name_plural = _("methods")


class CompetenceArea(Term):
    """What the competence surveys measure and the training builds."""

    class Meta(Term.Meta):
        verbose_name = _("competence area")
        verbose_name_plural = _("competence areas")


class Service(Term):
    """A social service: adult social work, child welfare …"""

    class Meta(Term.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")


class Region(Term):
    """A wellbeing services county, Helsinki or Åland, with its place on the tile map."""

    short_fi = models.CharField(_("short name in Finnish"), max_length=60)
    short_sv = models.CharField(_("short name in Swedish"), max_length=60, blank=True)
    short_en = models.CharField(_("short name in English"), max_length=60, blank=True)
    tile_label = models.CharField(_("label on the tile map"), max_length=5)
    region_name = models.CharField(_("region (maakunta)"), max_length=60)
    cooperation_area = models.CharField(_("cooperation area"), max_length=60, blank=True)
    municipality_count = models.PositiveIntegerField(_("municipalities"), default=0)
    row = models.PositiveSmallIntegerField(_("row on the tile map"))
    column = models.PositiveSmallIntegerField(_("column on the tile map"))

    panels = [
        *Term.panels,
        FieldPanel("short_fi"),
        FieldPanel("short_sv"),
        FieldPanel("short_en"),
        FieldPanel("tile_label"),
        FieldPanel("region_name"),
        FieldPanel("cooperation_area"),
        FieldPanel("municipality_count"),
        FieldPanel("row"),
        FieldPanel("column"),
    ]

    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [models.UniqueConstraint(fields=["row", "column"], name="one_region_per_tile")]

    @property
    def short_name(self) -> str:
        return in_reader_language(self, "short")


class Version(NamedTuple):
    """The name of a term in one language."""

    language: str
    name: str


class GlossaryTerm(Term):
    """A term with its definition, shown beside the text that uses it."""

    definition_fi = models.TextField(_("definition in Finnish"))
    definition_sv = models.TextField(_("definition in Swedish"), blank=True)
    definition_en = models.TextField(_("definition in English"), blank=True)
    aliases_sv = models.TextField(_("other words in Swedish"), blank=True, help_text=_("One on each line."))
    aliases_en = models.TextField(_("other words in English"), blank=True, help_text=_("One on each line."))

    called = (*Term.called, "aliases_sv", "aliases_en")

    panels = [
        *[panel for panel in Term.panels if getattr(panel, "field_name", "") != "description_fi"],
        FieldPanel("aliases_sv"),
        FieldPanel("aliases_en"),
        FieldPanel("definition_fi"),
        FieldPanel("definition_sv"),
        FieldPanel("definition_en"),
    ]
    search_fields = [*Term.search_fields, index.SearchField("aliases_sv"), index.SearchField("aliases_en")]

    class Meta(Term.Meta):
        ordering = ["name_fi"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")

    @property
    def definition(self) -> str:
        return in_reader_language(self, "definition")

    @property
    def name_language(self) -> str:
        """The language of `name`: Finnish where the reader's language has none."""
        return self._language_of("name")

    @property
    def definition_language(self) -> str:
        return self._language_of("definition")

    @property
    def versions(self) -> list[Version]:
        """The names in the other languages than that of `name`."""
        others = [code for code in languages.codes() if code != self.name_language]
        named = [Version(code, getattr(self, f"name_{code}")) for code in others]
        return [version for version in named if version.name]

    @property
    def alias_list(self) -> list[str]:
        return [word for language in languages.codes() for word in self.aliases_in(language)]

    @property
    def other_words(self) -> list[str]:
        """The other words of the reader's language."""
        return self.aliases_in(languages.current())

    def aliases_in(self, language: str) -> list[str]:
        return lines_of(self.aliases if language == settings.LANGUAGE_CODE else getattr(self, f"aliases_{language}"))

    def _language_of(self, column: str) -> str:
        language = languages.current()
        return language if getattr(self, f"{column}_{language}") else settings.LANGUAGE_CODE


class GlossaryPage(BasePage):
    """The glossary of one language: every term with its definition, in alphabetical order.

    It lives beside its terms, as the list of every other area does. It shows what uses a term as well, yet needs
    no area for that: Wagtail's reference index tells which pages have chosen it.
    """

    template = "vocabulary/glossary_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("glossary")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from vocabulary.views import glossary

        context = super().get_context(request, *args, **kwargs)
        return context | glossary(request, self.locale.language_code)

    def structured_data(self, context: "Context") -> "list[Thing]":
        from vocabulary.schema import term_set

        # Some of the terms are not the set.
        return [] if context["typed"] else [term_set(self, context)]

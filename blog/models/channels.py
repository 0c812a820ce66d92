"""Where posts come out, and the ready sentences of a kind refusal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from common.translated import Named, in_reader_language


class Channel(Named):
    """A blog of the network: its own, or one that is written together, such as students' and teachers'."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("Stays the same when names change."))
    description_fi = models.TextField(_("description in Finnish"), blank=True)
    description_sv = models.TextField(_("description in Swedish"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("host organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    is_default = models.BooleanField(_("offered first"), default=False)
    takes_texts = models.BooleanField(_("takes new texts"), default=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    panels = [
        MultiFieldPanel([FieldPanel("name_fi"), FieldPanel("name_sv"), FieldPanel("name_en")], heading=_("Names")),
        FieldPanel("code"),
        MultiFieldPanel(
            [FieldPanel("description_fi"), FieldPanel("description_sv"), FieldPanel("description_en")],
            heading=_("Description"),
        ),
        FieldPanel("organisation"),
        FieldPanel("is_default"),
        FieldPanel("takes_texts"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        verbose_name = _("blog channel")
        verbose_name_plural = _("blog channels")
        ordering = ["sort_order", "name_fi"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_channel")
        ]

    @property
    def description(self) -> str:
        return in_reader_language(self, "description")


class DeclineTemplate(Named):
    """A kind way to say no, which an editor completes with the reason. `{title}` stands for the title of the text."""

    text_fi = models.TextField(_("text in Finnish"))
    text_sv = models.TextField(_("text in Swedish"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    panels = [
        MultiFieldPanel([FieldPanel("name_fi"), FieldPanel("name_sv"), FieldPanel("name_en")], heading=_("Names")),
        MultiFieldPanel([FieldPanel("text_fi"), FieldPanel("text_sv"), FieldPanel("text_en")], heading=_("Text")),
        FieldPanel("sort_order"),
    ]

    class Meta:
        verbose_name = _("template for declining")
        verbose_name_plural = _("templates for declining")
        ordering = ["sort_order", "name_fi"]

    @property
    def text(self) -> str:
        return in_reader_language(self, "text")

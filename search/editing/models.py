"""What the editors tell the search: words that mean the same, and the pages that answer a question best."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.models import Orderable, Page

from search.editing.searches import SearchCount as SearchCount
from vocabulary.models import lines_of


class SynonymGroup(models.Model):
    """Words that find each other, and retired ones that lead to them but not back."""

    words = models.TextField(
        _("words in use"),
        help_text=_("One on each line, in any language, abbreviations too. Each finds what is found by the others."),
    )
    retired = models.TextField(
        _("retired words"),
        blank=True,
        help_text=_(
            "One on each line. Who types one finds what the words in use find; it does not work the other way."
        ),
    )
    note = models.TextField(_("note for editors"), blank=True, help_text=_("Why the words belong together."))

    panels = [
        HelpPanel(
            _(
                "The lists work at once; nothing is indexed again. Write base forms: inflected forms are known."
                " The names and the other words of the vocabularies and of the glossary are known already."
            )
        ),
        FieldPanel("words"),
        FieldPanel("retired"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("synonym list")
        verbose_name_plural = _("synonym lists")
        ordering = ["words"]

    def __str__(self) -> str:
        return " = ".join(self.word_list)

    def clean(self) -> None:
        from search.editing.contradictions import refuse_in_synonyms

        super().clean()
        self.words, self.retired = ("\n".join(lines_of(text)) for text in (self.words, self.retired))
        refuse_in_synonyms(self)

    @property
    def word_list(self) -> list[str]:
        return lines_of(self.words)

    @property
    def retired_list(self) -> list[str]:
        return lines_of(self.retired)


class BestBet(ClusterableModel):
    """Pages that stand first when somebody searches for exactly these words, in any of their forms."""

    queries = models.TextField(
        _("what people type"),
        help_text=_(
            "One on each line. The pages are shown when the whole search is one of these, in any inflected form."
        ),
    )
    language = models.CharField(
        _("language of the site"),
        max_length=2,
        blank=True,
        choices=[("", _("All languages")), *settings.LANGUAGES],
        default=settings.LANGUAGE_CODE,
        help_text=_("In which language of the site they are shown."),
    )
    note = models.TextField(_("note for editors"), blank=True, help_text=_("Why these pages, and until when."))

    panels = [
        FieldPanel("queries"),
        FieldPanel("language"),
        InlinePanel("pages", heading=_("Pages"), label=_("Page"), min_num=1, max_num=5),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")
        ordering = ["queries"]

    def __str__(self) -> str:
        return ", ".join(self.query_list)

    def clean(self) -> None:
        from search.editing.contradictions import refuse_in_best_bets

        super().clean()
        self.queries = "\n".join(lines_of(self.queries))
        refuse_in_best_bets(self)

    @property
    def query_list(self) -> list[str]:
        return lines_of(self.queries)


class BestBetPage(Orderable):
    """One page of a best bet, in the order in which they are shown."""

    bet = ParentalKey(BestBet, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Visitors who may not open it do not see it."),
    )

    panels: list[Any] = [FieldPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("page of a best bet")
        verbose_name_plural = _("pages of best bets")

    def __str__(self) -> str:
        return str(self.page)

    def clean(self) -> None:
        from search.editing.contradictions import refuse_unsearchable

        super().clean()
        refuse_unsearchable(self)

"""Queries over pages that every area shares."""

import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, QuerySet
from wagtail.models import Page, PageViewRestriction
from wagtail.models import PageManager as WagtailPageManager
from wagtail.query import PageQuerySet as WagtailPageQuerySet


class PageQuerySet(WagtailPageQuerySet):
    """Page queries that chain; areas subclass it with a verb per screen."""

    def private_q(self) -> Q:
        """Pages in private sections, and aliases of private pages with what is below them.

        Wagtail reads the sections first, which costs a query for every list, and its lists leave the aliases in.
        """
        path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        restricted = Q(inner__startswith=F("page__path"))
        for alias in ("page__aliases", "page__aliases__aliases"):
            restricted |= Q(inner__startswith=F(f"{alias}__path"))
        return Q(Exists(PageViewRestriction.objects.annotate(inner=path).filter(restricted)))

    def in_language(self, language: str) -> Self:
        """Live, public pages in the language, and the Finnish ones that have no live translation in it."""
        pages = self.live().public()
        if language == settings.LANGUAGE_CODE:
            return pages.filter(locale__language_code=language)
        translated = Page.objects.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=language, live=True
        )
        return pages.filter(
            Q(locale__language_code=language) | (Q(locale__language_code=settings.LANGUAGE_CODE) & ~Exists(translated))
        )

    def for_page(self) -> Self:
        """With what a page shows of itself; areas extend it with the rows that the page stands for."""
        return self.select_related("locale")

    def for_cards(self) -> Self:
        """With what a card shows; areas extend it with their own relations."""
        return self.select_related("locale").defer_streamfields()


PageManager = WagtailPageManager.from_queryset(PageQuerySet)


def shown_in(language: str, pages: Iterable[Page]) -> list[Page]:
    """Return the pages as a reader of the language meets them, in the same order; one query for all.

    Each is its live translation or else the Finnish page; what is not live, or not public, is left out.
    """
    wanted = list(pages)
    if not wanted:
        return []
    found = type(wanted[0])._default_manager.in_language(language).select_related("locale").defer_streamfields()
    by_key = {page.translation_key: page for page in found.filter(translation_key__in=_keys(wanted))}
    return [by_key[key] for key in _keys(wanted) if key in by_key]


def pages_of(things: QuerySet[Any], language: str) -> Any:
    """Return the pages in the language that present the things: rows of a model whose pages are its `pages`."""
    relation: Any = things.model._meta.get_field("pages")
    return related_pages(things.model, "pages", language).filter(**{f"{relation.field.name}__in": things})


def related_pages(model: type[Model], relation: str, language: str) -> Any:
    """Return all pages in the language of the type that the model's relation leads to.

    So an area reads the pages of another, whose models it must not import.
    """
    leading: Any = model._meta.get_field(relation)
    return leading.related_model._default_manager.in_language(language)


def _keys(pages: Iterable[Page]) -> list[uuid.UUID]:
    return [page.translation_key for page in pages]

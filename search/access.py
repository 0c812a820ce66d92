"""Who may find what: tokens on documents and on readers, one of which must be the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.contrib.auth.models import Group
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, Page, PageViewRestriction

from common.models import SiteDocument
from search.documents import PUBLIC

MEMBERS = "members"
GROUP = "group:"


def tokens_of(request: HttpRequest) -> tuple[str, ...]:
    """Return what the reader may open: everyone's, members' and their groups' pages."""
    user = request.user
    if not user.is_authenticated:
        return (PUBLIC,)
    groups = Group.objects.all() if user.is_superuser else user.groups.all()
    return (PUBLIC, MEMBERS, *(f"{GROUP}{pk}" for pk in groups.values_list("pk", flat=True)))


@dataclass(frozen=True)
class _Restriction:
    path: str
    tokens: frozenset[str]


class Restrictions:
    """Every restriction of pages and of collections of files, read once, for any number of them."""

    @cached_property
    def _all(self) -> list[_Restriction]:
        rows = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
        return [_Restriction(page.path, frozenset(_tokens(row))) for row in rows for page in with_aliases(row.page)]

    def tokens(self, page: Page) -> tuple[str, ...]:
        """Return the tokens that open the page; none where only a password or no single token would."""
        return _combined(self._of_page(page))

    def closed_to(self, access: Sequence[str]) -> Q:
        """What finds the pages that a reader with these tokens may not open for lack of one that a restriction names.

        Where several add up, `tokens` tells more.
        """
        # Who is in a group is signed in.
        own = {*access, *(MEMBERS for token in access if token.startswith(GROUP))}
        closed = [restriction.path for restriction in self._all if own.isdisjoint(restriction.tokens)]
        return reduce(or_, (Q(path__startswith=path) for path in closed), Q(pk__in=[]))

    def tokens_with_file(self, page: Page, document: SiteDocument) -> tuple[str, ...]:
        """Return the tokens that open both the page and the document's file."""
        path = document.collection.path
        sets = [restriction.tokens for restriction in self._of_collections if path.startswith(restriction.path)]
        if document.access == SiteDocument.Access.MEMBERS:
            sets.append(frozenset({MEMBERS}))
        if document.access == SiteDocument.Access.STAFF:
            # A second factor is asked of them as well, which no token tells.
            sets.append(frozenset())
        return _combined([*self._of_page(page), *sets])

    def _of_page(self, page: Page) -> list[frozenset[str]]:
        return [restriction.tokens for restriction in self._all if page.path.startswith(restriction.path)]

    @cached_property
    def _of_collections(self) -> list[_Restriction]:
        rows = CollectionViewRestriction.objects.select_related("collection").prefetch_related("groups")
        return [_Restriction(row.collection.path, frozenset(_tokens(row))) for row in rows]


def with_aliases(page: Page) -> list[Page]:
    """The page and the copies that follow it: who may not open the one may not open the others."""
    found = [page]
    for each in found:
        found += each.aliases.all()
    return found


def _combined(sets: list[frozenset[str]]) -> tuple[str, ...]:
    """The tokens that are in all the sets: restrictions add up."""
    if not sets:
        return (PUBLIC,)
    # Who is in a group is signed in.
    narrow = [tokens for tokens in sets if tokens != {MEMBERS}] or [frozenset({MEMBERS})]
    return tuple(sorted(frozenset.intersection(*narrow)))


def _tokens(restriction: BaseViewRestriction) -> Iterable[str]:
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return [MEMBERS]
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        return [f"{GROUP}{group.pk}" for group in restriction.groups.all()]
    return []

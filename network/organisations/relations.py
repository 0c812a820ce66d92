"""What organisations are to each other, in words and both directions."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.organisations.models import Organisation, Relation

# The same relation told by the organisation that it points to.
SEEN_FROM_THERE = {
    Relation.Kind.COORDINATES: gettext_lazy("Coordinated by"),
    Relation.Kind.FUNDS: gettext_lazy("Funded by"),
    Relation.Kind.ADMINISTERS: gettext_lazy("Administered by"),
    Relation.Kind.IMPLEMENTS: gettext_lazy("Implemented by"),
    Relation.Kind.ROOTS: gettext_lazy("Practice rooted by"),
    Relation.Kind.PRODUCES_SERVICE: gettext_lazy("Service produced by"),
    Relation.Kind.COVERS: gettext_lazy("In the area of"),
    Relation.Kind.SUCCEEDS: gettext_lazy("Work continued by"),
    Relation.Kind.MEMBER_OF: gettext_lazy("Members"),
}


@dataclass(frozen=True)
class Partner:
    """The other end of a relation: its name, its page if it has one, and when and in what."""

    organisation: Organisation
    page: Any
    period: str
    note: str
    is_over: bool


@dataclass
class Told:
    """One phrase and the organisations that it is said of."""

    phrase: str
    partners: list[Partner] = field(default_factory=list)


def current_first(organisation: Organisation) -> list[Relation]:
    """All relations of the organisation, both directions: those in force first, then the latest ended."""
    either_way = Relation.objects.filter(Q(organisation_id=organisation.pk) | Q(to_id=organisation.pk))
    relations = either_way.select_related("organisation", "to").order_by("sort_order", "pk")
    return sorted(relations, key=lambda each: (each.ends is not None, -(each.ends or datetime.date.min).toordinal()))


def told(organisation: Organisation, relations: Sequence[Relation], page_of: Mapping[int, Any]) -> list[Told]:
    """The relations grouped by phrase, in the order in which the phrases first come."""
    groups: dict[str, Told] = {}
    for relation in relations:
        outward = relation.organisation_id == organisation.pk
        kind = Relation.Kind(relation.kind)
        phrase = capfirst(str(kind.label)) if outward else str(SEEN_FROM_THERE[kind])
        other = relation.to if outward else relation.organisation
        partner = Partner(other, page_of.get(other.pk), period(relation), relation.note, _is_over(relation))
        groups.setdefault(phrase, Told(phrase)).partners.append(partner)
    return list(groups.values())


def successor_in(
    organisation: Organisation, relations: Sequence[Relation], page_of: Mapping[int, Any]
) -> Partner | None:
    """Who continues the work of the organisation, if that is known."""
    for relation in relations:
        if relation.kind == Relation.Kind.SUCCEEDS and relation.to_id == organisation.pk:
            other = relation.organisation
            return Partner(other, page_of.get(other.pk), period(relation), relation.note, _is_over(relation))
    return None


def period(relation: Relation) -> str:
    """When, by years: “2021–2022”, “since 2023”, “until 2025”; empty where nothing is known."""
    first = relation.starts.year if relation.starts else None
    last = relation.ends.year if relation.ends else None
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    if first:
        return _("since %(year)s") % {"year": first}
    return _("until %(year)s") % {"year": last} if last else ""


def _is_over(relation: Relation) -> bool:
    return relation.ends is not None and relation.ends < timezone.localdate()

"""Who may open files: policy as predicates."""

from typing import TYPE_CHECKING, Any

from common.models import SiteDocument

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from wagtail.models import CollectionViewRestriction

    Reader = AbstractBaseUser | AnonymousUser


def is_staff_member(user: "Reader") -> bool:
    """Whether the person works with the content in the admin, in whichever role."""
    person: Any = user
    return bool(person.is_active and person.has_perm("wagtailadmin.access_admin"))


def may_read_as_staff(user: "Reader") -> bool:
    """Whether the person gets what is for staff alone: the administration's own rule, with its second factor."""
    person: Any = user
    return is_staff_member(user) and bool(person.has_required_second_factor())


def can_open(user: "Reader", document: SiteDocument) -> bool:
    """Whether the person may read the document: its own access and every restriction of its collection allow it."""
    if document.access == SiteDocument.Access.STAFF and not may_read_as_staff(user):
        return False
    if document.access == SiteDocument.Access.MEMBERS and not _is_member(user):
        return False
    return all(_allows(user, restriction) for restriction in document.collection.get_view_restrictions())


def is_public(document: SiteDocument) -> bool:
    """Whether anyone at all may read the document."""
    return document.access == SiteDocument.Access.PUBLIC and not document.collection.get_view_restrictions()


def _is_member(user: "Reader") -> bool:
    return bool(user.is_authenticated and user.is_active)


def _allows(user: "Reader", restriction: "CollectionViewRestriction") -> bool:
    person: Any = user
    if restriction.restriction_type == restriction.LOGIN:
        return _is_member(user)
    if restriction.restriction_type == restriction.GROUPS:
        in_group = person.groups.filter(pk__in=restriction.groups.values("pk"))
        return _is_member(user) and (person.is_superuser or in_group.exists())
    # Shared passwords are not offered; one that exists nevertheless opens nothing.
    return False

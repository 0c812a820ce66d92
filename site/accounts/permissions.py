"""Who is who: policy as predicates."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def is_staff_member(user: "User | AnonymousUser") -> bool:
    """Whether the person works with the content in the admin, in whichever role."""
    return bool(user.is_active and (user.is_superuser or user.has_perm("wagtailadmin.access_admin")))

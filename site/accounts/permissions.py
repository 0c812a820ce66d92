"""Who is who: policy as predicates."""

from common.permissions import is_staff_member

__all__ = ["is_staff_member"]

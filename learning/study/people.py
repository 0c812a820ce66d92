"""In which order lists of people have them: by the last name and then the first, as the reader's alphabet goes."""

from typing import TYPE_CHECKING, Any

from common.collation import in_order, sort_key

if TYPE_CHECKING:
    from learning.study.models import Enrolment

Key = tuple[Any, ...]


def by_name(path: str = "learner") -> list[Any]:
    """For order_by(): the people at the path."""
    return [in_order(f"{path}__last_name"), in_order(f"{path}__first_name"), "pk"]


def key_of(last_name: str, first_name: str, pk: int) -> Key:
    """The same for what has been read already."""
    return sort_key(last_name), sort_key(first_name), pk


def key_of_learner(enrolment: "Enrolment") -> Key:
    return key_of(enrolment.learner.last_name, enrolment.learner.first_name, enrolment.pk)

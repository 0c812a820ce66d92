"""Who writes, who edits, and what each may do now: policy as predicates, read from the table of moves."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from accounts.models import User
from blog.models import Submission
from blog.submitting.states import MOVES, Act, Side, moves_of
from common.permissions import may_read_as_staff

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Person = AbstractBaseUser | AnonymousUser

EDIT = "blog.edit_submission"


def is_writer_of(user: "Person | None", submission: Submission) -> bool:
    """Whether the person is among the authors who have an account."""
    return bool(
        user is not None
        and user.is_authenticated
        and user.is_active
        and submission.authors.filter(user_id=user.pk).exists()
    )


def may_edit(user: "Person | None") -> bool:
    """Whether the person edits the texts that others send."""
    person: Any = user
    return bool(user is not None and user.is_authenticated and may_read_as_staff(user) and person.has_perm(EDIT))


def sides_of(user: "Person | None", submission: Submission) -> frozenset[Side]:
    """On whose behalf the person acts here. Nobody edits a text of their own: who wrote it is a writer alone."""
    if is_writer_of(user, submission):
        return frozenset({Side.WRITER})
    if user is None or not may_edit(user):
        return frozenset()
    holds = submission.editor_id is not None and submission.editor_id == user.pk
    return frozenset({Side.EDITOR, Side.HOLDER}) if holds else frozenset({Side.EDITOR})


def may_see(user: "Person | None", submission: Submission) -> bool:
    """Its writers always; editors once the sender's address is confirmed."""
    sides = sides_of(user, submission)
    return Side.WRITER in sides or (bool(sides) and submission.state != Submission.State.UNCONFIRMED)


def may(user: "Person | None", act: Act, submission: Submission) -> bool:
    """Whether the person may do it now, as far as state, turn and role go. Services refuse by the same rule."""
    move = MOVES.get((Submission.State(submission.state), act))
    return (
        move is not None and move.on_turn in {None, submission.turn} and bool(move.sides & sides_of(user, submission))
    )


def acts_of(user: "Person | None", submission: Submission) -> frozenset[Act]:
    """Everything that the person may do now; templates draw the buttons by it."""
    return moves_of(submission.state, sides_of(user, submission), submission.turn)


def editors() -> "QuerySet[User]":
    """Everybody whose work the texts are, for letters about the queue and for handing over."""
    app, codename = EDIT.split(".")
    right = Permission.objects.filter(content_type__app_label=app, codename=codename)
    has_it = Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    return User.objects.filter(has_it, is_active=True).distinct().order_by("last_name", "first_name", "pk")

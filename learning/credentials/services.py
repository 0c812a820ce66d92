"""What is done to certificates. Each act writes its event, and tells the owner, in one transaction."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learning.courses import certifying
from learning.credentials import errors, notifications, pdf
from learning.credentials.models import Certificate, CertificateEvent
from learning.credentials.permissions import answers_for, owns
from learning.credentials.querysets import CertificateQuerySet
from learning.credentials.snapshots import grade_of, snapshot
from learning.credentials.waiting import waits_for_grade
from learning.study.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import User

MOST_OF_A_REASON = 500
Act = CertificateEvent.Act


def certificates_of(user: "User") -> CertificateQuerySet:
    """The person's certificates, newest first, with their run and course; replaced ones are left out."""
    return Certificate.objects.of(user)


def why_waiting(enrolment: Enrolment) -> list[Promise]:
    """What a certificate of the completed enrolment still needs, in words; empty where it can be issued."""
    missing = certifying.missing(enrolment.run.course)
    return missing if enrolment.learner.get_full_name().strip() else [_("your name (in your account)"), *missing]


@transaction.atomic
def issue(*, enrolment: Enrolment, without_grade: bool = False) -> Certificate | None:
    """Give the certificate of a completed enrolment; asked again, the one that there is, even if it was revoked.

    None where something that a certificate has to tell is not known yet: it waits, and the worker tries again. For the
    final grade it waits only for a while, and not `without_grade`.
    """
    enrolment = _locked(enrolment)
    if enrolment.status != Enrolment.Status.COMPLETED:
        raise errors.NotCompleted
    newest = enrolment.certificates.order_by("-issued_at", "-pk").first()
    if newest is not None:
        return newest
    if not without_grade and waits_for_grade(enrolment):
        notifications.tell_of_waiting(enrolment)
        return None
    if why_waiting(enrolment):
        return None
    certificate = Certificate.objects.create(
        enrolment=enrolment,
        content=snapshot(enrolment),
        issued_at=timezone.now(),
        graded_at=_newest_grade_at(enrolment),
    )
    _note(certificate, Act.ISSUED, by=None)
    notifications.forget_waiting(enrolment)
    notifications.tell(certificate, notifications.ISSUED)
    return certificate


def take_now(*, enrolment: Enrolment, owner: "User") -> Certificate:
    """Give the owner the certificate that waits for the final grade, without it. The grade makes a new one later."""
    if enrolment.learner_id != owner.pk:
        raise errors.NotYours
    certificate = issue(enrolment=enrolment, without_grade=True)
    if certificate is None:
        raise errors.MoreIsNeeded
    return certificate


@transaction.atomic
def rename(*, certificate: Certificate, owner: "User") -> Certificate:
    """Give the owner, whose name has changed, a certificate in the new name in place of the old one.

    It says the final grade that holds now.
    """
    certificate = _newest(certificate)
    if not owns(owner, certificate):
        raise errors.NotYours
    if not certificate.is_valid:
        raise errors.NoLongerValid
    if certificate.says.learner == _name_for(certificate):
        raise errors.NameUnchanged
    return _anew(certificate, by=owner, reason="")


@transaction.atomic
def reissue(*, certificate: Certificate, by: "User", reason: str) -> Certificate:
    """Give a new certificate in place of one that is revoked or has the wrong name.

    It says the same otherwise, but for the final grade, which is the one that holds now.
    """
    certificate = _newest(certificate)
    if not answers_for(by, certificate):
        raise errors.NotYours
    if certificate.is_valid and certificate.says.learner == _name_for(certificate):
        raise errors.NameUnchanged
    return _anew(certificate, by=by, reason=_reason(reason))


@transaction.atomic
def regrade(*, enrolment: Enrolment) -> Certificate | None:
    """Give a new certificate where the valid one does not say the final grade that holds now; None where it does.

    A revoked one is left alone. The new one shows the grade to nobody but its owner until they let it.
    """
    enrolment = _locked(enrolment)
    old = enrolment.certificates.filter(status=Certificate.Status.VALID).first()
    if old is None:
        return None
    old.enrolment = enrolment
    grade, graded_at = grade_of(enrolment), _newest_grade_at(enrolment)
    if old.says.grade == grade:
        old.graded_at = graded_at
        old.save(update_fields=["graded_at"])
        return None
    # The name stays as it was: a new name is its owner's act.
    changed = {"grade": grade, "learner": old.says.learner}
    return _graded(_replace(old, changed, by=None, reason="", told=notifications.REGRADED), is_hidden=True)


@transaction.atomic
def revoke(*, certificate: Certificate, by: "User", reason: str) -> Certificate:
    """Take the validity from a certificate. The reason is told to its owner, not on the public page."""
    certificate = _newest(certificate)
    if not answers_for(by, certificate):
        raise errors.NotYours
    if not certificate.is_valid:
        raise errors.NoLongerValid
    certificate.status, certificate.revoked_at = Certificate.Status.REVOKED, timezone.now()
    certificate.reason = _reason(reason)
    certificate.save(update_fields=["status", "revoked_at", "reason"])
    _note(certificate, Act.REVOKED, by=by, reason=certificate.reason)
    notifications.tell(certificate, notifications.REVOKED, reason=certificate.reason)
    transaction.on_commit(lambda: pdf.forget(certificate))
    return certificate


@transaction.atomic
def show(
    *,
    certificate: Certificate,
    owner: "User",
    shows_name: bool,
    shows_contents: bool,
    shows_file: bool,
    shows_grade: bool = False,
) -> Certificate:
    """Keep what the owner lets the public page show."""
    certificate = _newest(certificate)
    if not owns(owner, certificate):
        raise errors.NotYours
    certificate.shows_name, certificate.shows_contents = shows_name, shows_contents
    certificate.shows_file, certificate.shows_grade = shows_file, shows_grade
    certificate.save(update_fields=["shows_name", "shows_contents", "shows_file", "shows_grade"])
    return certificate


def _locked(enrolment: Enrolment) -> Enrolment:
    """Read the enrolment anew; whoever else does something to its certificates waits."""
    rows = Enrolment.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("run__course", "learner").get(pk=enrolment.pk)


def _newest(certificate: Certificate) -> Certificate:
    """Read the certificate anew, locked by its enrolment; one that was replaced cannot be changed."""
    enrolment = _locked(certificate.enrolment)
    certificate = Certificate.objects.get(pk=certificate.pk)
    certificate.enrolment = enrolment
    if certificate.replaced_by_id is not None:
        raise errors.AlreadyReplaced
    return certificate


def _name_for(certificate: Certificate) -> str:
    name = certificate.enrolment.learner.get_full_name().strip()
    if not name:
        raise errors.NameMissing
    return name


def _newest_grade_at(enrolment: Enrolment) -> datetime.datetime | None:
    return enrolment.final_grades.order_by("-at", "-pk").values_list("at", flat=True).first()


def _graded(certificate: Certificate, *, is_hidden: bool) -> Certificate:
    """It says the final grade that holds now; a grade that is not told yet is for its owner to show."""
    certificate.graded_at = _newest_grade_at(certificate.enrolment)
    if is_hidden:
        certificate.shows_grade, certificate.shows_file = False, False
    certificate.save(update_fields=["graded_at", "shows_grade", "shows_file"])
    return certificate


def _anew(certificate: Certificate, *, by: "User", reason: str) -> Certificate:
    """A new certificate in the name of now and with the grade of now, which its owner is told of if it has changed."""
    grade = grade_of(certificate.enrolment)
    is_changed = grade != certificate.says.grade
    told = notifications.REGRADED if is_changed else notifications.REISSUED
    changed = {"learner": _name_for(certificate), "grade": grade}
    return _graded(_replace(certificate, changed, by=by, reason=reason, told=told), is_hidden=is_changed)


def _replace(
    old: Certificate,
    changed: dict[str, Any],
    *,
    by: "User | None",
    reason: str,
    told: str = notifications.REISSUED,
) -> Certificate:
    """A new certificate that says the same but for what has changed; the old one says no name any more."""
    was_valid = old.is_valid
    content = old.content | changed
    # Who was known by another name may not want it told: it is kept nowhere.
    old.content = old.content | {"learner": ""}
    if was_valid:
        # It gives way first: an enrolment has one valid certificate at a time. What was revoked stays so.
        old.status = Certificate.Status.REPLACED
        old.save(update_fields=["status"])
    new = Certificate.objects.create(
        enrolment=old.enrolment,
        content=content,
        issued_at=timezone.now(),
        shows_name=old.shows_name,
        shows_contents=old.shows_contents,
        shows_file=old.shows_file,
        shows_grade=old.shows_grade,
        graded_at=old.graded_at,
    )
    old.replaced_by = new
    old.save(update_fields=["content", "replaced_by"])
    _note(old, Act.REPLACED, by=by, reason=reason)
    _note(new, Act.ISSUED, by=by, reason=reason)
    notifications.tell(new, told)
    transaction.on_commit(lambda: pdf.forget(old))
    return new


def _reason(typed: str) -> str:
    reason = " ".join(typed.split())[:MOST_OF_A_REASON]
    if not reason:
        raise errors.ReasonMissing
    return reason


def _note(certificate: Certificate, act: Act, *, by: "User | None", reason: str = "") -> None:
    CertificateEvent.objects.create(certificate=certificate, act=act, by=by, reason=reason)

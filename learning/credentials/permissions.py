"""Who may do what with certificates: policy as predicates."""

from typing import Any

from common.permissions import may_read_as_staff
from learning.credentials.models import Certificate
from learning.study.models import RunTeacher

ADMINISTER = "credentials.change_certificate"


def owns(person: Any, certificate: Certificate) -> bool:
    return bool(person.is_authenticated and person.is_active and certificate.enrolment.learner_id == person.pk)


def administers(person: Any) -> bool:
    """Whether the person answers for the certificates of every run."""
    return may_read_as_staff(person) and bool(person.has_perm(ADMINISTER))


def answers_for(person: Any, certificate: Certificate) -> bool:
    """Whether the person may revoke the certificate and give a new one: its run's responsible teacher does."""
    if not (person.is_authenticated and person.is_active):
        return False
    return (
        administers(person)
        or RunTeacher.objects.filter(
            run=certificate.enrolment.run_id, user=person, role=RunTeacher.Role.RESPONSIBLE
        ).exists()
    )


def answers_for_some(person: Any) -> bool:
    """Whether there may be certificates for which the person answers."""
    if not (person.is_authenticated and person.is_active):
        return False
    return administers(person) or RunTeacher.objects.filter(user=person, role=RunTeacher.Role.RESPONSIBLE).exists()

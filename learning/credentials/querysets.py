"""What lists of certificates read."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from learning.credentials import codes
from learning.study.models import RunTeacher

if TYPE_CHECKING:
    from learning.credentials.models import Certificate  # noqa: F401  named in a string below


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, person: Any) -> Self:
        """What the person has earned, newest first; those that a newer one has replaced are left out."""
        return (
            self.filter(enrolment__learner=person).exclude(status="replaced").select_related("enrolment__run__course")
        )

    def answered_for_by(self, teacher: Any) -> Self:
        """Certificates of the runs for which the teacher is responsible."""
        responsible = RunTeacher.objects.filter(user=teacher, role=RunTeacher.Role.RESPONSIBLE)
        return self.filter(enrolment__run__in=responsible.values("run"))

    def holding(self, words: str) -> Self:
        """Whose code or learner's name holds every word."""
        code = codes.read(words)
        if code:
            return self.filter(code=code)
        found = self
        for word in words.split()[:10]:
            found = found.filter(Q(code__icontains=word) | Q(content__learner__icontains=word))
        return found

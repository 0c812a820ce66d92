"""Two acts on a certificate at the same moment take turns."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accounts.models import User
from common.errors import Refused
from learning.courses.models import CourseRun
from learning.credentials import services
from learning.credentials.models import Certificate
from tests.learning.credentials.conftest import complete

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


def together(act: Callable[[], object]) -> list[object]:
    """What each of some people who do it at the same moment gets; a refusal is told as its class."""
    start = Barrier(AT_ONCE)

    def one(_number: int) -> object:
        try:
            start.wait()
            return act()
        except Refused as refused:
            return type(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(one, range(AT_ONCE)))


def test_issued_by_many_at_once_it_is_one_certificate(learner: User, run: CourseRun) -> None:
    enrolment = complete(learner, run)
    enrolment.certificates.all().delete()
    given = together(lambda: services.issue(enrolment=enrolment))
    assert given == [Certificate.objects.get()] * AT_ONCE


def test_renamed_many_times_at_once_there_is_one_new_certificate(certificate: Certificate, learner: User) -> None:
    learner.last_name = "Uusi"
    learner.save()
    given = together(lambda: services.rename(certificate=certificate, owner=learner))
    assert sum(isinstance(each, Certificate) for each in given) == 1
    assert Certificate.objects.filter(status="valid").count() == 1
    assert Certificate.objects.count() == 2


def test_revoked_and_renamed_at_once_one_of_them_is_refused(
    certificate: Certificate, learner: User, responsible: User
) -> None:
    learner.last_name = "Uusi"
    learner.save()
    acts: Iterator[Callable[[], Certificate]] = iter(
        [
            lambda: services.revoke(certificate=certificate, by=responsible, reason="Syy"),
            lambda: services.rename(certificate=certificate, owner=learner),
        ]
        * (AT_ONCE // 2)
    )
    given = together(lambda: next(acts)())
    assert sum(isinstance(each, Certificate) for each in given) == 1

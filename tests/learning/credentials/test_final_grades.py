"""A certificate says the final grade and what had to be accepted; a grade that comes later makes a new certificate."""

from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from accounts.models import User
from learning.courses.models import Course, CourseRun
from learning.credentials import mending, services
from learning.credentials.mending import issue_what_waits, tell_final_grades
from learning.credentials.models import Certificate
from learning.credentials.pdf import pdf_of
from learning.credentials.printed import printed
from learning.credentials.waiting import SETTLES
from learning.study.gradebook.services import give_final, take_back
from learning.study.models import Enrolment, FinalGrade
from notifications.kinds import kind_of
from notifications.models import Notification
from tests.learning.credentials.conftest import complete, give
from tests.learning.study.factories import make_person
from tests.learning.study.handing_in import assigned

REGRADED = "credentials.regraded"


@pytest.fixture(autouse=True)
def graded(course: Course) -> None:
    give(course, assessment=Course.Assessment.GRADE)


@pytest.fixture
def certificate(graded: None, learner: User, run: CourseRun) -> Certificate:
    """Taken before there is a grade."""
    return taken(complete(learner, run))


def taken(enrolment: Enrolment) -> Certificate:
    return services.take_now(enrolment=enrolment, owner=enrolment.learner)


def grade(enrolment: Enrolment, by: User, number: int, **more: Any) -> FinalGrade:
    return give_final(enrolment=enrolment, by=by, grade=number, is_passed=True, **more)


def settled() -> None:
    """An hour goes by, and the worker looks."""
    FinalGrade.objects.update(at=F("at") - SETTLES)
    Certificate.objects.exclude(graded_at=None).update(graded_at=F("graded_at") - SETTLES)
    tell_final_grades()


def valid(enrolment: Enrolment) -> Certificate:
    return enrolment.certificates.get(status=Certificate.Status.VALID)


def test_a_grade_given_before_the_certificate_is_on_it(
    course: Course, run: CourseRun, learner: User, responsible: User
) -> None:
    give(course, level="")
    enrolment = complete(learner, run)
    grade(enrolment, responsible, 4)
    give(course, level="EQF 6")
    settled()
    issue_what_waits()
    assert valid(enrolment).says.grade == 4
    settled()
    assert enrolment.certificates.count() == 1


def test_a_grade_given_later_makes_a_new_certificate_once_it_has_settled(
    certificate: Certificate, responsible: User
) -> None:
    enrolment = certificate.enrolment
    services.show(
        certificate=certificate, owner=enrolment.learner, shows_name=True, shows_contents=True, shows_file=True
    )
    grade(enrolment, responsible, 3)
    tell_final_grades()
    assert valid(enrolment) == certificate, "a grade that is mended at once makes no certificate"
    settled()
    certificate.refresh_from_db()
    new = valid(enrolment)
    assert (certificate.status, certificate.replaced_by) == (Certificate.Status.REPLACED, new)
    assert (certificate.says.grade, new.says.grade) == (None, 3)
    assert new.content == certificate.content | {"grade": 3, "learner": "Aino Šiŋŋá"}
    # Whoever has the old code is led to the new one: the grade is its owner's to show.
    assert (new.shows_name, new.shows_contents, new.shows_grade, new.shows_file) == (True, True, False, False)
    told = Notification.objects.get(kind=REGRADED)
    assert told.person == enrolment.learner
    assert [(event.act, event.by) for event in new.events.all()] == [("issued", None)]


def test_a_changed_grade_and_one_taken_back_make_new_ones_and_the_same_again_none(
    certificate: Certificate, responsible: User
) -> None:
    enrolment = certificate.enrolment
    said = []
    for act in (
        lambda: grade(enrolment, responsible, 2),
        lambda: grade(enrolment, responsible, 5, reason="Laskuvirhe"),
        lambda: grade(enrolment, responsible, 5),
        lambda: take_back(enrolment=enrolment, by=responsible, reason="Väärä henkilö"),
        tell_final_grades,
    ):
        act()
        settled()
        said.append((valid(enrolment).says.grade, enrolment.certificates.count()))
    assert said == [(2, 2), (5, 3), (5, 3), (None, 4), (None, 4)]


def test_the_owner_is_told_whether_the_certificate_tells_a_grade_now(
    certificate: Certificate, responsible: User
) -> None:
    enrolment = certificate.enrolment
    grade(enrolment, responsible, 3)
    settled()
    take_back(enrolment=enrolment, by=responsible, reason="Väärä henkilö")
    settled()
    kind = kind_of(REGRADED)
    assert kind is not None
    with translation.override("fi"):
        rows = Notification.objects.filter(kind=REGRADED).order_by("pk")
        given, taken = (" ".join(kind.compose(row.facts).paragraphs) for row in rows)
    assert "mikä se nyt on" in given and "eivät näe arvosanaa" in given
    assert "ole enää arvosanaa" in taken and "eivät näe tiedostoa" in taken


def test_where_the_course_is_only_passed_the_certificate_stays_and_is_not_looked_at_again(
    certificate: Certificate, course: Course, responsible: User
) -> None:
    give(course, assessment=Course.Assessment.PASS_FAIL)
    row = give_final(enrolment=certificate.enrolment, by=responsible, grade=None, is_passed=True)
    settled()
    row.refresh_from_db()
    certificate.refresh_from_db()
    assert certificate.is_valid
    assert certificate.graded_at == row.at


def test_a_revoked_one_is_left_alone_and_issued_anew_it_gets_the_grade(
    certificate: Certificate, responsible: User
) -> None:
    services.revoke(certificate=certificate, by=responsible, reason="Erehdys")
    grade(certificate.enrolment, responsible, 4)
    settled()
    assert certificate.enrolment.certificates.count() == 1
    new = services.reissue(certificate=certificate, by=responsible, reason="Korjaus")
    assert (new.says.grade, new.shows_grade) == (4, False)
    settled()
    assert valid(certificate.enrolment) == new


def test_in_a_new_name_it_has_the_grade_of_the_moment_and_its_owner_is_told(
    certificate: Certificate, learner: User, responsible: User
) -> None:
    services.show(certificate=certificate, owner=learner, shows_name=True, shows_contents=True, shows_file=True)
    grade(certificate.enrolment, responsible, 4)
    User.objects.filter(pk=learner.pk).update(first_name="Aila")
    new = services.rename(certificate=certificate, owner=learner)
    assert (new.says.learner, new.says.grade) == ("Aila Šiŋŋá", 4)
    assert (new.shows_name, new.shows_grade, new.shows_file) == (True, False, False)
    assert Notification.objects.get(kind=REGRADED).facts["grade"] == 4
    settled()
    assert valid(certificate.enrolment) == new, "the worker has nothing left to do"


def test_one_that_cannot_be_made_anew_keeps_no_other_waiting(
    certificate: Certificate, run: CourseRun, responsible: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = taken(complete(make_person("myohempi"), run)).enrolment
    for enrolment in (certificate.enrolment, later):
        grade(enrolment, responsible, 3)
    regrade = services.regrade

    def fail(enrolment: Enrolment) -> Certificate | None:
        if enrolment == certificate.enrolment:
            raise OSError
        return regrade(enrolment=enrolment)

    monkeypatch.setattr(services, "regrade", fail)
    monkeypatch.setattr(mending, "MOST_AT_ONCE", 1)
    settled()
    assert (valid(certificate.enrolment).says.grade, valid(later).says.grade) == (None, 3)


def test_others_see_the_grade_when_its_owner_lets_them(
    certificate: Certificate, responsible: User, client: Client
) -> None:
    grade(certificate.enrolment, responsible, 4)
    settled()
    new = valid(certificate.enrolment)
    stranger, owner = Client(), client
    owner.force_login(new.enrolment.learner)
    told = "Kurssiarvosana 4 asteikolla 1–5"
    assert told in owner.get(new.owner_url).content.decode()
    for address in (new.get_absolute_url(), certificate.get_absolute_url()):
        assert told not in stranger.get(address).content.decode()
    owner.post(new.owner_url, {"shows_contents": "on", "shows_grade": "on"})
    assert told in stranger.get(new.get_absolute_url()).content.decode()
    assert stranger.get(reverse("credentials:file", args=[new.code])).status_code == 404


def test_without_a_grade_its_owner_is_not_asked_about_one(certificate: Certificate, client: Client) -> None:
    client.force_login(certificate.enrolment.learner)
    assert "shows_grade" not in client.get(certificate.owner_url).content.decode()


def test_the_file_says_the_grade_and_the_works_that_had_to_be_accepted(
    run: CourseRun, learner: User, responsible: User
) -> None:
    assigned(run, title="Havainto", language="fi")
    assigned(run, title="Vapaaehtoinen", is_required=False)
    enrolment = taken(complete(learner, run)).enrolment
    content = enrolment.certificates.get().content
    # As after a grade; giving one asks that the work be there.
    Certificate.objects.update(content=content | {"grade": 5})
    with translation.override("fi"):
        facts = printed(enrolment.certificates.get())["facts"]
        [parts] = [row["parts"] for row in facts if row["label"] == "Arviointi"]
    lines = ["".join([part["before"], part["text"], part["after"]]) for part in parts]
    assert "Kurssiarvosana 5 asteikolla 1–5" in lines
    assert "Havainto: hyväksytty" in lines
    assert not any("Vapaaehtoinen" in line for line in lines)


def test_the_file_stays_on_one_page_and_the_page_names_every_work(
    run: CourseRun, learner: User, client: Client
) -> None:
    for number in range(8):
        assigned(run, title=f"Havainto {number}")
    certificate = taken(complete(learner, run))
    assert len(PdfReader(pdf_of(certificate)).pages) == 1
    client.force_login(learner)
    page = client.get(certificate.owner_url).content.decode()
    assert all(f"Havainto {number}" in page for number in range(8))
    with translation.override("fi"):
        assert "8 työtä hyväksytty" in str(printed(certificate)["facts"])


def test_a_certificate_from_before_says_what_it_said(certificate: Certificate) -> None:
    content = dict(certificate.content)
    content.pop("grade")
    content["assessment"].pop("assignments")
    Certificate.objects.update(content=content)
    certificate.refresh_from_db()
    assert (certificate.says.grade, certificate.says.assignments) == (None, [])

"""Certificates come by themselves when studies are completed, and say what the course was then."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.models import User
from learning.courses.models import Course, CourseInstitution, CoursePage, CourseRun
from learning.credentials import errors, services
from learning.credentials.mending import issue_what_waits
from learning.credentials.models import Certificate
from learning.study.models import Enrolment
from network.organisations.models import Organisation
from tests.learning.credentials.conftest import OUTCOMES, complete, give, make_person


def test_completing_gives_a_certificate_that_says_all_that_is_mandatory(certificate: Certificate) -> None:
    says = certificate.says
    assert certificate.is_valid
    assert says.learner == "Aino Šiŋŋá"
    assert says.title == "Mittarit käyttöön"
    assert str(says.country) == "Suomi"
    assert [str(body) for body in says.awarding] == ["Saimaan ammattikorkeakoulu"]
    assert certificate.enrolment.completed_at is not None
    assert says.completed_on == timezone.localdate(certificate.enrolment.completed_at)
    assert says.outcomes == OUTCOMES
    assert (says.hours, says.credits, says.level) == (Decimal(135), Decimal(5), "EQF 6")
    assert all(str(part) for part in (says.assessment, says.participation, says.pace, says.quality))


def test_it_is_read_in_the_language_of_the_reader_as_far_as_it_is_known(
    in_english: CoursePage, run: CourseRun, learner: User
) -> None:
    says = complete(learner, run).certificates.get().says
    with translation.override("en"):
        assert (says.title, says.outcomes_language) == ("Measures in use", "")
        assert says.outcomes == ["Sets a goal together with the client."]
        assert str(says.country) == "Finland"
        assert [(body.text, body.foreign) for body in says.awarding] == [("Saimaa University", "")]
    with translation.override("sv"):
        assert (says.title, says.outcomes, says.outcomes_language) == ("Mätare i bruk", OUTCOMES, "fi")
        assert [(body.text, body.foreign) for body in says.awarding] == [("Saimaan ammattikorkeakoulu", "fi")]


def test_what_changes_later_does_not_change_the_certificate(certificate: Certificate, course: Course) -> None:
    course.name_fi, course.hours, course.credits = "Toinen nimi", Decimal(54), Decimal(2)
    course.save()
    certificate.refresh_from_db()
    assert (certificate.title, certificate.says.credits) == ("Mittarit käyttöön", Decimal(5))


@pytest.mark.parametrize(("kind", "told"), [("uas", Decimal(5)), ("university", Decimal(5)), ("ngo", None)])
def test_credits_are_told_only_where_a_higher_education_institution_awards(
    kind: str, told: Decimal | None, university: Organisation, run: CourseRun, learner: User
) -> None:
    Organisation.objects.filter(pk=university.pk).update(type=kind)
    says = complete(learner, run).certificates.get().says
    assert (says.credits, says.hours) == (told, Decimal(135))


def test_credits_are_not_told_where_one_of_those_who_award_may_give_none(
    course: Course, run: CourseRun, learner: User
) -> None:
    society = Organisation.objects.create(code="ry", name_fi="Yhdistys ry", type="ngo")
    CourseInstitution.objects.create(course=course, organisation=society, role="awarding")
    assert complete(learner, run).certificates.get().says.credits is None


def test_asked_again_it_is_the_same_certificate(certificate: Certificate) -> None:
    assert services.issue(enrolment=certificate.enrolment) == certificate
    assert Certificate.objects.count() == 1


def test_a_revoked_certificate_is_not_given_anew_by_asking(certificate: Certificate, responsible: User) -> None:
    services.revoke(certificate=certificate, by=responsible, reason="Väärä henkilö")
    assert services.issue(enrolment=certificate.enrolment) == certificate
    assert not issue_what_waits()
    assert Certificate.objects.count() == 1


def test_studies_under_way_have_no_certificate(learner: User, run: CourseRun) -> None:
    enrolment = Enrolment.objects.create(learner=learner, run=run, status=Enrolment.Status.ACTIVE)
    with pytest.raises(errors.NotCompleted):
        services.issue(enrolment=enrolment)


@pytest.mark.parametrize("lacks", ["level", "quality", "institutions", "outcomes"])
def test_a_certificate_waits_until_the_course_tells_all_and_then_comes_by_itself(
    lacks: str, course: Course, run: CourseRun, learner: User
) -> None:
    page, kept = CoursePage.objects.get(course=course), list(course.institutions.all())
    if lacks == "outcomes":
        page.outcomes = []
        page.save()
    else:
        give(course, **{lacks: [] if lacks == "institutions" else ""})
    enrolment = complete(learner, run)
    assert len(services.why_waiting(enrolment)) == 1
    issue_what_waits()
    assert not enrolment.certificates.exists()

    give(course, level="EQF 6", quality="peers", institutions=kept)
    page.outcomes = [("line", "Osaa.")]
    page.save()
    issue_what_waits()
    assert enrolment.certificates.get().is_valid


def test_who_has_no_name_gets_the_certificate_when_the_name_is_known(run: CourseRun) -> None:
    nameless = make_person("")
    enrolment = complete(nameless, run)
    issue_what_waits()
    assert not enrolment.certificates.exists()
    nameless.first_name = "Aino"
    nameless.save()
    issue_what_waits()
    assert enrolment.certificates.get().says.learner == "Aino"


def test_a_fault_in_issuing_does_not_take_the_completion_back_and_is_mended(
    learner: User, run: CourseRun, course: Course, university: Organisation
) -> None:
    # A choice that no longer exists: what the snapshot cannot put into words.
    Course.objects.filter(pk=course.pk).update(quality="unheard-of")
    enrolment = complete(learner, run)
    issue_what_waits()
    assert (enrolment.status, enrolment.certificates.count()) == (Enrolment.Status.COMPLETED, 0)
    Course.objects.filter(pk=course.pk).update(quality="own")
    issue_what_waits()
    assert enrolment.certificates.get().is_valid


def test_the_database_keeps_one_valid_certificate_for_an_enrolment(certificate: Certificate) -> None:
    twin = Certificate(enrolment=certificate.enrolment, content=certificate.content, issued_at=certificate.issued_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()

"""Revoking, issuing anew, and who may: each act by each kind of person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from learning.courses.models import CourseRun
from learning.credentials import errors, services
from learning.credentials.models import Certificate, CertificateEvent
from learning.study.models import RunTeacher
from notifications.models import Notification
from tests.learning.credentials.conftest import complete, make_person

ROLES = [
    "owner",
    "stranger",
    "responsible",
    "teacher of the run",
    "assistant of the run",
    "responsible of another run",
    "editor",
    "administrator",
    "closed administrator",
]


def in_group(person: User, role: Role) -> User:
    person.groups.add(Group.objects.get(name=role.value))
    return person


def teaching(run: CourseRun, role: str) -> User:
    teacher = in_group(make_person(f"Opettaja {role}"), Role.TEACHER)
    RunTeacher.objects.create(run=run, user=teacher, role=role)
    return teacher


@pytest.fixture
def person(certificate: Certificate, run: CourseRun, learner: User) -> Callable[[str], User]:
    def of_role(role: str) -> User:
        if role == "owner":
            return learner
        if role in {"responsible", "teacher of the run", "assistant of the run"}:
            return teaching(run, role.partition(" ")[0])
        if role == "responsible of another run":
            other = CourseRun.objects.create(course=run.course, code="toinen", starts="2026-01-01")
            return teaching(other, "responsible")
        made = make_person("Joku Muu")
        if role == "editor":
            in_group(made, Role.EDITOR)
        if "administrator" in role:
            in_group(made, Role.ADMINISTRATOR)
        if role.startswith("closed"):
            made.is_active = False
            made.save()
        return made

    return of_role


@pytest.mark.parametrize("role", ROLES)
def test_the_responsible_teacher_and_administrators_revoke(
    role: str, certificate: Certificate, person: Callable[[str], User]
) -> None:
    by = person(role)
    if role in {"responsible", "administrator"}:
        services.revoke(certificate=certificate, by=by, reason="Väärä henkilö")
    else:
        with pytest.raises(errors.NotYours):
            services.revoke(certificate=certificate, by=by, reason="Väärä henkilö")
    certificate.refresh_from_db()
    assert certificate.is_valid == (role not in {"responsible", "administrator"})


@pytest.mark.parametrize("role", ROLES)
def test_the_same_people_issue_a_revoked_certificate_anew(
    role: str, certificate: Certificate, responsible: User, person: Callable[[str], User]
) -> None:
    services.revoke(certificate=certificate, by=responsible, reason="Erehdys")
    by = person(role)
    if role not in {"responsible", "administrator"}:
        with pytest.raises(errors.NotYours):
            services.reissue(certificate=certificate, by=by, reason="Korjaus")
        return
    new = services.reissue(certificate=certificate, by=by, reason="Korjaus")
    certificate.refresh_from_db()
    assert new.is_valid and new.code != certificate.code
    assert (certificate.status, certificate.replaced_by) == (Certificate.Status.REVOKED, new)
    assert new.content == certificate.content | {"learner": "Aino Šiŋŋá"}


@pytest.mark.parametrize("role", ROLES)
def test_the_owner_alone_chooses_what_is_shown_and_takes_the_new_name(
    role: str, certificate: Certificate, learner: User, person: Callable[[str], User]
) -> None:
    by = person(role)
    learner.first_name = "Aila"
    learner.save()
    choice = {"shows_name": True, "shows_contents": True, "shows_file": True}
    if role == "owner":
        services.show(certificate=certificate, owner=learner, **choice)
        assert services.rename(certificate=certificate, owner=learner).shows_name
        return
    with pytest.raises(errors.NotYours):
        services.show(certificate=certificate, owner=by, **choice)
    with pytest.raises(errors.NotYours):
        services.rename(certificate=certificate, owner=by)


def test_a_new_name_makes_a_new_certificate_and_the_old_one_keeps_no_name(
    certificate: Certificate, learner: User
) -> None:
    learner.first_name = "Aila"
    learner.save()
    new = services.rename(certificate=certificate, owner=learner)
    certificate.refresh_from_db()
    assert (certificate.status, certificate.replaced_by) == (Certificate.Status.REPLACED, new)
    assert "Aino" not in str(certificate.content)
    assert (new.says.learner, new.content["outcomes"]) == ("Aila Šiŋŋá", certificate.content["outcomes"])
    assert [each.code for each in services.certificates_of(learner)] == [new.code]


def test_refusals_say_why(certificate: Certificate, learner: User, responsible: User) -> None:
    with pytest.raises(errors.NameUnchanged):
        services.rename(certificate=certificate, owner=learner)
    with pytest.raises(errors.NameUnchanged):
        services.reissue(certificate=certificate, by=responsible, reason="Uudestaan")
    with pytest.raises(errors.ReasonMissing):
        services.revoke(certificate=certificate, by=responsible, reason=" \n ")
    services.revoke(certificate=certificate, by=responsible, reason="Syy")
    with pytest.raises(errors.NoLongerValid):
        services.revoke(certificate=certificate, by=responsible, reason="Syy")
    with pytest.raises(errors.NoLongerValid):
        services.rename(certificate=certificate, owner=learner)
    services.reissue(certificate=certificate, by=responsible, reason="Korjaus")
    with pytest.raises(errors.AlreadyReplaced):
        services.reissue(certificate=certificate, by=responsible, reason="Korjaus")
    learner.first_name = learner.last_name = ""
    learner.save()
    with pytest.raises(errors.NameMissing):
        services.rename(certificate=Certificate.objects.get(status="valid"), owner=learner)


def test_each_act_is_noted_with_its_doer_and_told_to_the_owner(
    certificate: Certificate, learner: User, responsible: User
) -> None:
    services.revoke(certificate=certificate, by=responsible, reason="Erehdys")
    new = services.reissue(certificate=certificate, by=responsible, reason="Korjaus")
    noted = CertificateEvent.objects.order_by("pk").values_list("certificate__code", "act", "by", "reason")
    assert list(noted) == [
        (certificate.code, "issued", None, ""),
        (certificate.code, "revoked", responsible.pk, "Erehdys"),
        (certificate.code, "replaced", responsible.pk, "Korjaus"),
        (new.code, "issued", responsible.pk, "Korjaus"),
    ]
    told = Notification.objects.filter(person=learner, kind__startswith="credentials.").order_by("pk")
    assert [each.kind for each in told] == ["credentials.issued", "credentials.revoked", "credentials.reissued"]


def desk(certificate: Certificate) -> str:
    return reverse("certificate_desk", args=[certificate.code])


def test_a_teacher_revokes_in_the_administration(certificate: Certificate, run: CourseRun, client: Client) -> None:
    client.force_login(teaching(run, "responsible"))
    assert "Mitätöi todistus" in client.get(desk(certificate)).content.decode()
    refused = client.post(desk(certificate), {"act": "revoke", "reason": ""})
    assert refused.status_code == 422
    client.post(desk(certificate), {"act": "revoke", "reason": "Väärä henkilö"})
    certificate.refresh_from_db()
    assert (certificate.status, certificate.reason) == ("revoked", "Väärä henkilö")
    answer = client.post(desk(certificate), {"act": "reissue", "reason": "Korjaus"}, follow=True)
    assert Certificate.objects.get(status="valid").code in answer.content.decode()


def test_a_reason_that_may_tell_of_a_client_is_asked_about(
    certificate: Certificate, run: CourseRun, client: Client
) -> None:
    client.force_login(teaching(run, "responsible"))
    reason = {"act": "revoke", "reason": "Ks. asiakas 131052-308T"}
    asked = client.post(desk(certificate), reason)
    certificate.refresh_from_db()
    assert asked.status_code == 422
    assert certificate.is_valid
    seen = asked.context["form"].seen_value
    client.post(desk(certificate), reason | {"personal_data_seen": seen})
    certificate.refresh_from_db()
    assert certificate.status == "revoked"


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"responsible", "administrator"}])
def test_others_have_neither_the_list_nor_the_page_of_a_certificate(
    role: str, certificate: Certificate, person: Callable[[str], User], client: Client
) -> None:
    client.force_login(person(role))
    listed = client.get(reverse("certificates"))
    assert certificate.code not in listed.content.decode()
    for answer in [
        client.get(desk(certificate)),
        client.post(desk(certificate), {"act": "revoke", "reason": "Ilkeys"}),
    ]:
        # Wagtail leads its own people back to the front page, with the refusal; others are refused by the service.
        assert answer.status_code in {302, 403}
    certificate.refresh_from_db()
    assert certificate.is_valid


@pytest.mark.parametrize("role", ["responsible", "administrator"])
def test_the_list_is_searched_by_code_and_by_name(
    role: str, certificate: Certificate, run: CourseRun, person: Callable[[str], User], client: Client
) -> None:
    other = complete(make_person("Ville Virtanen"), run).certificates.get()
    client.force_login(person(role))
    for words in [certificate.code, certificate.code.replace("-", "").lower(), "Aino"]:
        found = client.get(reverse("certificates"), {"q": words}).content.decode()
        assert certificate.code in found
        assert other.code not in found


def test_the_list_reads_the_database_as_often_however_long_it_is(
    certificate: Certificate, run: CourseRun, client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(teaching(run, "responsible"))
    client.get(reverse("certificates"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("certificates"))
    for number in range(11):
        complete(make_person(f"Oppija {number}"), run)
    with django_assert_num_queries(len(one)):
        listed = client.get(reverse("certificates")).content.decode()
    assert listed.count("Oppija ") == 11

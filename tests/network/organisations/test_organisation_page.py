"""One organisation as a reader sees it."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.courses.models import Course, CourseIndexPage, CourseInstitution, CoursePage
from network.organisations.models import Contact, Organisation, OrganisationPage, Relation
from tests.factories.pages import (
    event,
    event_page,
    list_page,
    organisation,
    organisation_page,
    post,
    resource,
    translated,
)

pytestmark = pytest.mark.django_db
Kind = Relation.Kind


def related(
    one: Organisation,
    kind: str,
    other: Organisation,
    starts: int | None = None,
    ends: int | None = None,
) -> None:
    Relation.objects.create(
        organisation=one,
        kind=kind,
        to=other,
        starts=datetime.date(starts, 1, 1) if starts else None,
        ends=datetime.date(ends, 12, 31) if ends else None,
    )


def in_english(client: Client, page: OrganisationPage) -> str:
    """The page with the interface in English, so that its sentences can be named here."""
    response = client.get(translated(page, "en", slug=f"{page.slug}-en").url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def told(client: Client, page: OrganisationPage) -> dict[str, list[tuple[str, str]]]:
    english = translated(page, "en", slug=f"{page.slug}-en")
    groups = client.get(english.url).context["relations"]
    return {
        group.phrase: [(partner.organisation.name_fi, partner.period) for partner in group.partners] for group in groups
    }


def test_relations_are_told_in_words_both_ways(client: Client) -> None:
    us = organisation(name_fi="Me ry")
    other, third = organisation(name_fi="Laitos"), organisation(name_fi="Ministeriö")
    related(us, Kind.PRODUCES_SERVICE, other, 2021, 2022)
    related(other, Kind.COORDINATES, us, 2023)
    related(third, Kind.FUNDS, us, None, 2024)
    related(third, Kind.COORDINATES, us)
    related(other, Kind.COVERS, third)
    assert told(client, organisation_page(us)) == {
        "Produces a service for": [("Laitos", "2021–2022")],
        "Coordinated by": [("Laitos", "since 2023"), ("Ministeriö", "")],
        "Funded by": [("Ministeriö", "until 2024")],
    }


def test_a_relation_of_one_year_names_it_once(client: Client) -> None:
    us = organisation()
    related(us, Kind.FUNDS, organisation(name_fi="Hanke"), 2021, 2021)
    assert told(client, organisation_page(us)) == {"Funds": [("Hanke", "2021")]}


def test_what_is_in_force_comes_before_what_has_ended(client: Client) -> None:
    us = organisation()
    related(us, Kind.FUNDS, organisation(name_fi="Vanha"), 2019, 2020)
    related(us, Kind.FUNDS, organisation(name_fi="Uudempi"), 2019, 2022)
    related(us, Kind.FUNDS, organisation(name_fi="Nykyinen"), 2023)
    found = told(client, organisation_page(us))
    assert [name for name, _period in found["Funds"]] == ["Nykyinen", "Uudempi", "Vanha"]


def test_an_ended_organisation_says_so_and_leads_to_its_successor(client: Client) -> None:
    old, new = organisation(name_fi="Vanha"), organisation(name_fi="Uusi")
    Organisation.objects.filter(pk=old.pk).update(ends=datetime.date(2025, 6, 30))
    old.refresh_from_db()
    related(new, Kind.SUCCEEDS, old, 2025)
    organisation_page(new, slug="uusi")
    page = in_english(client, organisation_page(old))
    assert "The organisation was in operation until 30 June 2025." in page
    assert 'Its work is continued by <a href="/verkosto/uusi/">Uusi</a>.' in page


def test_facts_and_contacts_are_told(client: Client) -> None:
    us = organisation(website="https://www.example.org/me", starts=datetime.date(2023, 1, 1), short_name="Me")
    Contact.objects.create(
        organisation=us, role_fi="Johtaja", role_en="Director", email="johtaja@me.example", note="Sopimukset"
    )
    page = in_english(client, organisation_page(us))
    assert '<a href="https://www.example.org/me">Opens on example.org</a>' in page
    assert "<dd>1 January 2023</dd>" in page
    assert "<dt>Director</dt>" in page
    assert '<a href="mailto:johtaja@me.example">' in page


def test_what_it_has_written_published_arranged_and_teaches_is_listed(client: Client) -> None:
    us = organisation()
    course = Course.objects.create(name_fi="Kurssi", code="kurssi", hours=Decimal(27))
    CourseInstitution.objects.create(course=course, organisation=us, role="teaching")
    CourseInstitution.objects.create(course=course, organisation=us, role="awarding")
    course_page = list_page(CourseIndexPage).add_child(instance=CoursePage(title="Kurssi", course=course))
    written, published, arranged = post(organisation=us), resource(publisher=us), event_page(event(organisers=[us]))
    post()
    resource()
    event_page()
    context = client.get(organisation_page(us).url).context
    assert context["posts"] == [written]
    assert context["resources"] == [published]
    assert context["events"] == [arranged]
    [(page, roles)] = context["courses"]
    assert page == course_page
    assert len(roles) == 2


def test_what_it_has_done_is_in_the_readers_language(client: Client) -> None:
    us = organisation()
    swedish_post = translated(post(organisation=us), "sv", title="På svenska", slug="pa-svenska")
    only_finnish = post(organisation=us, date=datetime.date(2020, 1, 1))
    page = organisation_page(us)
    assert client.get(translated(page, "sv", slug="oss").url).context["posts"] == [swedish_post, only_finnish]


def test_drafts_of_others_stay_out(client: Client) -> None:
    us = organisation()
    post(organisation=us, live=False)
    resource(publisher=us, live=False)
    event_page(event(organisers=[us]), live=False)
    context = client.get(organisation_page(us).url).context
    assert (context["posts"], context["resources"], context["events"]) == ([], [], [])


@pytest.mark.parametrize("number", [1, 8])
def test_queries_do_not_grow_with_what_it_has(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    us = organisation()
    for _each in range(number):
        other = organisation()
        organisation_page(other)
        related(us, Kind.MEMBER_OF, other)
        post(organisation=us)
        resource(publisher=us)
        event_page(event(organisers=[us]))
    page = organisation_page(us)
    client.get(page.url)
    with django_assert_max_num_queries(13):
        client.get(page.url)

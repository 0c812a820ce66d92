"""What pages tell search engines: shapes that schema.org knows, safely written, with no query of their own."""

import datetime
import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from common import schema
from common.models import BasePage
from home.models import HomePage
from learning.courses.models import Course, CourseInstitution, CourseRun
from network.events.models import Event
from network.organisations.models import Contact, Organisation
from tests.factories import pages as make
from tests.learning.factories import make_course
from vocabulary.models import GlossaryTerm, Phenomenon, TaskArea

pytestmark = pytest.mark.django_db
Thing = dict[str, Any]

# What each type must and may have here; a misspelt property is found by its absence from schema.org's own lists.
COMMON = {"@type", "@id", "url", "name", "description", "image", "disambiguatingDescription", "sameAs", "alternateName"}
WORK = COMMON | {
    "inLanguage", "about", "isPartOf", "hasPart", "timeRequired", "teaches", "isAccessibleForFree", "publisher",
    "position", "learningResourceType", "temporalCoverage", "keywords", "genre", "license", "encoding", "audience",
    "datePublished", "dateModified", "headline", "author", "mainEntityOfPage",
}  # fmt: skip
EVENT = COMMON | {
    "inLanguage", "startDate", "endDate", "eventStatus", "eventAttendanceMode", "location", "organizer", "audience",
    "subEvent", "superEvent",
}  # fmt: skip
ORGANISATION = COMMON | {"foundingDate", "dissolutionDate", "areaServed", "contactPoint", "logo"}
KNOWN: dict[str, set[str]] = {
    "AdministrativeArea": {"name"}, "Audience": {"audienceType"}, "BlogPosting": WORK,
    "BreadcrumbList": {"itemListElement"}, "CollegeOrUniversity": ORGANISATION,
    "ContactPoint": {"contactType", "email"}, "Country": {"name"},
    "Course": WORK | {"courseCode", "educationalLevel", "numberOfCredits", "provider", "hasCourseInstance"},
    "CourseInstance": {"name", "courseMode", "courseWorkload", "startDate", "endDate", "maximumAttendeeCapacity"},
    "CreativeWork": WORK, "DefinedTerm": COMMON | {"termCode", "inLanguage", "inDefinedTermSet"},
    "DefinedTermSet": WORK | {"hasDefinedTerm"}, "EducationalAudience": {"audienceType", "educationalRole"},
    "EducationEvent": EVENT, "EntryPoint": {"urlTemplate"}, "Event": EVENT, "EventSeries": {"name"},
    "GovernmentOrganization": ORGANISATION, "LearningResource": WORK, "ListItem": {"position", "name", "item"},
    "MediaObject": {"contentUrl", "encodingFormat", "contentSize", "name"}, "NGO": ORGANISATION,
    "Organization": ORGANISATION, "Person": {"name", "jobTitle", "affiliation"}, "Place": {"name", "address"},
    "PostalAddress": {"addressCountry"}, "SearchAction": {"target", "query-input"},
    "StructuredValue": {"value", "unitText"}, "VirtualLocation": {"url"},
    "WebSite": COMMON | {"inLanguage", "publisher", "potentialAction"},
}  # fmt: skip


def things(client: Client, address: str) -> list[Thing]:
    html = client.get(address).content.decode()
    (block,) = BeautifulSoup(html, "html.parser").find_all("script", type="application/ld+json")
    data = json.loads(block.string or "")
    assert data["@context"] == "https://schema.org"
    found: list[Thing] = data["@graph"]
    for thing in found:
        check(thing)
    return found


def check(value: Any) -> None:
    """Every thing has a type that is known, properties of that type, and nothing empty; addresses are whole."""
    if isinstance(value, list):
        assert value
        for part in value:
            check(part)
    elif isinstance(value, dict):
        assert value
        if set(value) != {"@id"}:
            assert set(value) - {"@type"} <= KNOWN[value["@type"]], value
        for name, part in value.items():
            if name in {"url", "@id", "image", "item", "contentUrl", "logo"}:
                assert str(part).startswith("http"), (name, part)
            check(part)
    else:
        assert value not in (None, "")


def of_type(client: Client, page: BasePage, kind: str) -> Thing:
    (found,) = [thing for thing in things(client, page.url) if thing["@type"] == kind]
    return found


def test_a_course_tells_its_size_and_its_runs(client: Client) -> None:
    page = make_course(2, 1)
    course = page.course
    organisation = make.organisation(name_fi="Korkeakoulu")
    CourseInstitution.objects.create(course=course, organisation=organisation, role="awarding")
    Course.objects.filter(pk=course.pk).update(code="rsos5", credits=5, hours=135)
    day = datetime.date(2026, 9, 1)
    CourseRun.objects.create(course=course, code="syksy", starts=day, ends=day.replace(month=12), seats=30)
    told = of_type(client, page, "Course")
    assert told["courseCode"] == "RSOS5"
    assert told["timeRequired"] == "PT135H"
    assert told["numberOfCredits"] == {"@type": "StructuredValue", "value": 5.0, "unitText": "ECTS"}
    assert told["provider"][0]["name"] == "Korkeakoulu"
    (run,) = [run for run in told["hasCourseInstance"] if run["name"].endswith("SYKSY")]
    assert (run["startDate"], run["endDate"]) == ("2026-09-01", "2026-12-01")
    assert run["courseMode"] == ["online", "instructor-led"]
    assert len(told["hasPart"]) == 2


def test_modules_and_lessons_tell_what_they_belong_to(client: Client) -> None:
    course = make_course(1, 1)
    module = course.get_children().get().specific
    lesson = module.get_children().get().specific
    assert of_type(client, module, "LearningResource")["isPartOf"]["name"] == course.title
    told = of_type(client, lesson, "LearningResource")
    assert told["isPartOf"]["name"] == module.title
    assert told["isPartOf"]["isPartOf"]["@type"] == "Course"


def test_an_event_tells_when_where_and_who(client: Client) -> None:
    organiser = make.organisation(name_fi="Järjestäjä")
    page = make.event_page(make.event(organisers=[organiser], format=Event.Format.ONSITE, place="Kuopio"))
    told = of_type(client, page, "Event")
    starts = datetime.datetime.fromisoformat(told["startDate"])
    assert starts.utcoffset()
    assert starts < datetime.datetime.fromisoformat(told["endDate"])
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert told["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert told["location"][0]["name"] == "Kuopio"
    assert [each["name"] for each in told["organizer"]] == ["Järjestäjä"]


def test_a_cancelled_event_and_one_whose_day_is_not_known_say_so(client: Client) -> None:
    cancelled = make.event_page(make.event(status=Event.Status.CANCELLED))
    assert of_type(client, cancelled, "Event")["eventStatus"] == "https://schema.org/EventCancelled"
    assert of_type(client, cancelled, "Event")["location"][0]["@type"] == "VirtualLocation"
    month = make.event_page(make.event(date_precision=Event.DatePrecision.MONTH))
    assert re.fullmatch(r"\d{4}-\d\d", of_type(client, month, "Event")["startDate"])


def test_sessions_of_an_event_are_its_parts(client: Client) -> None:
    now = timezone.now().replace(microsecond=0)
    hour = datetime.timedelta(hours=1)
    page = make.event_page(make.event(sessions=[(now, now + hour), (now + 24 * hour, now + 25 * hour)]))
    assert len(of_type(client, page, "Event")["subEvent"]) == 2


def test_a_post_tells_who_wrote_it_and_when(client: Client) -> None:
    topic = make.term(Phenomenon, "yksinaisyys")
    page = make.post(author_title="Sosiaaliohjaaja", organisation=make.organisation(), phenomena=[topic])
    told = of_type(client, page, "BlogPosting")
    assert told["headline"] == page.title
    assert told["datePublished"] == page.date.isoformat()
    assert told["author"]["jobTitle"] == "Sosiaaliohjaaja"
    assert told["publisher"]["name"] == settings.SITE_NAME
    assert told["keywords"] == ["Yksinaisyys"]
    assert told["image"].startswith(f"http://testserver/jakokuva/{page.pk}-")


def test_an_organisation_tells_its_kind_and_contacts(client: Client) -> None:
    about = make.organisation(type=Organisation.Type.UAS, name_sv="Högskolan", website="https://example.org/")
    Contact.objects.create(organisation=about, role_fi="Yhteyshenkilö", email="yhteys@example.org")
    told = of_type(client, make.organisation_page(about), "CollegeOrUniversity")
    assert told["alternateName"] == ["Högskolan"]
    assert told["contactPoint"][0]["email"] == "yhteys@example.org"
    assert told["sameAs"] == "https://example.org/"


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("Oma lupa", {"@type": "CreativeWork", "name": "Oma lupa"}),
    ],
)
def test_a_resource_tells_its_licence(client: Client, licence: str, told: Any) -> None:
    page = make.resource(licence=licence, publisher=make.organisation())
    found = of_type(client, page, "CreativeWork")
    assert found["license"] == told
    assert found["datePublished"] == "2026"
    assert found["sameAs"] == make.OUTSIDE


def test_a_theme_tells_its_month_and_subjects(client: Client) -> None:
    page = make.theme(month=datetime.date(2026, 11, 1), task_areas=[make.term(TaskArea, "strategy")])
    told = of_type(client, page, "LearningResource")
    assert told["temporalCoverage"] == "2026-11"
    assert [each["name"] for each in told["about"]] == ["Strategy"]


def test_the_glossary_tells_every_term_with_its_address(client: Client) -> None:
    GlossaryTerm.objects.create(code="ilmio", name_fi="ilmiö", name_sv="fenomen", definition_fi="Toistuva tilanne.")
    (told,) = [each for each in things(client, "/sanasto/") if each["@type"] == "DefinedTermSet"]
    (term,) = told["hasDefinedTerm"]
    assert term["@id"] == "http://testserver/sanasto/#ilmio"
    assert term["alternateName"] == ["fenomen"]
    assert not [each for each in things(client, "/sanasto/?sana=i") if each["@type"] == "DefinedTermSet"]


@pytest.mark.parametrize(("address", "search"), [("/", "/haku/"), ("/sv/", "/sv/haku/"), ("/en/", "/en/haku/")])
def test_the_front_page_tells_how_to_search(client: Client, address: str, search: str) -> None:
    site, publisher = things(client, address)
    assert site["@type"] == "WebSite"
    assert site["potentialAction"]["target"]["urlTemplate"] == f"http://testserver{search}?q={{search_term_string}}"
    assert publisher["@id"] == site["publisher"]["@id"]


def test_crumbs_lead_from_the_front_page_to_the_page(client: Client) -> None:
    page = make.post(title="Kirjoitus")
    (crumbs,) = [each for each in things(client, page.url) if each["@type"] == "BreadcrumbList"]
    steps = crumbs["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert [step["name"] for step in steps] == ["Etusivu", "Blogi", "Kirjoitus"]
    assert steps[-1]["item"] == f"http://testserver{page.url}"


def test_an_invented_example_says_so(client: Client) -> None:
    told = of_type(client, make.post(is_example=True), "BlogPosting")
    assert told["disambiguatingDescription"] == "Keksitty esimerkki"
    assert "disambiguatingDescription" not in of_type(client, make.post(), "BlogPosting")


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!--<script>", "a & b ' \" \\ \u2028"])
def test_no_text_ends_the_block(client: Client, title: str) -> None:
    page = make.post(title=title)
    html = client.get(page.url).content.decode()
    block = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert not set("<>&\u2028") & set(block)
    told = next(each for each in json.loads(block)["@graph"] if each["@type"] == "BlogPosting")
    assert told["headline"] == title


def test_what_is_not_a_public_page_tells_nothing(client: Client) -> None:
    assert "ld+json" not in client.get("/haku/").content.decode()
    assert "ld+json" not in client.get("/ei-ole/").content.decode()


def test_lengths_of_work() -> None:
    assert [schema.hours(each) for each in (135, 0.5, 1.25, 0, None)] == ["PT135H", "PT30M", "PT1H15M", "", ""]


def test_every_page_of_the_tree_has_a_valid_block(client: Client) -> None:
    make.post()
    for page in Page.objects.live().filter(depth__gt=1):
        assert things(client, page.url)
    assert HomePage.objects.count() == 3

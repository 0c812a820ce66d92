"""Each role meets what it works with, and nothing else."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from accounts.models import User
from home.explorer import start_page
from learning.courses.models import Course, CourseIndexPage, CoursePage, Question, QuestionOption
from network.events.models import EventIndexPage
from network.organisations.models import OrganisationIndexPage, OrganisationPage
from tests.admin.conftest import SignIn
from tests.factories import pages
from vocabulary.models import TaskArea

pytestmark = pytest.mark.django_db

EVERYWHERE = {"explorer", "images", "documents", "help"}
MENUS = {
    "editor": EVERYWHERE | {"courses", "organisations", "events", "vocabularies", "search-words", "reports"},
    "teacher": EVERYWHERE | {"courses"},
    "partner": EVERYWHERE,
    "coordinator": EVERYWHERE | {"organisations", "events", "search-words", "reports"},
    "administrator": EVERYWHERE
    | {"courses", "organisations", "events", "vocabularies", "search-words", "reports", "settings"},
}
SETTINGS = {"workflows", "workflow-tasks", "users", "groups", "sites", "collections", "redirects"}
LISTS = {
    "/hallinta/snippets/vocabulary/taskarea/add/": {"editor", "administrator"},
    "/hallinta/snippets/courses/course/add/": {"editor", "teacher", "administrator"},
    "/hallinta/snippets/courses/courserun/": {"editor", "teacher", "administrator"},
    "/hallinta/snippets/courses/courserun/add/": {"editor", "teacher", "administrator"},
    "/hallinta/snippets/courses/question/add/": {"editor", "teacher", "administrator"},
    "/hallinta/snippets/organisations/organisation/add/": {"editor", "coordinator", "administrator"},
    "/hallinta/snippets/events/event/add/": {"editor", "coordinator", "administrator"},
    "/hallinta/snippets/events/eventseries/add/": {"editor", "coordinator", "administrator"},
    "/hallinta/users/": {"administrator"},
    "/hallinta/groups/": {"administrator"},
    "/hallinta/sites/": {"administrator"},
    "/hallinta/collections/": {"administrator"},
    "/hallinta/redirects/": {"administrator"},
    "/hallinta/workflows/list/": {"administrator"},
    "/hallinta/locales/": set(),
}
ROLES = list(MENUS)
REPORTS = [
    "/hallinta/reports/site-history/",
    "/hallinta/reports/locked/",
    "/hallinta/reports/workflow/",
    "/hallinta/reports/workflow_tasks/",
    "/hallinta/reports/aging-pages/",
    "/hallinta/reports/page-types-usage/",
]


@pytest.fixture
def as_role(request: pytest.FixtureRequest, sign_in: SignIn) -> Any:
    return lambda role: sign_in(request.getfixturevalue(role))


def menu(client: Client) -> Any:
    page = client.get("/hallinta/").content.decode()
    found = re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found.group(1))


def names(value: Any) -> set[str]:
    """Every menu item's name, however deep."""
    if isinstance(value, dict):
        own = {value["name"]} if "name" in value and "label" in value else set()
        return own.union(*[names(inner) for inner in value.values()])
    if isinstance(value, list):
        return set().union(*[names(inner) for inner in value])
    return set()


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_holds_what_the_role_needs(role: str, as_role: Any) -> None:
    found = names(menu(as_role(role)))
    tops = {"courses", "organisations", "events", "vocabularies", "search-words", "reports", "settings"} | EVERYWHERE
    assert found & tops == MENUS[role]
    assert found & (SETTINGS | {"locales"}) == (
        SETTINGS if role == "administrator" else found & {"workflows", "workflow-tasks"}
    )
    assert not {name for name in found if name.startswith(("whats-new", "editor-guide"))}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", LISTS)
def test_addresses_are_closed_as_the_menu_is(role: str, path: str, as_role: Any) -> None:
    response = as_role(role).get(path)
    assert (response.status_code == 200) == (role in LISTS[path])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", REPORTS)
def test_reports_are_closed_by_their_addresses_too(role: str, path: str, as_role: Any) -> None:
    response = as_role(role).get(path)
    if "reports" in MENUS[role]:
        assert response.status_code == 200
    else:
        assert (response.status_code, response["Location"]) == (302, "/hallinta/")


def test_a_script_is_refused_a_report_and_not_sent_elsewhere(teacher: User, sign_in: SignIn) -> None:
    address = "/hallinta/reports/site-history/results/"
    assert sign_in(teacher).get(address, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_the_front_page_of_the_admin_is_in_finnish_and_ours(role: str, as_role: Any) -> None:
    page = as_role(role).get("/hallinta/").content.decode()
    assert '<html lang="fi"' in page
    assert "Osaamisverkosto</title>" in page
    assert "home/admin.css" in page
    assert "wagtail.org" not in page


def test_the_explorer_begins_where_the_role_works(
    editor: User, teacher: User, partner: User, coordinator: User, learner: User
) -> None:
    assert start_page(teacher) == pages.list_page(CourseIndexPage).page_ptr
    assert start_page(partner) == pages.list_page(OrganisationIndexPage).page_ptr
    assert start_page(coordinator) == pages.list_page(EventIndexPage).get_parent()
    assert start_page(editor) == Page.get_first_root_node()
    assert start_page(learner) is None


@pytest.fixture
def course() -> Course:
    return Course.objects.create(name_fi="Perusteet", code="perusteet", hours=27, credits=1)


def test_a_teacher_writes_and_an_editor_publishes(teacher: User, editor: User, course: Course) -> None:
    parent = pages.list_page(CourseIndexPage)
    page = parent.add_child(instance=CoursePage(title="Perusteet", slug="perusteet", course=course, owner=teacher))
    assert page.permissions_for_user(teacher).can_edit()
    assert not page.permissions_for_user(teacher).can_publish()
    assert page.permissions_for_user(editor).can_publish()
    assert not pages.post().permissions_for_user(teacher).can_edit()
    assert not pages.organisation_page().permissions_for_user(teacher).can_edit()


@pytest.fixture
def own(partner: User) -> OrganisationPage:
    return pages.organisation_page(owner=partner, live=False)


def test_a_partner_coordinator_edits_the_own_page_alone(partner: User, own: OrganisationPage, sign_in: SignIn) -> None:
    other = pages.organisation_page()
    client = sign_in(partner)
    assert client.get(f"/hallinta/pages/{own.pk}/edit/").status_code == 200
    for page in [other, pages.post(), pages.event_page(), pages.resource(), pages.list_page(OrganisationIndexPage)]:
        for path in ["edit", "copy", "delete", "unpublish", "history", "move", "view_draft"]:
            response = client.get(f"/hallinta/pages/{page.pk}/{path}/")
            assert response.status_code in {302, 403, 404}, f"{path} of {page}"


def test_an_administrator_alone_says_who_keeps_a_page(
    administrator: User, editor: User, partner: User, sign_in: SignIn
) -> None:
    page = pages.organisation_page(owner=editor)
    path = f"/hallinta/pages/{page.pk}/edit/"
    for user in [editor, administrator]:
        sign_in(user).post(path, form_of(page) | {"owner": partner.pk, "action-publish": "1"})
        page.refresh_from_db()
        assert page.owner == (partner if user == administrator else editor)
    assert sign_in(partner).get(path).status_code == 200


def test_writers_find_their_pages_on_the_front_page(
    partner: User, editor: User, own: OrganisationPage, sign_in: SignIn
) -> None:
    link = f"/hallinta/pages/{own.pk}/edit/"
    assert link in sign_in(partner).get("/hallinta/").content.decode()
    assert "own-pages" not in sign_in(editor).get("/hallinta/").content.decode()


def test_a_partner_coordinator_does_not_publish(partner: User, own: OrganisationPage, sign_in: SignIn) -> None:
    rights = own.permissions_for_user(partner)
    assert not rights.can_publish()
    assert rights.can_submit_for_moderation()
    client = sign_in(partner)
    client.post(f"/hallinta/pages/{own.pk}/edit/", form_of(own) | {"title": "Uusi otsikko", "action-publish": "1"})
    own.refresh_from_db()
    assert not own.live


def form_of(page: OrganisationPage) -> dict[str, Any]:
    return {
        "title": page.title,
        "slug": page.slug,
        "lead": page.lead,
        "organisation": page.organisation_id,
        "environment": "null",
        "needs": "null",
        "goals-count": 0,
        "body-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }


def test_a_teacher_cannot_delete_questions_or_change_vocabularies(teacher: User, sign_in: SignIn) -> None:
    question = Question(code="k1", kind="single", prompt="Mikä?")
    question.options = [QuestionOption(text="a", correct=True), QuestionOption(text="b")]
    question.save()
    area = TaskArea.objects.create(code="koe", name_fi="Koe")
    client = sign_in(teacher)
    assert client.get(f"/hallinta/snippets/courses/question/edit/{question.pk}/").status_code == 200
    assert client.get(f"/hallinta/snippets/courses/question/delete/{question.pk}/").status_code == 302
    assert client.get(f"/hallinta/snippets/vocabulary/taskarea/edit/{area.pk}/").status_code == 302


def test_a_learner_has_no_admin(learner: User, sign_in: SignIn) -> None:
    # Not sent to sign in, which would send a person who has done so back here.
    assert sign_in(learner).get("/hallinta/").status_code == 403

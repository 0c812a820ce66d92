"""The first page of the administration tells each role what waits, and offers what it may begin."""

import datetime
import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from home.admin_words import permission_label
from learning.study.models import RunTeacher
from network.events.models import Event
from network.organisations.models import OrganisationPage
from notifications.models import OutgoingMail
from search.models import SearchWish
from tests.admin.conftest import SignIn
from tests.admin.test_workflow import submit
from tests.factories import pages
from tests.learning.study.factories import enrolled, make_run

pytestmark = pytest.mark.django_db

BEGINNINGS = {
    "editor": {"postpage", "eventpage", "themepage", "resourcepage", "coursepage", "organisationpage"},
    "teacher": {"coursepage"},
    "partner": {"organisationpage"},
    "coordinator": {"eventpage", "resourcepage", "organisationpage"},
    "administrator": {"postpage", "eventpage", "themepage", "resourcepage", "coursepage", "organisationpage"},
}


@pytest.fixture
def as_role(request: pytest.FixtureRequest, sign_in: SignIn) -> Any:
    return lambda role: sign_in(request.getfixturevalue(role))


def rows(client: Client) -> list[str]:
    """The rows of the panel as lines of text."""
    html = client.get("/hallinta/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    panel = html[html.index('id="what-waits"') : html.index("</section>", html.index('id="what-waits"'))]
    texts = re.findall(r'<p class="ov-waiting__text">(.*?)</p>', panel, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in texts]


def numbers(client: Client) -> list[int]:
    return [int(row.split()[0]) for row in rows(client)]


@pytest.mark.parametrize("role", BEGINNINGS)
def test_each_role_may_begin_what_it_may_add(as_role: Any, role: str) -> None:
    html = as_role(role).get("/hallinta/").content.decode()
    offered = set(re.findall(r'button-secondary" href="/hallinta/pages/add/\w+/(\w+)/\d+/"', html))
    assert offered == BEGINNINGS[role]


def test_nothing_waits_where_nothing_does(sign_in: SignIn, partner: User) -> None:
    assert rows(sign_in(partner)) == []


def test_a_draft_waits_for_its_writer_until_it_is_sent_for_approval(
    sign_in: SignIn, partner: User, editor: User
) -> None:
    own = pages.organisation_page(owner=partner, live=False, title="Kohtaamispaikka")
    client = sign_in(partner)
    own.save_revision(user=partner)
    assert numbers(client) == [1]
    assert f'href="/hallinta/pages/{own.pk}/edit/">Kohtaamispaikka' in client.get("/hallinta/").content.decode()
    submit(client, own)
    assert numbers(client) == []
    [waits] = [row for row in rows(sign_in(editor)) if "hyväksy" in row or "approval" in row]
    assert waits.startswith("1 ")


def test_coming_events_without_a_programme_wait_for_those_who_may_edit_them(
    sign_in: SignIn, coordinator: User, teacher: User
) -> None:
    programme = [("item", {"time": "13.00", "title": "Avaus", "speaker": ""})]
    pages.event_page(title="Ilman")
    pages.event_page(title="Ohjelmallinen", programme=programme)
    pages.event_page(pages.event(status=Event.Status.CANCELLED), title="Peruttu")
    past = timezone.now() - datetime.timedelta(days=9)
    pages.event_page(pages.event([(past, past + datetime.timedelta(hours=1))]), title="Mennyt")
    pages.event_page(pages.event(programme_status="provisional"), title="Alustava", programme=programme)
    html = sign_in(coordinator).get("/hallinta/").content.decode()
    assert [">Ilman (" in html or ">Ilman<" in html, ">Alustava" in html] == [True, True]
    assert not [title for title in ("Ohjelmallinen", "Peruttu", "Mennyt") if f">{title}" in html]
    assert rows(sign_in(teacher)) == []


def test_mail_that_fails_waits_for_administrators(sign_in: SignIn, administrator: User, editor: User) -> None:
    OutgoingMail.objects.create(from_email="a@b.example", recipients=["c@d.example"], last_error="Connection refused")
    before = len(rows(sign_in(administrator)))
    OutgoingMail.objects.update(last_error="")
    assert before == len(rows(sign_in(administrator))) + 1


def test_missing_translations_wait_for_those_who_may_translate(
    sign_in: SignIn, editor: User, coordinator: User, administrator: User
) -> None:
    pages.post(title="Vain suomeksi")
    told = {
        user.pk: [row for row in rows(sign_in(user)) if "Swedish" in row or "ruotsinkieli" in row]
        for user in (editor, administrator, coordinator)
    }
    assert [len(told[user.pk]) for user in (editor, administrator, coordinator)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("role", "lines"), [("editor", 1), ("coordinator", 1), ("administrator", 1), ("teacher", 0), ("partner", 0)]
)
def test_wishes_of_searchers_wait_until_they_have_been_dealt_with(as_role: Any, role: str, lines: int) -> None:
    SearchWish.objects.create(words="asumisneuvonta", language="fi")
    SearchWish.objects.create(words="jo luettu", language="fi", is_done=True)
    client, address = as_role(role), "/hallinta/search/wishes/?is_done=false"
    assert client.get("/hallinta/").content.decode().count(f'href="{address}"') == lines
    if lines:
        listed = client.get(address).content.decode()
        assert "asumisneuvonta" in listed
        assert "jo luettu" not in listed
        SearchWish.objects.update(is_done=True)
        assert address not in client.get("/hallinta/").content.decode()


def test_the_report_lists_what_a_language_lacks(sign_in: SignIn, editor: User, teacher: User) -> None:
    post = pages.post(title="Vain suomeksi")
    both = pages.post(title="Myös ruotsiksi")
    pages.translated(both, "sv", title="Även på svenska")
    client = sign_in(editor)
    report = "/hallinta/reports/untranslated/"

    def listed(query: str) -> set[int]:
        page = client.get(report + query)
        assert page.status_code == 200
        return {row.pk for row in page.context["pages"]} & {post.pk, both.pk}

    assert listed("") == {post.pk, both.pk}
    assert listed("?language=sv") == {post.pk}
    assert listed("?language=en") == {post.pk, both.pk}
    assert listed("?language=xx") == {post.pk, both.pk}
    assert client.get(f"{report}results/?language=sv").status_code == 200
    assert sign_in(teacher).get(report).status_code == 302


def test_permissions_are_named_in_the_readers_language() -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="organisations", content_type__model="organisation"
    ):
        assert not permission_label(permission).startswith("Can ")


def test_the_page_costs_the_same_for_many_drafts(
    sign_in: SignIn, partner: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        page: OrganisationPage | Page = pages.organisation_page(owner=partner, live=False, title=f"Luonnos {number}")
        page.save_revision(user=partner)
    client = sign_in(partner)
    client.get("/hallinta/")
    with django_assert_max_num_queries(60):
        assert numbers(client) == [8]


def test_applications_wait_for_the_teachers_of_their_run(sign_in: SignIn, teacher: User, editor: User) -> None:
    run = make_run(admission="approval")
    RunTeacher.objects.create(run=run, user=teacher)
    enrolled(run), enrolled(run)
    address = f"/hallinta/toteutukset/{run.code}/opiskelijat/"
    page = sign_in(teacher).get("/hallinta/").content.decode()
    assert "toteutuksella on hakemuksia, jotka odottavat vastaustasi" in page and address in page
    assert address not in sign_in(editor).get("/hallinta/").content.decode()

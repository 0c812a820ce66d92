"""Teachers and partner coordinators submit, editors approve; mails tell each of it in Finnish."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from accounts.models import User
from learning.courses.models import Course, CourseIndexPage, CoursePage
from network.organisations.models import OrganisationPage
from notifications.models import OutgoingMail
from tests.admin.conftest import SignIn
from tests.admin.test_roles import form_of
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    """Mail goes to the outbox as in service; the test runner would keep it in memory."""
    settings.EMAIL_BACKEND = "notifications.backends.OutboxBackend"


@pytest.fixture
def own(partner: User) -> OrganisationPage:
    return pages.organisation_page(owner=partner, live=False, title="Kohtaamispaikka")


def submit(client: Client, page: OrganisationPage, title: str = "Kohtaamispaikka Saimi") -> Any:
    return client.post(f"/hallinta/pages/{page.pk}/edit/", form_of(page) | {"title": title, "action-submit": "1"})


def act(client: Client, page: Page, action: str, **fields: Any) -> Any:
    state = TaskState.objects.get(workflow_state__object_id=page.pk, status=TaskState.STATUS_IN_PROGRESS)
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]), fields)


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.order_by("pk"))


def test_a_page_is_submitted_and_approved(
    own: OrganisationPage, partner: User, editor: User, administrator: User, sign_in: SignIn
) -> None:
    submit(sign_in(partner), own)
    assert not Page.objects.get(pk=own.pk).live
    asked = mails()
    assert {address for mail in asked for address in mail.recipients} == {editor.email, administrator.email}
    assert all("Kohtaamispaikka Saimi" in mail.subject for mail in asked)
    assert all(f"/hallinta/pages/{own.pk}/edit/" in mail.body for mail in asked)
    OutgoingMail.objects.all().delete()

    act(sign_in(editor), own, "approve")
    page = Page.objects.get(pk=own.pk)
    assert page.live
    assert page.title == "Kohtaamispaikka Saimi"
    assert [mail.recipients for mail in mails()] == [[partner.email]]


def test_a_page_is_returned_with_a_comment_and_sent_again(
    own: OrganisationPage, partner: User, editor: User, sign_in: SignIn
) -> None:
    submit(sign_in(partner), own)
    OutgoingMail.objects.all().delete()
    act(sign_in(editor), own, "reject", comment="Lisää lähde.")
    state = WorkflowState.objects.get(object_id=own.pk)
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    [mail] = mails()
    assert mail.recipients == [partner.email]
    assert "Lisää lähde." in mail.body
    client = sign_in(partner)
    client.post(
        f"/hallinta/pages/{own.pk}/edit/", form_of(own) | {"title": "Lähteineen", "action-restart-workflow": "1"}
    )
    assert WorkflowState.objects.filter(object_id=own.pk, status=WorkflowState.STATUS_IN_PROGRESS).exists()


def test_the_mails_are_in_finnish(own: OrganisationPage, partner: User, editor: User, sign_in: SignIn) -> None:
    submit(sign_in(partner), own)
    act(sign_in(editor), own, "reject", comment="Lisää lähde.")
    english = {"The page", "has been", "You can", "Hello", "Edit your", "comment:", "preferences"}
    assert len(mails()) == 2
    for mail in mails():
        assert not [words for words in english if words in mail.subject + mail.body], mail.body


@pytest.mark.parametrize(("language", "subject", "said", "asked"), [
    ("fi", "Sivu ”{}” odottaa hyväksyntääsi", "{} lähetti sivun ”{}” hyväksyttäväksi.", "Tarkista se täällä:"),
    ("sv", "Sidan ”{}” väntar på ditt godkännande", "{} skickade sidan ”{}” för godkännande.", "Granska den här:"),
    ("en", "The page “{}” is waiting for your approval", "{} sent the page “{}” for approval.", "Review it here:"),
])  # fmt: skip
def test_the_mail_to_editors_says_who_sent_which_page_and_where_it_is_reviewed(
    own: OrganisationPage,
    partner: User,
    editor: User,
    sign_in: SignIn,
    language: str,
    subject: str,
    said: str,
    asked: str,
) -> None:
    UserProfile.objects.create(user=editor, preferred_language=language)
    title = 'Saimin & Ainon "talo"'
    submit(sign_in(partner), own, title)
    [mail] = mails()
    assert mail.subject == subject.format(title)
    assert mail.body.splitlines() == [
        said.format(partner, title),
        "",
        asked,
        f"http://testserver/hallinta/pages/{own.pk}/edit/",
    ]


def test_the_page_is_locked_to_its_author_while_it_waits(own: OrganisationPage, partner: User, sign_in: SignIn) -> None:
    client = sign_in(partner)
    submit(client, own)
    client.post(f"/hallinta/pages/{own.pk}/edit/", form_of(own) | {"title": "Muutettu salaa"})
    assert Page.objects.get(pk=own.pk).get_latest_revision_as_object().title == "Kohtaamispaikka Saimi"


@pytest.mark.parametrize("stranger", ["partner", "teacher", "coordinator"])
def test_only_the_group_of_the_task_approves(stranger: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    teacher = request.getfixturevalue("teacher")
    course = Course.objects.create(name_fi="Perusteet", code="perusteet", hours=27)
    parent = pages.list_page(CourseIndexPage)
    page = parent.add_child(instance=CoursePage(title="Perusteet", slug="p", course=course, owner=teacher, live=False))
    page.save_revision(user=teacher)
    page.get_workflow().start(page, teacher)
    act(sign_in(request.getfixturevalue(stranger)), page, "approve")
    assert not Page.objects.get(pk=page.pk).live


def test_what_waits_is_on_the_editors_front_page(
    own: OrganisationPage, partner: User, editor: User, sign_in: SignIn
) -> None:
    submit(sign_in(partner), own)
    assert "Kohtaamispaikka Saimi" in sign_in(editor).get("/hallinta/").content.decode()
    assert "Kohtaamispaikka Saimi" in sign_in(partner).get("/hallinta/").content.decode()

"""The queue, the calendar, the figures and the readers' comments: what editors see, and nobody else."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from blog.models import BlogIndexPage, Submission
from blog.models.submissions import State
from blog.readers import services as readers
from blog.submitting import services
from tests.factories.pages import list_page, post, term
from tests.factories.submissions import bring_to, make_editor, make_person, sent, text, unconfirmed
from vocabulary.models import TaskArea

pytestmark = pytest.mark.django_db
PAGES = ["", "kalenteri/", "luvut/", "kommentit/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [None, Role.TEACHER, Role.PARTNER_COORDINATOR, Role.NETWORK_COORDINATOR])
def test_the_desk_is_for_editors(page: str, role: Role | None) -> None:
    client = Client()
    client.force_login(make_person("vieras", role))
    assert client.get(f"/hallinta/blogi/{page}").status_code in {302, 403}
    assert Client().get(f"/hallinta/blogi/{page}").status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_desk_says_so(desk: Client, page: str) -> None:
    answer = desk.get(f"/hallinta/blogi/{page}")
    assert answer.status_code == 200
    assert "Traceback" not in answer.content.decode()


def test_the_queue_tells_whose_turn_it_is_since_when_how_long_and_about_what(desk: Client, editor: User) -> None:
    mine = sent(details={"task_area": term(TaskArea, "knowledge")}, text=text(2_500, title="Minun tekstini"))
    bring_to(State.WITH_WRITER, mine, editor)
    sent(text=text(2_300, title="Jonossa"))
    unconfirmed()
    html = desk.get("/hallinta/blogi/").content.decode()
    assert html.index("Jonossa") < html.index("Minun tekstini")
    for told in ("2\u00a0500", "2\u00a0300", "Kirjoittaja", "Toimittaja"):
        assert told in html
    assert html.count("Aikaa kohdata") == 0


@pytest.mark.parametrize(
    ("shown", "state"),
    [
        ("uudet", State.SENT),
        ("toimitus", State.EDITING),
        ("kirjoittaja", State.APPROVAL),
        ("ajastetut", State.SCHEDULED),
        ("paattyneet", State.DECLINED),
        ("omat", State.EDITING),
    ],
)
def test_the_queue_can_be_narrowed(desk: Client, editor: User, shown: str, state: State) -> None:
    there = bring_to(state, sent(text=text(title="Tämä näkyy")), editor)
    other = State.WITHDRAWN if state != State.DECLINED else State.EDITING
    bring_to(other, sent(text=text(title="Tämä ei näy")), make_editor("toinen"))
    answer = desk.get(f"/hallinta/blogi/?nayta={shown}")
    assert [row.pk for row in answer.context["page"]] == [there.pk]
    assert {code: number for code, _label, number in answer.context["parts"]}[shown] == 1


def test_topics_narrow_too_and_odd_words_do_not_break_anything(desk: Client) -> None:
    there = sent(details={"task_area": term(TaskArea, "knowledge")})
    sent(details={"task_area": term(TaskArea, "justice")})
    rows = desk.get("/hallinta/blogi/?tehtavaalue=knowledge").context["page"]
    assert [row.pk for row in rows] == [there.pk]
    assert desk.get("/hallinta/blogi/?nayta=%27--&tehtavaalue='&p=x").status_code == 200
    assert desk.get("/hallinta/blogi/kalenteri/?kk=9999-99").status_code == 200
    assert desk.get("/hallinta/blogi/luvut/?vuosi=%C2%B2%C2%B2%C2%B2%C2%B2").status_code == 200


def test_the_queue_costs_the_same_for_many(desk: Client, django_assert_max_num_queries: Callable[..., Any]) -> None:
    sent()
    desk.get("/hallinta/blogi/")
    with django_assert_max_num_queries(40) as few:
        desk.get("/hallinta/blogi/")
    for _each in range(11):
        sent()
    with django_assert_max_num_queries(len(few)):
        desk.get("/hallinta/blogi/")


def test_the_calendar_tells_what_comes_out_and_what_is_due(desk: Client, editor: User, submission: Submission) -> None:
    list_page(BlogIndexPage)
    bring_to(State.APPROVED, submission, editor)
    submission.refresh_from_db()
    at = datetime.datetime(2031, 3, 14, 7, tzinfo=datetime.UTC)
    services.schedule(submission=submission, editor=editor, at=at)
    html = desk.get("/hallinta/blogi/kalenteri/?kk=2031-03").content.decode()
    assert "14.3." in html
    assert "Aikaa kohdata" in html
    assert "Aikaa kohdata" not in desk.get("/hallinta/blogi/kalenteri/?kk=2031-04").content.decode()


def test_the_figures_count_the_texts_of_the_year(desk: Client, editor: User) -> None:
    bring_to(State.DECLINED, sent(), editor)
    sent()
    figures = desk.get("/hallinta/blogi/luvut/").context["figures"]
    assert (figures.total.sent, figures.total.declined, figures.total.open) == (2, 1, 1)
    assert desk.get("/hallinta/blogi/luvut/?vuosi=2021").context["figures"].total.sent == 0


def test_comments_of_readers_are_shown_or_left_out_here(desk: Client) -> None:
    page = post(takes_comments=True)
    comment = readers.comment(page=page, signature="Ohjaaja", text="Meilläkin näin.")
    assert "Meilläkin näin." in desk.get("/hallinta/blogi/kommentit/").content.decode()
    answer = desk.post(f"/hallinta/blogi/kommentit/{comment.public_id}/", {"act": "show", "tila": "waiting"})
    assert answer.status_code == 302
    assert "Meilläkin näin." in Client().get(page.url).content.decode()
    assert "Meilläkin näin." not in desk.get("/hallinta/blogi/kommentit/").content.decode()
    desk.post(f"/hallinta/blogi/kommentit/{comment.public_id}/", {"act": "refuse", "tila": "shown"})
    assert "Meilläkin näin." not in Client().get(page.url).content.decode()


def test_nobody_else_moderates() -> None:
    comment = readers.comment(page=post(takes_comments=True), signature="Ohjaaja", text="Odotan.")
    client = Client()
    client.force_login(make_person("opettaja", Role.TEACHER))
    assert client.post(f"/hallinta/blogi/kommentit/{comment.public_id}/", {"act": "show"}).status_code in {302, 403}
    comment.refresh_from_db()
    assert comment.status == "waiting"

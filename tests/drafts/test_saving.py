"""The drafts' address: what is answered to whom, and that what was answered with 200 is there."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from drafts import services
from drafts.models import Draft, DraftCopy
from drafts.writers import Writer
from tests.drafts.conftest import OPEN, PLAIN, Tab

pytestmark = pytest.mark.django_db


def finish(user: User, form: str = PLAIN, place: str = "1") -> Any:
    return services.finish(writer=Writer.person(user), form=form, object_key=place)


def test_what_is_saved_is_there_with_its_version(tab: Tab) -> None:
    first = tab.write("Yksi")
    assert (first.status_code, first.json()["version"]) == (200, 1)
    assert tab.write("Yksi kaksi").json()["version"] == 2
    found = tab.read()
    assert (found["version"], found["status"], found["fields"]) == (2, "open", {"text": ["Yksi kaksi"]})
    assert found["saved_at"] >= first.json()["saved_at"]


def test_nothing_has_been_written_yet(tab: Tab) -> None:
    found = tab.read()
    assert (found["version"], found["status"]) == (0, "none")
    assert found["csrf"]
    assert found["person"]
    assert tab.client.head(tab.path).status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_nobody_keeps_the_answers(tab: Tab, method: str) -> None:
    tab.write("Yksi")
    answer = getattr(tab.client, method)(tab.path)
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_a_repeated_save_has_the_same_answer(tab: Tab) -> None:
    """The answer was lost on the way: the tab sends the same again."""
    told = {"base": 0, "fields": {"text": ["Yksi"]}, "device": "ensimmainen", "turn": 1}
    first, again = tab.put(told), tab.put(told)
    assert first.json() == again.json()
    assert again.status_code == 200
    assert not DraftCopy.objects.exists()


def test_a_tab_that_never_heard_the_answer_goes_on(tab: Tab) -> None:
    tab.write("Yksi")
    tab.base = 0
    answer = tab.write("Yksi kaksi")
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert tab.read()["fields"] == {"text": ["Yksi kaksi"]}


def test_a_save_that_was_overtaken_by_a_later_one_changes_nothing(tab: Tab) -> None:
    tab.put({"base": 0, "fields": {"text": ["uudempi"]}, "device": "ensimmainen", "turn": 2})
    late = tab.put({"base": 0, "fields": {"text": ["vanhempi"]}, "device": "ensimmainen", "turn": 1})
    assert (late.status_code, late.json()["version"]) == (200, 1)
    assert tab.read()["fields"] == {"text": ["uudempi"]}


def test_of_two_tabs_the_second_is_told_and_both_texts_are_kept(tab: Tab, other_tab: Tab) -> None:
    tab.write("ensimmäinen")
    answer = other_tab.write("toinen")
    told = answer.json()
    assert answer.status_code == 409
    assert told["fields"] == {"text": ["ensimmäinen"]}
    assert told["compare"] == f"{tab.path}vertaa/"
    assert told["message"]
    assert tab.read()["fields"] == {"text": ["ensimmäinen"]}
    assert DraftCopy.objects.get().fields == {"text": ["toinen"]}


def test_the_loser_goes_on_losing_with_one_copy(tab: Tab, other_tab: Tab) -> None:
    tab.write("ensimmäinen")
    for text in ("toinen", "toinen jatkuu", "toinen jatkuu yhä"):
        assert other_tab.write(text).status_code == 409
    assert [copy.fields for copy in DraftCopy.objects.all()] == [{"text": ["toinen jatkuu yhä"]}]


def test_two_tabs_with_the_same_text_do_not_clash(tab: Tab, other_tab: Tab) -> None:
    tab.write("sama")
    answer = other_tab.write("sama")
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert not DraftCopy.objects.exists()


def test_who_keeps_their_own_text_leaves_the_other_one_beside_it(tab: Tab, other_tab: Tab) -> None:
    tab.write("ensimmäinen")
    other_tab.base = other_tab.write("toinen").json()["version"]
    assert other_tab.write("toinen").json()["version"] == 2
    assert tab.read()["fields"] == {"text": ["toinen"]}
    assert DraftCopy.objects.get().fields == {"text": ["ensimmäinen"]}
    # And now the first one is told.
    assert tab.write("ensimmäinen jatkuu").status_code == 409


def test_another_device_goes_on_where_the_first_one_stopped(tab: Tab, learner: User) -> None:
    tab.write("kotona")
    phone = Client()
    phone.force_login(learner)
    on_phone = Tab(phone, "puhelin")
    assert on_phone.open()["fields"] == {"text": ["kotona"]}
    assert on_phone.write("kotona ja bussissa").status_code == 200
    assert not DraftCopy.objects.exists()


def test_a_draft_is_its_writers_alone(tab: Tab, stranger: User) -> None:
    tab.write("minun")
    client = Client()
    client.force_login(stranger)
    other = Tab(client, "ensimmainen")
    assert other.read()["version"] == 0
    assert other.write("heidän").json()["version"] == 1
    assert client.delete(tab.path).status_code == 200
    assert tab.read()["fields"] == {"text": ["minun"]}


def test_nothing_is_sent_under_another_name(tab: Tab, stranger: User, learner: User) -> None:
    person = {"X-Draft-Person": Writer.person(learner).key}
    assert tab.write("minun", **person).status_code == 200
    tab.client.force_login(stranger)
    answer = tab.write("minun jatkuu", **person)
    assert (answer.status_code, answer.json()["error"]) == (403, "someone-else")
    assert not Draft.objects.filter(owner=stranger).exists()
    assert answer.wsgi_request.user == stranger


@pytest.mark.parametrize("form", [PLAIN, OPEN])
def test_who_is_signed_out_is_told_and_nothing_is_saved(browser: Client, learner: User, form: str) -> None:
    tab = Tab(browser, "ensimmainen", form)
    browser.logout()
    answer = tab.write("minun", **{"X-Draft-Person": Writer.person(learner).key})
    assert (answer.status_code, answer.json()["error"]) == (401, "signed-out")
    assert not Draft.objects.exists()


def test_a_stranger_has_no_draft_of_a_members_form(db: None) -> None:
    tab = Tab(Client(), "ensimmainen")
    for answer in (tab.client.get(tab.path), tab.write("x"), tab.client.delete(tab.path)):
        assert answer.status_code == 401
    assert not tab.client.cookies


@pytest.mark.parametrize(
    ("place", "code", "message"),
    [("closed", "closed", "Tätä lomaketta ei voi enää muuttaa."), ("over", "refused", "Koe on päättynyt.")],
)
def test_a_closed_form_says_why(browser: Client, place: str, code: str, message: str) -> None:
    answer = Tab(browser, "ensimmainen", place=place).write("myöhässä")
    assert (answer.status_code, answer.json()) == (403, {"error": code, "message": message})
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", ""),
        (b"\xff", ""),
        ("[]", "fields"),
        ('{"fields": []}', "fields"),
        ('{"fields": {"text": "x"}}', "text"),
        ('{"fields": {"text": [1]}}', "text"),
        ('{"fields": {}, "base": -1}', "base"),
        ('{"fields": {}, "base": true}', "base"),
        ('{"fields": {}, "base": 10000000000}', "base"),
        ('{"fields": {}, "turn": "1"}', "turn"),
        ('{"fields": {}, "device": 5}', "device"),
        (json.dumps({"fields": {}, "device": "x" * 41}), "device"),
        (json.dumps({"fields": {"x" * 201: []}}), "x" * 50),
        ("[" * 100_000, ""),
    ],
)
def test_what_cannot_be_read_is_named(tab: Tab, body: Any, field: str) -> None:
    answer = tab.put(body)
    assert answer.status_code == 400
    assert answer.json().get("field", "") == field
    assert field in answer.json()["message"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ["x" * 1_001]}, "Havainto"),
        ({"text": ["x" * 1_000_000]}, "Havainto"),
        ({"text": ["x" * 900], "title": ["ä" * 999], "more": ["x" * 900]}, "title"),
        ({str(number): ["x"] for number in range(6)}, "6"),
    ],
)
def test_what_is_too_large_is_named_and_nothing_is_lost(tab: Tab, fields: dict[str, Any], field: str) -> None:
    tab.write("lyhyt")
    answer = tab.put({"base": 1, "fields": fields, "device": "ensimmainen", "turn": 2})
    assert answer.status_code == 413
    assert field in answer.json()["message"]
    assert tab.read()["fields"] == {"text": ["lyhyt"]}


def test_more_than_the_server_reads_is_too_large(tab: Tab) -> None:
    answer = tab.put(b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert (answer.status_code, answer.json()["error"]) == (413, "too-large")


def test_what_no_database_takes_is_left_out_and_the_rest_is_kept(tab: Tab) -> None:
    tab.put('{"fields": {"text": ["a\\u0000b \\ud83d \\ud83d\\ude00"], "csrfmiddlewaretoken": ["x"]}}')
    assert tab.read()["fields"] == {"text": ["ab \ufffd 😀"]}


def test_saving_without_the_token_is_refused(learner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    tab = Tab(client, "ensimmainen")
    assert tab.write("x").status_code == 403
    assert client.delete(tab.path).status_code == 403
    token = tab.read()["csrf"]
    assert tab.write("x", **{"X-CSRFToken": token}).status_code == 200


def test_unknown_forms_and_wrong_methods(browser: Client) -> None:
    assert browser.get("/luonnokset/ei.ole/1/").status_code == 404
    assert browser.get(f"/luonnokset/{PLAIN}/a%20b/").status_code == 404
    assert browser.post(f"/luonnokset/{PLAIN}/1/").status_code == 405
    assert browser.get(f"/luonnokset/{PLAIN}/1/palauta/").status_code == 405


def test_somebody_who_saves_all_the_time_is_slowed_down(tab: Tab) -> None:
    for number in range(services.SAVES_PER_MINUTE):
        assert tab.write(f"{number}").status_code == 200
    answer = tab.write("yksi vielä")
    assert (answer.status_code, answer.json()["error"]) == (429, "too-often")
    assert tab.read()["fields"] == {"text": [f"{services.SAVES_PER_MINUTE - 1}"]}


def test_nobody_begins_more_drafts_than_they_can_write(
    browser: Client, monkeypatch: pytest.MonkeyPatch, learner: User
) -> None:
    monkeypatch.setattr(services, "MOST_DRAFTS", 2)
    answers = [Tab(browser, "a", place=str(number)).write("x") for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    finish(learner, place="0")
    assert Tab(browser, "a", place="2").write("x").status_code == 200


def test_sentences_are_in_the_language_of_the_page(tab: Tab, other_tab: Tab) -> None:
    tab.write("x")
    told = []
    for prefix in ("", "/sv", "/en"):
        other_tab.path = prefix + tab.path
        told.append(other_tab.write("y").json()["message"])
    assert len(set(told)) == 3


def test_saving_costs_few_queries(tab: Tab, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    tab.write("x")
    # The session, the person, a savepoint or transaction around the row that is read and written.
    with django_assert_num_queries(6):
        tab.write("xy")

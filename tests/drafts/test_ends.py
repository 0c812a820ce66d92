"""How drafts end: sent, discarded, forgotten; and whose they are before and after signing in and out."""

import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common import jobs
from drafts import access, forms, retention, services
from drafts.forms import FormKind
from drafts.models import Draft, DraftCopy
from drafts.texts import Text
from drafts.writers import Writer
from tests.drafts.conftest import OPEN, PLAIN, Tab

pytestmark = pytest.mark.django_db
PASSWORD = "pitka-salasana-1"


def finish(user: User, form: str = PLAIN, place: str = "1") -> Any:
    return services.finish(writer=Writer.person(user), form=form, object_key=place)


def later(monkeypatch: pytest.MonkeyPatch, **time: int) -> None:
    then = timezone.now() + datetime.timedelta(**time)
    monkeypatch.setattr(timezone, "now", lambda: then)


def sign_in(client: Client, user: User) -> Any:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    answer = client.post("/tili/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return answer


@pytest.fixture
def visitor() -> Tab:
    """Somebody who has not signed in, at a form that is for everybody."""
    return Tab(Client(), "vieras", OPEN)


# Sent


def test_what_was_sent_is_erased_and_handed_to_the_form(tab: Tab, other_tab: Tab, learner: User) -> None:
    tab.write("lähetettävä")
    other_tab.write("toinen")
    assert finish(learner) == {"text": ["lähetettävä"]}
    assert Draft.objects.get().fields == {}
    assert not DraftCopy.objects.exists()
    assert tab.read()["status"] == "finished"


def test_an_old_tab_cannot_bring_back_what_was_sent(tab: Tab, other_tab: Tab, learner: User) -> None:
    tab.write("lähetettävä")
    other_tab.open()
    finish(learner)
    for old in (tab, other_tab):
        answer = old.write("lähetettävä ja vähän vielä")
        assert (answer.status_code, answer.json()["error"]) == (410, "finished")
    assert Draft.objects.get().fields == {}


def test_what_was_sent_before_it_was_ever_saved_cannot_come_late(tab: Tab, learner: User) -> None:
    """The form was sent within the first two seconds, and its autosave arrives after it."""
    assert finish(learner) == {}
    assert tab.write("myöhässä").status_code == 410
    assert tab.read()["status"] == "finished"


def test_sending_that_fails_leaves_the_draft(tab: Tab, learner: User) -> None:
    tab.write("tallessa")
    with transaction.atomic():
        finish(learner)
        transaction.set_rollback(True)
    assert tab.read()["fields"] == {"text": ["tallessa"]}
    assert tab.write("tallessa yhä").status_code == 200


def test_a_form_that_is_opened_again_begins_anew(tab: Tab, learner: User) -> None:
    tab.write("ensimmäinen")
    finish(learner)
    assert finish(learner) == {}
    assert tab.open()["fields"] == {}
    assert tab.write("seuraava").status_code == 200
    assert tab.read()["fields"] == {"text": ["seuraava"]}


# Discarded


def test_what_was_discarded_comes_back_for_a_day(tab: Tab, learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    tab.write("hylätty")
    assert tab.client.delete(tab.path).status_code == 200
    assert (tab.read()["status"], tab.read()["fields"]) == ("discarded", {})
    answer = tab.client.post(f"{tab.path}palauta/")
    assert answer.json()["fields"] == {"text": ["hylätty"]}
    tab.client.delete(tab.path)
    later(monkeypatch, days=1, seconds=1)
    tab.client.force_login(learner)
    answer = tab.client.post(f"{tab.path}palauta/")
    assert (answer.status_code, answer.json()["message"]) == (403, "Luonnosta ei voi enää palauttaa.")


def test_a_tab_that_goes_on_after_discarding_is_told(tab: Tab, other_tab: Tab) -> None:
    tab.write("hylätty")
    other_tab.client.delete(tab.path)
    answer = tab.write("jatkettu")
    assert (answer.status_code, answer.json()["status"], answer.json()["fields"]) == (409, "discarded", {})
    tab.base = answer.json()["version"]
    assert tab.write("jatkettu").status_code == 200
    assert tab.read()["fields"] == {"text": ["jatkettu"]}


def test_discarding_what_is_not_there_changes_nothing(tab: Tab) -> None:
    assert tab.client.delete(tab.path).json() == {"version": 0}
    assert not Draft.objects.exists()


# Forgotten


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_each_kind_says_how_long_it_is_kept(
    tab: Tab, learner: User, monkeypatch: pytest.MonkeyPatch, days: int, left: int
) -> None:
    tab.write("vanha")
    later(monkeypatch, days=days)
    retention.forget_old_drafts()
    assert Draft.objects.count() == left


def test_drafts_of_forms_that_are_no_more_are_forgotten_too(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    tab.write("orpo")
    forms.unregister(PLAIN)
    later(monkeypatch, days=31)
    retention.forget_old_drafts()
    assert Draft.objects.exists()
    later(monkeypatch, days=60)
    retention.forget_old_drafts()
    assert not Draft.objects.exists()


def test_the_text_of_what_was_discarded_goes_after_a_day(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    tab.write("hylätty")
    tab.client.delete(tab.path)
    later(monkeypatch, hours=25)
    retention.forget_old_drafts()
    assert not Draft.objects.exists()


def test_drafts_go_with_their_writer(tab: Tab, learner: User) -> None:
    tab.write("minun")
    learner.delete()
    assert not Draft.objects.exists()


def test_the_worker_forgets_daily() -> None:
    assert {job.name: job.every_seconds for job in jobs.registered()}["forget old drafts"] == 24 * 60 * 60


# Before signing in


def test_a_visitor_is_known_by_a_cookie_from_the_first_save_on(visitor: Tab) -> None:
    assert visitor.read()["version"] == 0
    assert "luonnos" not in visitor.client.cookies
    visitor.write("vieraan")
    cookie = visitor.client.cookies["luonnos"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * 24 * 60 * 60)
    assert visitor.read()["fields"] == {"text": ["vieraan"]}
    assert cookie.value not in Draft.objects.get().visitor
    assert visitor.write("vieraan yhä").json()["version"] == 2


@pytest.mark.parametrize("cookie", ["", "x", "x:y:z", "InZpZXJhcyI:1:1"])
def test_a_forged_cookie_opens_nothing(visitor: Tab, cookie: str) -> None:
    visitor.write("vieraan")
    thief = Tab(Client(), "varas", OPEN)
    thief.client.cookies["luonnos"] = cookie
    assert thief.read()["version"] == 0


def test_signing_in_brings_the_visitors_drafts_along(visitor: Tab, learner: User) -> None:
    visitor.write("ennen kirjautumista")
    sign_in(visitor.client, learner)
    assert visitor.client.cookies["luonnos"].value == ""
    draft = Draft.objects.get()
    assert (draft.owner, draft.visitor, draft.fields) == (learner, "", {"text": ["ennen kirjautumista"]})
    told = visitor.read()
    assert told["person"] == Writer.person(learner).key


def test_both_texts_are_kept_where_the_person_had_one(visitor: Tab, learner: User) -> None:
    own = Writer.person(learner)
    services.save(writer=own, form=OPEN, object_key="1", text=Text({"text": ["oma"]}))
    visitor.write("vieraana")
    sign_in(visitor.client, learner)
    assert Draft.objects.get().fields == {"text": ["oma"]}
    assert DraftCopy.objects.get().fields == {"text": ["vieraana"]}


def test_a_page_of_before_signing_in_is_not_saved_for_the_person_without_a_word(visitor: Tab, learner: User) -> None:
    anonymous = {"X-Draft-Person": ""}
    visitor.write("vieraana", **anonymous)
    sign_in(visitor.client, learner)
    answer = visitor.write("vieraana yhä", **anonymous)
    assert (answer.status_code, answer.json()["error"]) == (403, "signed-in")


def test_an_address_begins_only_so_many_drafts_without_signing_in(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "NEW_VISITORS_PER_HOUR", 2)
    answers = [Tab(Client(), "a", OPEN).write("x").status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_signing_out_empties_the_browsers_memory_of_pages(browser: Client) -> None:
    assert browser.post("/tili/logout/")["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in browser.post("/tili/logout/")


def test_a_sensitive_form_is_for_those_who_sign_in() -> None:
    with pytest.raises(ValueError, match="may not be sensitive"):
        forms.register(FormKind("test.wrong", is_sensitive=True, allows_anonymous=True))


@pytest.mark.parametrize("writer", [{}, {"owner": True, "visitor": "x"}])
def test_a_draft_has_one_writer(learner: User, writer: dict[str, Any]) -> None:
    writer = {**writer, **({"owner": learner} if "owner" in writer else {})}
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(**writer, form=PLAIN, object="1", version=1, saved_at=now, counted_from=now)

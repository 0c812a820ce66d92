"""A writer works on a text without a script: decides, edits, answers, sends back; nothing is lost on the way."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from blog.models import Submission, Suggestion, Thread
from blog.submitting import services
from blog.submitting.versions import flat_of
from tests.blog.writing.conftest import address_of, client_of, fields_of, returned, seen, words
from tests.factories.submissions import bring_to, latest, make_person, sent, text
from texts import Change, Flat

pytestmark = pytest.mark.django_db
WORDS = [("Väliotsikko", "Toinen otsikko"), ("Virke 7 kertoo", "Seitsemäs virke kertoo")]
STATES = [
    "sent",
    "editing",
    "with_writer",
    "approval",
    "approved",
    "scheduled",
    "published",
    "declined",
    "withdrawn",
    "unpublished",
]


def press(client: Client, submission: Submission, name: str, value: object = "1", **fields: Any) -> Any:
    """Press a button of the page as it stands, with these fields filled in."""
    address = address_of(submission)
    told = fields_of(client.get(address), "#text-form") | fields | {name: str(value)}
    return client.post(address, told)


def shown(client: Client, submission: Submission) -> dict[str, Any]:
    return fields_of(client.get(address_of(submission)), "#text-form")


@pytest.mark.parametrize("state", STATES)
def test_the_page_tells_what_is_expected_in_every_state(own: Client, writer: User, editor: User, state: str) -> None:
    submission = bring_to(state, sent(writer), editor)
    page = own.get(address_of(submission))
    assert page.status_code == 200
    lead = seen(page).select_one(".page-head .lead")
    assert lead is not None
    assert lead.get_text().strip()
    assert len(seen(page).select("ol.flow [aria-current=step]")) == (
        state not in {"declined", "withdrawn", "unpublished"}
    )


def test_a_suggestion_is_accepted_without_a_script_and_can_be_taken_back(
    own: Client, writer: User, editor: User
) -> None:
    submission = returned(writer, editor, WORDS)
    first, second = Suggestion.objects.order_by("start")
    answer = press(own, submission, "accept", first.pk)
    assert answer["Location"] == address_of(submission, f"#suggestion-{first.pk}")
    told = shown(own, submission)
    assert told["body"][0].startswith("## Toinen otsikko")
    assert json.loads(told["decisions"][0]) == {str(first.pk): "accepted"}
    press(own, submission, "undo", first.pk)
    assert shown(own, submission)["body"][0].startswith("## Väliotsikko")
    press(own, submission, "reject", second.pk)
    assert json.loads(shown(own, submission)["decisions"][0]) == {str(second.pk): "rejected"}
    assert {each.status for each in Suggestion.objects.all()} == {"open"}


def test_all_are_accepted_at_once_and_sent_back(own: Client, writer: User, editor: User) -> None:
    submission = returned(writer, editor, WORDS)
    press(own, submission, "accept_all")
    press(own, submission, "send_back", words="Kiitos hyvistä ehdotuksista.")
    submission.refresh_from_db()
    assert (submission.state, latest(submission).number) == ("editing", 2)
    assert latest(submission).body.startswith("<h2>Toinen otsikko</h2>")
    assert {each.status for each in Suggestion.objects.all()} == {"accepted"}
    assert "Kiitos hyvistä ehdotuksista." in words(own.get(address_of(submission)))


def test_the_writers_own_changes_and_a_decision_go_together(own: Client, writer: User, editor: User) -> None:
    submission = returned(writer, editor, WORDS[1:])
    [suggestion] = Suggestion.objects.all()
    edited = shown(own, submission)["body"][0].replace("## Väliotsikko", "## Oma otsikko")
    press(own, submission, "accept", suggestion.pk, body=edited)
    press(own, submission, "send_back")
    body = latest(submission).body
    assert body.startswith("<h2>Oma otsikko</h2>")
    assert "Seitsemäs virke kertoo siitä" in body


def test_what_is_about_words_that_have_gone_is_not_made_blindly(own: Client, writer: User, editor: User) -> None:
    submission = returned(writer, editor, WORDS[:1])
    [suggestion] = Suggestion.objects.all()
    edited = shown(own, submission)["body"][0].replace("## Väliotsikko\n\n", "")
    press(own, submission, "accept", suggestion.pk, body=edited)
    page = own.get(address_of(submission))
    assert "Sanat ovat muuttuneet" in words(page)
    told = fields_of(page, "#text-form")
    assert "otsikko" not in told["body"][0]
    assert json.loads(told["decisions"][0]) == {}


def test_an_answer_is_sent_and_the_text_under_work_is_kept(own: Client, writer: User, editor: User) -> None:
    submission = services.take(submission=sent(writer), editor=editor)
    thread = services.comment(submission=submission, author=editor, version=1, text="Voiko perheen tunnistaa?")
    services.return_to_writer(submission=submission, editor=editor)
    answer = press(
        own, submission, "reply", thread.pk, **{f"reply-{thread.pk}": "Vaihdan sanan.", "title": "Uusi nimi"}
    )
    assert answer["Location"] == address_of(submission, f"#thread-{thread.pk}")
    assert [remark.text for remark in thread.remarks.all()] == ["Voiko perheen tunnistaa?", "Vaihdan sanan."]
    told = shown(own, submission)
    assert told["title"] == ["Uusi nimi"]
    assert told[f"reply-{thread.pk}"] == [""]


def test_an_empty_answer_is_refused_and_nothing_is_lost(own: Client, writer: User, editor: User) -> None:
    submission = services.take(submission=sent(writer), editor=editor)
    thread = services.comment(submission=submission, author=editor, version=1, text="Voiko perheen tunnistaa?")
    services.return_to_writer(submission=submission, editor=editor)
    answer = press(own, submission, "reply", thread.pk, title="Uusi nimi")
    assert answer.status_code == 422
    assert shown(own, submission)["title"] == ["Uusi nimi"]


def test_a_comment_is_settled_and_taken_up_again(own: Client, writer: User, editor: User) -> None:
    submission = services.take(submission=sent(writer), editor=editor)
    thread = services.comment(submission=submission, author=editor, version=1, text="Voiko perheen tunnistaa?")
    press(own, submission, "resolve", thread.pk)
    assert Thread.objects.get().resolved_at is not None
    press(own, submission, "reopen_thread", thread.pk)
    assert Thread.objects.get().resolved_at is None


def test_a_writer_comments_words_also_when_it_is_the_editors_turn(own: Client, writer: User) -> None:
    submission = sent(writer)
    press(own, submission, "comment", quote="Väliotsikko", comment_text="Tämän vaihdan vielä.")
    thread = Thread.objects.get()
    assert (thread.quote, thread.start, thread.end) == ("Väliotsikko", 0, 11)


def test_what_editors_say_among_themselves_is_not_there_for_writers(own: Client, writer: User, editor: User) -> None:
    submission = services.take(submission=sent(writer), editor=editor)
    secret = services.comment(submission=submission, author=editor, version=1, text="Salaista", is_private=True)
    services.note(submission=submission, editor=editor, text="Muistiinpano")
    page = words(own.get(address_of(submission)))
    assert "Salaista" not in page
    assert "Muistiinpano" not in page
    assert own.post(address_of(submission), {"resolve": str(secret.pk)}).status_code == 404


def test_a_comment_of_another_text_cannot_be_answered_here(own: Client, writer: User, editor: User) -> None:
    other = services.take(submission=sent(make_person("muu")), editor=editor)
    thread = services.comment(submission=other, author=editor, version=1, text="Muualla")
    assert own.post(address_of(sent(writer)), {"resolve": str(thread.pk)}).status_code == 404


def test_a_newer_version_is_told_of_and_both_texts_are_kept(own: Client, writer: User, editor: User) -> None:
    submission = returned(writer, editor)
    press(own, submission, "save", title="Oma luonnokseni")
    services.take_back(submission=submission, editor=editor)
    services.edit(submission=submission, editor=editor, text=text(title="Toimittajan versio"), expected_version=1)
    services.return_to_writer(submission=submission, editor=editor)
    assert "uudempi versio" in words(own.get(address_of(submission)))
    assert press(own, submission, "send_back").status_code == 422
    assert shown(own, submission)["title"] == ["Oma luonnokseni"]
    press(own, submission, "keep_mine")
    press(own, submission, "send_back")
    assert [each.title for each in submission.versions.all()][1:] == ["Toimittajan versio", "Oma luonnokseni"]


def test_the_newer_version_may_be_taken_in_place_of_the_draft(own: Client, writer: User, editor: User) -> None:
    submission = returned(writer, editor)
    press(own, submission, "save", title="Oma luonnokseni")
    services.take_back(submission=submission, editor=editor)
    services.edit(submission=submission, editor=editor, text=text(title="Toimittajan versio"), expected_version=1)
    services.return_to_writer(submission=submission, editor=editor)
    press(own, submission, "take_newest")
    assert shown(own, submission)["title"] == ["Toimittajan versio"]


def test_new_personal_data_is_asked_about_before_the_text_goes(own: Client, writer: User, editor: User) -> None:
    submission = returned(writer, editor)
    body = shown(own, submission)["body"][0] + "\n\nSoita numeroon 040 123 4567."
    answer = press(own, submission, "send_back", body=body)
    assert answer.status_code == 422
    assert "040 123 4567" in words(answer)
    submission.refresh_from_db()
    assert submission.state == "with_writer"
    own.post(address_of(submission), fields_of(answer, "#text-form") | {"send_anyway": "1"})
    submission.refresh_from_db()
    assert submission.state == "editing"


def test_a_text_that_had_ended_is_sent_again(own: Client, writer: User, editor: User) -> None:
    submission = bring_to("declined", sent(writer), editor)
    press(own, submission, "send_back", title="Parempi nimi")
    submission.refresh_from_db()
    assert (submission.state, latest(submission).title) == ("sent", "Parempi nimi")


def test_a_broken_text_is_refused_and_the_box_keeps_it(own: Client, writer: User, editor: User) -> None:
    submission = returned(writer, editor)
    answer = own.post(
        address_of(submission), shown(own, submission) | {"body": "{", "body_format": "flat", "send_back": "1"}
    )
    assert answer.status_code == 422
    assert fields_of(answer, "#text-form")["body"] == ["{"]


@pytest.mark.parametrize("button", ["save", "send_back"])
def test_what_was_written_after_the_editor_took_the_turn_back_is_shown_to_be_copied(
    own: Client, writer: User, editor: User, button: str
) -> None:
    submission = returned(writer, editor)
    told = shown(own, submission) | {"title": "Toinen nimi", "body": "Uusi kappale, jota kukaan ei ole nähnyt."}
    services.take_back(submission=submission, editor=editor)
    answer = own.post(address_of(submission), told | {button: "1"})
    assert answer.status_code == 422
    kept = answer.content.decode().partition('id="unkept"')[2].partition("</textarea>")[0]
    assert "Toinen nimi" in kept
    assert "Uusi kappale, jota kukaan ei ole nähnyt." in kept
    # The version is shown as it is, not as what was sent too late.
    assert answer.context["work"].body.data["text"] == flat_of(latest(submission)).text


def test_what_was_written_when_the_session_ended_is_shown_to_be_copied(own: Client, writer: User, editor: User) -> None:
    submission = returned(writer, editor)
    told = shown(own, submission) | {"title": "Toinen nimi", "body": "Kappale ilman istuntoa.", "save": "1"}
    own.logout()
    answer = own.post(address_of(submission), told)
    assert answer.status_code == 401
    page = BeautifulSoup(answer.content, "html.parser")
    kept = page.select("textarea")[0].text.strip()
    assert kept.split("\n\n")[::2] == ["Toinen nimi", "Kappale ilman istuntoa."]
    assert f"next=/blogi/kirjoitukseni/{submission.public_id}/".replace("/", "%2F") in str(page.select("main a"))


def test_nothing_is_to_be_copied_where_nothing_was_changed(own: Client, writer: User, editor: User) -> None:
    submission = returned(writer, editor)
    told = shown(own, submission)
    services.take_back(submission=submission, editor=editor)
    assert b'id="unkept"' not in own.post(address_of(submission), told | {"save": "1"}).content


def test_decisions_that_no_button_makes_are_left_out(own: Client, writer: User, editor: User) -> None:
    submission = returned(writer, editor)
    forged = json.dumps({"1": ["accepted"], "2": {}, "3": "published", "4": None})
    assert own.post(address_of(submission), shown(own, submission) | {"decisions": forged}).status_code == 302
    assert own.get(address_of(submission)).context["work"].decisions == {}


def test_the_page_takes_the_same_queries_whatever_stands_beside_the_text(
    own: Client, writer: User, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    submission = returned(writer, editor, WORDS[:1])
    services.comment(submission=submission, author=editor, version=1, text="Ensimmäinen")
    own.get(address_of(submission))
    with django_assert_num_queries(18):
        own.get(address_of(submission))
    flat = Flat.of_html(latest(submission).body)
    places = [flat.text.index(f"Virke {number} ") for number in range(11, 20)]
    changes = [Change(place, place + 5, Flat("Lause")) for place in places]
    services.suggest(submission=submission, author=editor, version=1, changes=changes)
    for number in range(11):
        thread = services.comment(submission=submission, author=editor, version=1, text=f"Kysymys {number}")
        services.reply(thread=thread, author=writer, text="Vastaus")
    with django_assert_num_queries(18):
        own.get(address_of(submission))


def test_strangers_find_nothing_and_visitors_sign_in(visitor: Client, writer: User) -> None:
    submission = sent(writer)
    for more in ("", "hyvaksy/", "muutettavaa/", "suostumus/", "peru/", "poista/", "tiedot/", "kuva/", "vertaa/1/1/"):
        address = address_of(submission, more)
        assert "/tili/login/" in visitor.get(address)["Location"]
        assert client_of(make_person("muu")).post(address).status_code in {404, 405}

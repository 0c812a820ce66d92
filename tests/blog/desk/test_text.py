"""The work on one text at the desk: suggesting, editing, deciding, and every act that has a form."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from accounts.models import User
from blog.models import BlogIndexPage, DeclineTemplate, Submission, Suggestion
from blog.models.submissions import State
from blog.submitting import services
from blog.submitting.details import Text
from blog.submitting.versions import flat_of
from drafts.models import Draft
from tests.factories.pages import list_page
from tests.factories.submissions import bring_to, latest, make_editor, make_person, sent, text
from texts import Change, Flat

pytestmark = pytest.mark.django_db


def _address(submission: Submission, act: str = "") -> str:
    return f"/hallinta/blogi/{submission.public_id}/{act}"


def _form(submission: Submission, **changes: Any) -> dict[str, Any]:
    """What the form of the page holds before anything is changed."""
    version = latest(submission)
    flat = flat_of(version)
    form = {"version": str(version.number), "tapa": "ehdota", "body": flat.notation(), "body_format": "notation"}
    return {**form, "decisions": "{}", "title": version.title, "lead": version.lead, **changes}


def _drawn(desk: Client, submission: Submission, **changes: Any) -> dict[str, Any]:
    """What the form of the page holds as it has just been drawn."""
    work = desk.get(_address(submission)).context["work"]
    held = {"body": work.body.value, "draft-version": str(work.draft.version)}
    return _form(submission, **held, **changes)


def test_a_text_that_is_not_to_be_seen_is_not_there(desk: Client, editor: User) -> None:
    own = sent(editor)
    assert desk.get(_address(own)).status_code == 404
    assert desk.get(_address(own, "ota/")).status_code == 404
    stranger = Client()
    stranger.force_login(make_person("vieras"))
    assert stranger.get(_address(own)).status_code in {302, 403}


def test_an_editor_sees_the_picture_before_it_is_published(desk: Client, writer: User) -> None:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    shown = {"picture": ContentFile(file.getvalue(), name="kuva.png"), "picture_alt": "Ovi", "picture_credit": "Oma"}
    submission = sent(writer, details=shown)
    address = f"/blogi/kirjoitukseni/{submission.public_id}/kuva/"
    assert f'src="{address}"' in desk.get(_address(submission)).content.decode()
    assert desk.get(address)["Content-Type"] == "image/png"
    stranger = Client()
    stranger.force_login(make_person("vieras"))
    assert stranger.get(address).status_code == 404


def test_an_editor_takes_a_text_and_another_finds_it_taken(desk: Client, editor: User, submission: Submission) -> None:
    assert "Ota" in desk.get(_address(submission)).content.decode()
    desk.post(_address(submission, "ota/"))
    submission.refresh_from_db()
    assert (submission.state, submission.editor) == (State.EDITING, editor)
    other = Client()
    other.force_login(make_editor("toinen"))
    answer = other.post(_address(submission, "ota/"), follow=True)
    assert answer.status_code == 200
    submission.refresh_from_db()
    assert submission.editor == editor


def test_suggestions_without_a_script_are_what_was_changed_in_the_text(
    desk: Client, editor: User, submission: Submission
) -> None:
    bring_to(State.EDITING, submission, editor)
    notation = flat_of(latest(submission)).notation()
    changed = notation.replace("Asiakas tarvitsee aikaa", "Asiakas kaipaa aikaa", 1)
    answer = desk.post(_address(submission), _form(submission, body=changed, reason="Tarkempi sana", send="1"))
    assert answer.status_code == 302
    made = submission.suggestions.get()
    assert (made.quote, made.reason, made.side) == ("tarvitsee", "Tarkempi sana", "editor")
    assert made.replacement["text"] == "kaipaa"
    assert latest(submission).number == 1
    assert not Draft.objects.filter(owner=editor, status="open").exists()


def test_sending_the_form_again_as_it_is_keeps_the_suggestions(
    desk: Client, editor: User, submission: Submission
) -> None:
    bring_to(State.EDITING, submission, editor)
    changed = flat_of(latest(submission)).notation().replace("tarvitsee", "kaipaa", 1)
    desk.post(_address(submission), _form(submission, body=changed, send="1"))
    first = submission.suggestions.get()
    assert desk.post(_address(submission), _drawn(desk, submission, send="1")).status_code == 302
    assert submission.suggestions.get() == first
    assert first.status == Suggestion.Status.OPEN


def test_suggestions_of_the_browser_come_as_they_were_made(desk: Client, editor: User, submission: Submission) -> None:
    bring_to(State.EDITING, submission, editor)
    flat = flat_of(latest(submission))
    start = flat.text.index("Asiakas")
    change = {"id": "new-1", "start": start, "end": start + 7, "with": {"text": "Ihminen", "blocks": [], "marks": []}}
    body = json.dumps(flat.json() | {"changes": [change]})
    desk.post(_address(submission), _form(submission, body=body, body_format="flat", send="1"))
    made = submission.suggestions.get()
    assert (made.quote, made.replacement["text"]) == ("Asiakas", "Ihminen")
    shown = desk.get(_address(submission)).context["work"].body.data
    assert [(each["id"], each["own"]) for each in shown["changes"]] == [(str(made.pk), True)]


def test_a_suggestion_that_the_browser_tells_in_parts_stays_whole_with_its_reason(
    desk: Client, editor: User, submission: Submission
) -> None:
    bring_to(State.EDITING, submission, editor)
    flat = flat_of(latest(submission))
    place = flat.text.index("tarvitsee aikaa")
    whole = Change(place, place + 15, Flat("kaipaa tunteja"), id="new-1")
    [made] = services.suggest(
        submission=submission, author=editor, version=1, changes=[whole], reason="Kertaa otsikon."
    )
    parts = [
        Change(place, place + 9, Flat("kaipaa"), id="new-1"),
        Change(place + 10, place + 15, Flat("tunteja"), id="new-2"),
        Change(0, 11, Flat("Otsikko"), id="new-3"),
    ]
    body = json.dumps(
        flat.json() | {"changes": [change.json() for change in sorted(parts, key=lambda each: each.start)]}
    )
    desk.post(_address(submission), _form(submission, body=body, body_format="flat", send="1"))
    kept = submission.suggestions.filter(status=Suggestion.Status.OPEN).order_by("start")
    assert [row.reason for row in kept] == ["", "Kertaa otsikon."]
    assert made in kept


def test_suggestions_to_words_that_a_rewritten_text_has_no_more_leave_the_page_in_order(
    desk: Client, editor: User, writer: User, submission: Submission
) -> None:
    bring_to(State.EDITING, submission, editor)
    flat = flat_of(latest(submission))
    places = [flat.text.index(word) for word in ("tarvitsee", "ihmisen")]
    changes = [Change(at, at + 8, Flat("toinen sana"), id=f"new-{at}") for at in places]
    services.suggest(submission=submission, author=editor, version=1, changes=changes)
    services.return_to_writer(submission=submission, editor=editor)
    other = Text("Aivan muuta", "", Flat.of_notation("Kaikki on kirjoitettu uudelleen alusta loppuun."))
    services.send_back(submission=submission, writer=writer, text=other, changes=[], decisions={}, expected_version=1)
    answer = desk.get(_address(submission))
    assert answer.status_code == 200
    # What the words were about is gone: nothing else is changed in their place.
    assert answer.context["work"].body.value == other.body.notation()
    assert "Tallenna ehdotukset" in answer.content.decode()
    desk.post(_address(submission), _drawn(desk, submission, send="1"))
    assert submission.suggestions.filter(status=Suggestion.Status.OPEN, is_certain=True).count() == 0


def test_another_editors_suggestions_are_shown_and_left_alone(
    desk: Client, editor: User, submission: Submission
) -> None:
    bring_to(State.EDITING, submission, editor)
    other = make_editor("toinen")
    colleague = Client()
    colleague.force_login(other)
    changed = flat_of(latest(submission)).notation().replace("Väliotsikko", "Parempi otsikko", 1)
    colleague.post(_address(submission), _form(submission, body=changed, send="1"))
    theirs = submission.suggestions.get()
    shown = desk.get(_address(submission)).context["work"].body.data
    assert [(each["id"], each["own"]) for each in shown["changes"]] == [(str(theirs.pk), False)]
    changed = flat_of(latest(submission)).notation().replace("tarvitsee", "kaipaa", 1)
    desk.post(_address(submission), _form(submission, body=changed, send="1"))
    assert submission.suggestions.filter(status="open").count() == 2


def test_an_editor_edits_and_the_approval_is_void(desk: Client, editor: User, submission: Submission) -> None:
    bring_to(State.APPROVED, submission, editor)
    page = desk.get(_address(submission) + "?tapa=muokkaa")
    assert page.context["work"].mode == "muokkaa"
    changed = flat_of(latest(submission)).notation().replace("tarvitsee", "kaipaa", 1)
    desk.post(_address(submission) + "?tapa=muokkaa", _form(submission, tapa="muokkaa", body=changed, send="1"))
    submission.refresh_from_db()
    assert latest(submission).number == 2
    assert (submission.state, submission.approved_version) == (State.EDITING, None)


def test_the_writers_suggestions_are_accepted_without_a_script(
    desk: Client, editor: User, writer: User, submission: Submission
) -> None:
    bring_to(State.EDITING, submission, editor)
    flat = flat_of(latest(submission))
    from texts import Change, Flat

    start = flat.text.index("tarvitsee")
    [made] = services.suggest(
        submission=submission, author=writer, version=1, changes=[Change(start, start + 9, Flat("kaipaa"), id="new-1")]
    )
    address = _address(submission) + "?tapa=muokkaa"
    form = _form(submission, tapa="muokkaa", accept=str(made.pk))
    assert desk.post(address, form).status_code == 302
    work = desk.get(address).context["work"]
    assert "kaipaa" in work.body.value
    assert work.decisions == {str(made.pk): "accepted"}
    kept = {"body": work.body.value, "decisions": json.dumps(work.decisions), "draft-version": str(work.draft.version)}
    desk.post(address, _form(submission, tapa="muokkaa", send="1", **kept))
    made.refresh_from_db()
    assert made.status == Suggestion.Status.ACCEPTED
    assert "kaipaa" in latest(submission).body


def test_a_suggestion_left_undecided_stays_where_the_browser_followed_it(
    desk: Client, editor: User, writer: User, submission: Submission
) -> None:
    bring_to(State.EDITING, submission, editor)
    flat = flat_of(latest(submission))
    place = flat.text.index("kuuntelee")
    [made] = services.suggest(
        submission=submission, author=writer, version=1, changes=[Change(place, place + 9, Flat("auttaa"), id="new-1")]
    )
    # The editor puts the same word in front: from the texts alone nobody could tell which of the two was meant.
    words = "kuuntelee ja kuuntelee"
    new = Flat(flat.text[:place] + words + flat.text[place + 9 :], flat.blocks)
    at = place + len(words) - 9
    body = new.json() | {"changes": [Change(at, at + 9, Flat("auttaa"), id=str(made.pk)).json()]}
    form = _form(submission, tapa="muokkaa", body=json.dumps(body), body_format="flat", send="1")
    assert desk.post(_address(submission), form).status_code == 302
    made.refresh_from_db()
    assert (made.version.number, made.start, made.end) == (2, at, at + 9)


def test_a_newer_version_is_told_and_the_draft_kept(
    desk: Client, editor: User, writer: User, submission: Submission
) -> None:
    bring_to(State.EDITING, submission, editor)
    begun = _form(submission, tapa="muokkaa", body="Oma uusi alku.", save="1")
    desk.post(_address(submission) + "?tapa=muokkaa", begun)
    services.edit(submission=submission, editor=editor, text=text(2_600), expected_version=1)
    page = desk.get(_address(submission) + "?tapa=muokkaa")
    assert page.context["work"].is_behind
    held = {**begun, "draft-version": str(page.context["work"].draft.version), "send": "1"}
    del held["save"]
    refused = desk.post(_address(submission) + "?tapa=muokkaa", held)
    assert refused.status_code == 422
    assert "Oma uusi alku." in refused.content.decode()
    assert latest(submission).number == 2


@pytest.mark.parametrize("mode", ["ehdota", "muokkaa"])
def test_a_draft_in_which_nothing_was_changed_goes_on_from_the_newest_version(
    desk: Client, editor: User, submission: Submission, mode: str
) -> None:
    bring_to(State.EDITING, submission, editor)
    # A comment keeps what else the form holds: the text as it was, and what was begun to be said.
    form = _form(submission, tapa=mode, comment_text="Kysymys", comment="1", reason="Kesken jäänyt")
    desk.post(f"{_address(submission)}?tapa={mode}", form)
    services.edit(submission=submission, editor=editor, text=text(2_600), expected_version=1)
    work = desk.get(f"{_address(submission)}?tapa={mode}").context["work"]
    assert not work.is_behind
    assert work.body.length == 2_600
    assert work.one("reason") == "Kesken jäänyt"


def test_a_comment_alone_leaves_no_draft(desk: Client, editor: User, submission: Submission) -> None:
    bring_to(State.EDITING, submission, editor)
    changed = flat_of(latest(submission)).notation().replace("tarvitsee", "kaipaa", 1)
    desk.post(_address(submission), _form(submission, body=changed, send="1"))
    desk.post(_address(submission), _drawn(desk, submission, comment_text="Kysymys", comment="1"))
    thread = submission.threads.get()
    assert not Draft.objects.filter(owner=editor, status="open").exists()
    begun = {"comment_text": "Toinen", "comment": "1", f"reply-{thread.pk}": "Kesken"}
    desk.post(_address(submission), _drawn(desk, submission, **begun))
    assert submission.threads.count() == 2
    assert Draft.objects.filter(owner=editor, status="open").exists()


def test_what_an_editor_wrote_while_the_text_left_the_desk_is_shown_to_be_copied(
    desk: Client, editor: User, writer: User, submission: Submission
) -> None:
    bring_to(State.EDITING, submission, editor)
    form = _form(submission, tapa="muokkaa", body="Toimittajan uusi kappale.", save="1")
    services.withdraw(submission=submission, writer=writer)
    answer = desk.post(_address(submission), form)
    assert answer.status_code == 422
    assert "Toimittajan uusi kappale." in answer.content.decode().partition('id="unkept"')[2]


def test_comments_among_editors_are_hidden_from_the_writer(
    desk: Client, editor: User, writer: User, submission: Submission
) -> None:
    bring_to(State.EDITING, submission, editor)
    form = _form(submission, quote="Väliotsikko", comment_text="Vain meille.", is_private="on", comment="1")
    answer = desk.post(_address(submission), form)
    thread = submission.threads.get()
    assert thread.is_private
    assert answer["Location"].endswith(f"#thread-{thread.pk}")
    assert "Vain meille." in desk.get(_address(submission)).content.decode()
    own = Client()
    own.force_login(writer)
    assert "Vain meille." not in own.get(f"/blogi/kirjoitukseni/{submission.public_id}/").content.decode()


@pytest.mark.parametrize(
    ("state", "act", "form", "after"),
    [
        (State.EDITING, "palauta", {"words": "Katso ehdotukset."}, State.WITH_WRITER),
        (State.EDITING, "pyyda-hyvaksynta", {}, State.APPROVAL),
        (State.WITH_WRITER, "ota-takaisin", {"words": ""}, State.EDITING),
        (State.APPROVED, "julkaise", {}, State.PUBLISHED),
        (State.APPROVED, "ajasta", {"day": "2031-01-02", "clock": "09:00"}, State.SCHEDULED),
        (State.SCHEDULED, "peru-ajastus", {}, State.APPROVED),
        (State.PUBLISHED, "poista-sivustolta", {"words": "Kirjoittaja pyysi."}, State.UNPUBLISHED),
        (State.SENT, "kieltaydy", {"words": "Kiitos, mutta ei nyt."}, State.DECLINED),
        (State.EDITING, "hyvaksy-pituus", {"reason": "Hyvä näin."}, State.EDITING),
        (State.EDITING, "muistiinpano", {"text": "Kysytään teemasta."}, State.EDITING),
    ],
)
def test_each_act_has_a_page_and_does_what_it_says(
    desk: Client, editor: User, submission: Submission, state: State, act: str, form: dict[str, str], after: State
) -> None:
    list_page(BlogIndexPage)
    bring_to(state, submission, editor)
    assert desk.get(_address(submission, f"{act}/")).status_code == 200
    assert desk.post(_address(submission, f"{act}/"), form).status_code == 302
    submission.refresh_from_db()
    assert submission.state == after
    # Doing it again by going back leads to where the text is now, or says what is wrong: never to an error.
    assert desk.post(_address(submission, f"{act}/"), form).status_code in {302, 400, 409}


@pytest.mark.parametrize(
    ("act", "form", "field"),
    [
        ("kieltaydy", {"words": ""}, "words"),
        ("hyvaksy-pituus", {"reason": ""}, "reason"),
        ("palauta", {"words": "a" * 2_001}, "words"),
        ("palauta", {"words": "Hei", "due": "2020-01-01"}, "due"),
        ("siirra", {"to": "999999"}, "to"),
        ("muistiinpano", {"text": " "}, "text"),
    ],
)
def test_what_is_wrong_is_named_and_kept(
    desk: Client, editor: User, submission: Submission, act: str, form: dict[str, str], field: str
) -> None:
    bring_to(State.EDITING, submission, editor)
    before = submission.steps.count()
    answer = desk.post(_address(submission, f"{act}/"), form)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert all(answer.context["form"][name].value() == value for name, value in form.items())
    assert submission.steps.count() == before


def test_an_hour_that_the_clocks_leave_out_is_not_a_moment_of_publishing(
    desk: Client, editor: User, submission: Submission
) -> None:
    bring_to(State.APPROVED, submission, editor)
    answer = desk.post(_address(submission, "ajasta/"), {"day": "2035-03-25", "clock": "03:30"})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["clock"]
    assert desk.post(_address(submission, "ajasta/"), {"day": "2035-03-25", "clock": "04:30"}).status_code == 302


def test_handing_over_gives_the_text_to_another_editor(desk: Client, editor: User, submission: Submission) -> None:
    bring_to(State.EDITING, submission, editor)
    other = make_editor("toinen")
    offered = desk.get(_address(submission, "siirra/")).context["form"].fields["to"].queryset
    assert other in offered
    assert editor not in offered
    desk.post(_address(submission, "siirra/"), {"to": str(other.pk), "words": "Ole hyvä."})
    submission.refresh_from_db()
    assert submission.editor == other


def test_a_letter_of_declining_begins_with_a_template(desk: Client, submission: Submission) -> None:
    ready = DeclineTemplate.objects.create(name_fi="Aihe", text_fi="Kiitos tekstistä ”{title}”. Ei nyt.")
    page = desk.get(_address(submission, f"kieltaydy/?pohja={ready.pk}"))
    assert "Kiitos tekstistä ”Aikaa kohdata”. Ei nyt." in page.content.decode()
    assert desk.get(_address(submission, "kieltaydy/?pohja=²")).status_code == 200


def test_what_stands_in_the_way_of_publishing_is_told(desk: Client, editor: User) -> None:
    submission = sent(co_author=make_person("lehtori"))
    list_page(BlogIndexPage)
    bring_to(State.APPROVED, submission, editor)
    submission.authors.update(consented_at=None)
    assert desk.get(_address(submission)).context["hindrances"]
    answer = desk.post(_address(submission, "julkaise/"), follow=True)
    submission.refresh_from_db()
    assert submission.state == State.APPROVED
    assert "suostumuksella" in answer.content.decode()


def test_a_correction_waits_for_the_writer(desk: Client, editor: User, writer: User, submission: Submission) -> None:
    list_page(BlogIndexPage)
    bring_to(State.PUBLISHED, submission, editor)
    address = _address(submission) + "?tapa=korjaa"
    changed = flat_of(latest(submission)).notation().replace("tarvitsee", "kaipaa", 1)
    desk.post(address, _form(submission, tapa="korjaa", body=changed, note="Sana vaihdettiin.", send="1"))
    submission.refresh_from_db()
    page = submission.page
    assert page is not None
    assert "kaipaa" not in Client().get(page.url).content.decode()
    services.approve(submission=submission, writer=writer, version=2)
    html = Client().get(page.url).content.decode()
    assert "kaipaa" in html
    assert "Sana vaihdettiin." in html

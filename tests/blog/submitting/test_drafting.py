"""Whose drafts may be written, and until when."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from blog.submitting import drafting, services
from common.errors import Refused
from drafts.forms import kind_of
from tests.factories.submissions import bring_to, make_editor, make_person, sent

pytestmark = pytest.mark.django_db


def save(client: Client, form: str, key: str, **fields: Any) -> int:
    told = {"base": 0, "fields": {name: [value] for name, value in fields.items()}, "device": "d", "turn": 1}
    answer = client.put(f"/luonnokset/{form}/{key}/", json.dumps(told), content_type="application/json")
    return answer.status_code


def test_anyone_saves_a_text_that_is_begun_under_a_key_of_the_page(client: Client) -> None:
    assert save(client, "blog.text", str(uuid.uuid4()), title="Alku", body="Kappale.") == 200
    assert save(client, "blog.text", "oma-avain", title="Alku") == 403


@pytest.mark.parametrize("code", [drafting.TEXT, drafting.REVISION, drafting.PROPOSAL])
def test_drafts_are_kept_half_a_year(code: str) -> None:
    kind = kind_of(code)
    assert kind is not None
    assert (kind.kept_days, kind.is_sensitive, kind.allows_anonymous) == (180, False, code == drafting.TEXT)


def test_only_writers_revise_and_only_on_their_turn(writer: User, editor: User, client: Client) -> None:
    submission = bring_to("with_writer", sent(writer), editor)
    key = str(submission.public_id)
    assert save(client, "blog.revision", key, title="x") == 401
    for person, status in ((editor, 403), (make_person("vieras"), 403), (writer, 200)):
        client.force_login(person)
        assert save(client, "blog.revision", key, title="x") == status
    services.withdraw(submission=submission, writer=writer)
    assert drafting.may_revise(writer, key)
    submission.refresh_from_db()


def test_what_a_writer_saves_when_the_turn_is_taken_back_is_refused_with_a_sentence(writer: User, editor: User) -> None:
    submission = bring_to("with_writer", sent(writer), editor)
    services.take_back(submission=submission, editor=editor)
    with pytest.raises(Refused):
        drafting.may_revise(writer, str(submission.public_id))


def test_suggestions_are_drafted_by_those_who_may_suggest_them(writer: User, editor: User) -> None:
    submission = bring_to("editing", sent(writer), editor)
    key = str(submission.public_id)
    allowed = [person for person in (writer, editor, make_editor("muu")) if drafting.may_propose(person, key)]
    assert len(allowed) == 3
    for outsider in (None, make_person("vieras"), make_person("opettaja", Role.TEACHER)):
        assert not drafting.may_propose(outsider, key)
    services.decline(submission=submission, editor=editor, words="Ei nyt.")
    with pytest.raises(Refused):
        drafting.may_propose(editor, key)


@pytest.mark.parametrize("key", ["", "x", "../../etc", "00000000-0000-0000-0000-000000000000"])
def test_keys_of_nothing_open_nothing(writer: User, key: str) -> None:
    assert not drafting.may_revise(writer, key)
    assert not drafting.may_propose(writer, key)


def test_a_text_of_the_editor_is_shown_as_plain_text() -> None:
    flat = {"text": "Otsikko\nKappale\n", "blocks": ["h2", "p"], "marks": [], "changes": []}
    assert drafting.shown("", "body", json.dumps(flat)) == "## Otsikko\n\nKappale"
    assert drafting.shown("", "body", "{rikki") == "{rikki"
    assert drafting.shown("", "title", "{x}") == "{x}"


def test_a_choice_that_no_row_can_have_is_shown_as_it_came() -> None:
    assert drafting.shown("", "channel", "9" * 5_000) == "9" * 5_000

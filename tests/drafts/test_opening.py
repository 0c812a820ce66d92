"""The seam for views: a form opens with its draft, saves without a script, and is sent."""

from typing import Any

import pytest
from django import forms as django_forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context, Template
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from drafts.errors import SignedOut, TooLarge
from drafts.models import Draft, DraftCopy
from drafts.opening import finish_sent, open_draft, save_posted
from drafts.services import Clash, Saved
from tests.drafts.conftest import OPEN, PLAIN, SECRET, Tab, TestOver

pytestmark = pytest.mark.django_db


class Form(django_forms.Form):
    text = django_forms.CharField()
    place = django_forms.ChoiceField(choices=[("1", "yksi"), ("2", "kaksi")], initial="1")
    several = django_forms.MultipleChoiceField(
        choices=[("1", "yksi"), ("2", "kaksi")], widget=django_forms.CheckboxSelectMultiple, initial=["1"]
    )
    agreed = django_forms.BooleanField(initial=True)


def request_of(user: Any, **data: Any) -> HttpRequest:
    factory = RequestFactory()
    request = factory.post("/", data) if data else factory.get("/")
    request.COOKIES["sessionid"] = "x"
    request.user = user
    return request


def test_a_form_opens_with_what_the_draft_holds_even_if_it_is_not_valid(tab: Tab, learner: User) -> None:
    tab.put({"base": 0, "fields": {"text": [""], "place": ["9"], "several": [], "agreed": []}})
    form = Form()
    open_draft(request_of(learner), PLAIN, "1").fill(form)
    values = {field.name: field.value() for field in form}
    assert (values["text"], values["place"], values["several"], bool(values["agreed"])) == ("", "9", [], False)
    assert not form.is_bound


def test_a_form_without_a_draft_begins_as_ever(
    learner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    form = Form()
    with django_assert_num_queries(1):
        draft = open_draft(request_of(learner), PLAIN, "1")
        draft.fill(form)
    assert form["several"].value() == ["1"]
    assert (draft.version, draft.is_begun, draft.has_copies) == (0, False, False)


def test_a_button_saves_without_a_script(learner: User) -> None:
    first = save_posted(request_of(learner, text="x", **{"draft-version": "0"}), PLAIN, "1")
    again = save_posted(request_of(learner, text="xy", **{"draft-version": "1"}), PLAIN, "1")
    assert isinstance(first, Saved)
    assert isinstance(again, Saved)
    assert Draft.objects.get().fields == {"text": ["xy"]}


def test_an_old_page_without_a_script_is_told_and_both_are_kept(tab: Tab, learner: User) -> None:
    tab.write("uudempi")
    outcome = save_posted(request_of(learner, text="vanhempi", **{"draft-version": "0"}), PLAIN, "1")
    assert isinstance(outcome, Clash)
    assert DraftCopy.objects.get().fields == {"text": ["vanhempi"]}


@pytest.mark.parametrize("version", [None, "x", "-1", "9" * 20])
def test_a_page_that_tells_no_version_replaces_what_is_there(tab: Tab, learner: User, version: str | None) -> None:
    tab.write("entinen")
    told = {} if version is None else {"draft-version": version}
    save_posted(request_of(learner, text="uusi", **told), PLAIN, "1")
    assert Draft.objects.get().fields == {"text": ["uusi"]}


def test_refusals_of_the_button_carry_their_sentence(learner: User) -> None:
    with pytest.raises(TooLarge, match="Havainto"):
        save_posted(request_of(learner, text="x" * 1_001), PLAIN, "1")
    with pytest.raises(TestOver):
        save_posted(request_of(learner, text="x"), PLAIN, "over")
    with pytest.raises(SignedOut):
        save_posted(request_of(AnonymousUser(), text="x"), PLAIN, "1")
    assert not Draft.objects.exists()


def test_a_visitor_who_saves_by_the_button_is_known_from_then_on() -> None:
    request = request_of(AnonymousUser(), text="x")
    save_posted(request, OPEN, "1")
    assert request.drafts_new_visitor  # type: ignore[attr-defined]


def test_sending_ends_the_draft(tab: Tab, learner: User) -> None:
    tab.write("x")
    finish_sent(request_of(learner), PLAIN, "1")
    assert not open_draft(request_of(learner), PLAIN, "1").is_begun
    finish_sent(request_of(AnonymousUser()), OPEN, "1")


def attributes(user: Any, form: str, more: str = "") -> str:
    draft = open_draft(request_of(user), form, "1")
    template = Template("{% load drafts %}{% draft_attributes draft " + more + " %}{% draft_finished draft %}")
    return template.render(Context({"draft": draft}))


def test_the_attributes_of_the_form_tell_the_script_what_it_needs(learner: User) -> None:
    plain = attributes(learner, PLAIN)
    assert 'data-draft="/luonnokset/test.plain/1/"' in plain
    assert 'data-draft-version="0"' in plain
    assert "sensitive" not in plain
    assert "data-draft-unsaved" in attributes(learner, PLAIN, "True")
    assert 'data-draft-sensitive autocomplete="off"' in attributes(learner, SECRET)
    assert 'data-draft-person=""' in attributes(AnonymousUser(), OPEN)
    assert str(learner.pk) not in plain.replace("test.plain/1", "")


def test_pages_without_a_draft_stay_the_same_for_everyone(client: Client) -> None:
    """Asking for a draft opens no session."""
    request = RequestFactory().get("/")
    assert open_draft(request, OPEN, "1").version == 0

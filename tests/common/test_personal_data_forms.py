"""Forms that ask about personal data: what they show, what lets them through, and what they leave alone."""

import logging
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string

from common.personal_data.forms import SEEN, AsksAboutPersonalData
from common.personal_data.noticing import MOST_SHOWN, notice


class MessageForm(AsksAboutPersonalData, forms.Form):
    free_texts = ("message", "more")
    message = forms.CharField(help_text="Sana on vapaa.", max_length=200)
    more = forms.CharField(required=False)
    phone = forms.CharField(required=False)


def shown(template: str, **context: Any) -> str:
    return render_to_string(f"components/{template}.html", context)


def test_a_text_without_findings_goes_through() -> None:
    form = MessageForm({"message": "Kehittämispäivä pidettiin Tampereella.", "phone": "040 123 4567"})
    assert form.is_valid()
    assert form.noticed == {}
    assert not (shown("_personal_data_summary", form=form) + shown("_personal_data_confirm", form=form)).strip()


def test_findings_are_shown_beside_their_field_with_the_words_marked() -> None:
    form = MessageForm({"message": "Soita hänelle <b> 040 123 4567 illalla.", "more": ""})
    assert not form.is_valid()
    assert not form.errors
    field = shown("_field", field=form["message"])
    assert "Soita hänelle &lt;b&gt; <mark>040 123 4567</mark> illalla." in field
    assert 'aria-describedby="id_message_helptext id_message_findings"' in field
    assert 'id="id_message_findings"' in field
    assert "findings" not in shown("_field", field=form["more"])
    assert 'href="#id_message"' in shown("_personal_data_summary", form=form)


def test_what_was_seen_goes_through_and_what_was_written_after_that_is_asked_about() -> None:
    sent = {"message": "Soita 040 123 4567."}
    seen = MessageForm(sent).seen_value
    assert MessageForm({**sent, SEEN: seen}).is_valid()
    assert MessageForm({"message": "Kehittämispäivä", SEEN: seen}).is_valid()
    assert not MessageForm({**sent, "more": "aino.k@perhe.example", SEEN: seen}).is_valid()
    assert not MessageForm({**sent, SEEN: "tuntematon"}).is_valid()
    assert "040" not in seen


def test_errors_go_first_and_what_was_seen_stays_seen() -> None:
    seen = MessageForm({"message": "Soita 040 123 4567."}).seen_value
    form = MessageForm({"message": "Soita 040 123 4567." + "x" * 200, SEEN: seen})
    assert not form.is_valid()
    assert not form.noticed
    both = MessageForm({"message": "", "more": "Soita 040 123 4567.", SEEN: seen})
    assert not both.is_valid()
    assert f'type="hidden" name="{SEEN}"' in shown("_personal_data_confirm", form=both)


def test_an_unsent_form_tells_nothing_and_marks_its_free_texts_for_the_script() -> None:
    form = MessageForm()
    assert form.noticed == {}
    assert "data-personal-data" in str(form["message"])
    assert "data-personal-data" not in str(form["phone"])


def test_a_page_may_show_a_form_that_nobody_has_asked_whether_it_is_valid() -> None:
    form = MessageForm({"message": "Soita 040 123 4567."})
    assert "personal-data-summary" in shown("_personal_data_summary", form=form)
    assert SEEN in shown("_personal_data_confirm", form=MessageForm({"message": "Soita 040 123 4567."}))


def test_findings_are_grouped_by_kind_and_many_of_them_are_counted() -> None:
    text = "\n".join(f"040 123 45{number:02}" for number in range(MOST_SHOWN + 3)) + " aino.k@perhe.example"
    phones, addresses = notice(text)
    assert (len(phones.quotes), phones.more, len(addresses.quotes), addresses.more) == (MOST_SHOWN, 3, 0, 1)
    assert phones.advice


def test_quotes_are_cut_at_words_and_at_line_ends() -> None:
    (phone,) = notice("Ensimmäinen rivi\nToinen rivi jossa on paljon sanoja 040 123 4567 ja vielä lisää sanoja perässä")
    (quote,) = phone.quotes
    assert (quote.before, quote.words, quote.after) == (
        "…jossa on paljon sanoja ",
        "040 123 4567",
        " ja vielä lisää sanoja…",
    )


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        MessageForm({"message": "Soita 040 123 4567."}).is_valid()
    assert "040" not in caplog.text

"""What a keyboard does not have is set when texts are shown; what is right already stays."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe

from common.typography import typeset, typeset_html


def visible(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", "~")


@pytest.mark.parametrize(
    ("typed", "finnish", "english"),
    [
        ('Hän sanoi "ei".', "Hän sanoi ”ei”.", "Hän sanoi “ei”."),
        ('"Ei" ("kyllä")', "”Ei” (”kyllä”)", "“Ei” (“kyllä”)"),
        ("the client's own 'story'", "the client’s own ’story’", "the client’s own ‘story’"),
        ("”Oikein” on jo", "”Oikein” on jo", "”Oikein” on jo"),
        ("odota...", "odota…", "odota…"),
        ("työ - ja raha", "työ~– ja raha", "työ~– ja raha"),
        ("työ – ja raha", "työ~– ja raha", "työ~– ja raha"),
        ("vuosina 2021-2025", "vuosina 2021–2025", "vuosina 2021–2025"),
    ],
)
def test_quotes_and_dashes(typed: str, finnish: str, english: str) -> None:
    assert visible(typeset(typed, "fi")) == visible(typeset(typed, "sv")) == finnish
    assert visible(typeset(typed, "en")) == english


@pytest.mark.parametrize(
    ("typed", "set_text"),
    [
        ("5 op ja 135 h", "5~op ja 135~h"),
        ("12 % vastaajista, 3 400 merkkiä", "12~% vastaajista, 3~400~merkkiä"),
        ("sosiaalihuoltolain 7 §:n mukaan", "sosiaalihuoltolain 7~§:n mukaan"),
        ("klo 13 tai kl. 13, s. 4", "klo~13 tai kl.~13, s.~4"),
        ("20. lokakuuta 2026 on 20 October", "20.~lokakuuta 2026 on 20~October"),
        ("1 200 500 euroa", "1~200~500~euroa"),
        ("2 hyvää syytä", "2 hyvää syytä"),
        ("kohta m1-2, 2026-11-22, 040-123", "kohta m1-2, 2026-11-22, 040-123"),
    ],
)
def test_a_line_does_not_break_inside_a_figure(typed: str, set_text: str) -> None:
    assert visible(typeset(typed, "fi")) == set_text


def test_setting_twice_changes_nothing() -> None:
    once = typeset('Hän sanoi - "ei" - 5 op, 2021-2025...', "fi")
    assert typeset(once, "fi") == once


def test_only_the_text_of_html_is_set() -> None:
    html = '<a href="/x?a=1 - 2" title="5 op > \'4\' op">"5 op"</a> <code>"x" - y</code><!-- it\'s - -->'
    assert visible(typeset_html(html, "fi")) == (
        '<a href="/x?a=1 - 2" title="5 op > \'4\' op">”5~op”</a> <code>"x" - y</code><!-- it\'s - -->'
    )


def test_a_quote_that_begins_after_a_tag_opens_and_one_that_ends_before_it_closes() -> None:
    assert typeset_html('<p>"One" <b>"two"</b></p><p>see <em>this</em>".</p>', "en") == (
        "<p>“One” <b>“two”</b></p><p>see <em>this</em>”.</p>"
    )


def test_entities_of_quotes_are_set_and_others_stay() -> None:
    assert typeset_html("<p>&quot;a&quot; &amp; &lt;b&gt; it&#x27;s</p>", "en") == "<p>“a” &amp; &lt;b&gt; it’s</p>"


def test_the_filter_escapes_what_is_not_safe() -> None:
    template = Template("{{ text|typeset }}|{{ html|typeset }}|{{ text|typeset:'en' }}")
    with translation.override("fi"):
        shown = template.render(Context({"text": '"a" <b>', "html": mark_safe('<b>"a"</b>')}))
    assert shown == "”a” &lt;b&gt;|<b>”a”</b>|“a” &lt;b&gt;"


@pytest.mark.parametrize(
    ("value", "finnish", "english"),
    [
        (5, "5", "5"),
        (Decimal("0.50"), "0,5", "0.5"),
        (2846, "2~846", "2,846"),
        (Decimal("1234567.25"), "1~234~567,25", "1,234,567.25"),
        (-3, "−3", "−3"),
        (None, "", ""),
    ],
)
def test_numbers(value: Decimal | int | None, finnish: str, english: str) -> None:
    template = Template("{{ value|number }}")
    for language, wanted in (("fi", finnish), ("sv", finnish), ("en", english)):
        with translation.override(language):
            assert visible(template.render(Context({"value": value}))) == wanted


CONTENT = Path(settings.ROOT) / "site" / "demo" / "content"
TRICKY = [
    """'"Ei", hän sanoi', kirjoitti Aino - ja "lisäsi": "'Kyllä' vai 'ei'?\"""",
    '<p>"<b>Ei</b>" - <i>"5 op"</i> ... 1 000 000 € vuosina 2021-2025</p><p>"</p>',
    "<p>&quot;A&quot; &#39;b&#39; &nbsp; 7 § 3</p>",
    '""" \'\' - -- ... .... 1 2 3 000 000',
]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_set_twice_is_as_if_set_once(language: str) -> None:
    """The text of a block is set by itself and with the stream around it."""
    texts = [file.read_text(encoding="utf-8") for file in CONTENT.rglob("*.md")]
    assert len(texts) > 100
    for text in [*TRICKY, *texts]:
        assert typeset(once := typeset(text, language), language) == once
        assert typeset_html(once := typeset_html(text, language), language) == once

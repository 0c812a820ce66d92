"""One rule of counting: for the text on its way, for the page that it becomes."""

import random

import pytest

from tests.texts import making
from texts import Flat
from texts.counting import characters_in, plain_text, reading_minutes


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("", 0),
        ("<p>Sana</p>", 4),
        ("<p>Kaksi sanaa</p>", 11),
        ("<p>yksi</p><p>kaksi</p>", 9),
        ("<h2>Otsikko</h2><ul><li>a</li><li>b</li></ul>", 9),
        ("<p>rivi<br/>toinen</p>", 11),
        ("<p>rivi<br><br>toinen</p>", 10),
        ("<p>a <b>b</b> <a href='https://a.fi/'>c</a></p>", 5),
        ("<p>a &amp; b&nbsp;c &lt;</p>", 9),
        ("<p>  a \n  b  </p>\n<p> </p>", 3),
        ("<p>a\u0308iti ke\u00adhys</p>", 10),
        ("<p>🙂</p>", 1),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", 2),
    ],
)
def test_characters_are_counted_as_word_processors_count_them(html: str, count: int) -> None:
    assert characters_in(html) == count
    assert Flat.of_html(html).characters == count


def test_a_page_is_as_long_as_the_text_that_it_came_of() -> None:
    for seed in range(500):
        flat = making.text(random.Random(seed))
        assert characters_in(flat.html()) == flat.characters, seed
        assert plain_text(flat.html()) == flat.text.removesuffix("\n"), seed


def test_markup_never_changes_the_length() -> None:
    plain = Flat("Sama pituus\n", ("p",))
    marked = Flat.of_notation("### **Sama** [pituus](https://a.fi/)")
    assert marked.characters == plain.characters == 11


@pytest.mark.parametrize(("characters", "minutes"), [(0, 1), (1_000, 1), (1_001, 2), (3_400, 4)])
def test_reading_takes_a_minute_a_thousand_characters(characters: int, minutes: int) -> None:
    assert reading_minutes(f"<p>{'a' * characters}</p>") == minutes

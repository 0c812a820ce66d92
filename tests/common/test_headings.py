"""Ids of headings and the table of contents made of them."""

from common.headings import Ids, softened, with_ids


def test_headings_get_ids_from_their_text() -> None:
    html, found = with_ids("<h2>Mitä teemme?</h2><p>x</p><h3>Ääni <b>kuuluu</b></h3>", Ids())
    assert html == '<h2 id="mita-teemme">Mitä teemme?</h2><p>x</p><h3 id="aani-kuuluu">Ääni <b>kuuluu</b></h3>'
    assert [(heading.level, heading.text) for heading in found] == [(2, "Mitä teemme?"), (3, "Ääni kuuluu")]


def test_equal_headings_get_different_ids() -> None:
    ids = Ids()
    names = [with_ids("<h2>Päätös</h2>", ids)[1][0].id for _ in range(3)]
    assert names == ["paatos", "paatos-2", "paatos-3"]


def test_a_heading_does_not_take_the_name_of_a_section_around_it() -> None:
    assert with_ids("<h2>Tehtävä</h2>", Ids())[1][0].id == "tehtava-2"


def test_the_names_of_the_frame_are_taken() -> None:
    assert with_ids("<h2>Sisältö</h2>", Ids())[1][0].id == "sisalto-2"


def test_a_heading_without_letters_still_gets_an_id() -> None:
    assert with_ids("<h2>???</h2>", Ids())[1][0].id == "kohta"


def test_an_empty_heading_is_left_alone() -> None:
    assert with_ids("<h2> </h2>", Ids()) == ("<h2> </h2>", [])


def test_long_words_of_headings_may_divide_and_their_marks_stay() -> None:
    html = '<h2 id="oikeudenmukaisuustyo">Oikeudenmukaisuustyö <b>on</b></h2><p>Oikeudenmukaisuustyö</p>'
    shown = softened(html, "fi").replace("\N{SOFT HYPHEN}", "|")
    assert shown == '<h2 id="oikeudenmukaisuustyo">Oikeudenmukaisuus|työ <b>on</b></h2><p>Oikeudenmukaisuustyö</p>'

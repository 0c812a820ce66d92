"""One text in its four forms: flat, HTML, plain notation and JSON."""

import json
import random
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from common.sanitise import sanitise
from tests.texts import making
from texts.bodies import read_body
from texts.errors import BadAddress, BadText, TextTooIntricate, TextTooLong, TooManyChanges
from texts.flat import Flat

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
RANDOM_TEXTS = 1_500


def named(kind: str) -> Any:
    return pytest.mark.parametrize("case", CASES[kind], ids=[case["name"] for case in CASES[kind]])


@named("same")
def test_a_text_is_the_same_in_every_form(case: dict[str, Any]) -> None:
    flat = Flat.of_json(case["flat"])
    assert flat.json() == case["flat"]
    assert flat.html() == case["html"]
    assert flat.notation() == case["notation"]
    assert flat.characters == case["count"]
    assert Flat.of_html(case["html"]) == flat
    assert Flat.of_notation(case["notation"]) == flat
    assert sanitise(case["html"]) == case["html"]


@named("typed")
def test_what_people_type_is_read_as_they_mean_it(case: dict[str, Any]) -> None:
    assert Flat.of_notation(case["notation"]).json() == case["flat"]


@named("pasted")
def test_html_from_anywhere_is_read_for_its_words(case: dict[str, Any]) -> None:
    assert Flat.of_html(case["html"]).json() == case["flat"]


def test_random_texts_come_back_from_every_form() -> None:
    for seed in range(RANDOM_TEXTS):
        flat = making.text(random.Random(seed))
        assert flat.normal() == flat, seed
        assert Flat.of_notation(flat.notation()) == flat, seed
        assert Flat.of_html(flat.html()) == flat, seed
        assert sanitise(flat.html()) == flat.html(), seed
        assert Flat.of_json(json.loads(json.dumps(flat.json()))) == flat, seed


def test_the_normal_form_of_any_characters_is_normal() -> None:
    signs = (
        "aeo\u0301\u0308\u200b\u00ad \u00a0\u202f\u2028\n\n\t\r\ud800\u1100\u1161\u11a8"
        "\u09c7\u09be\ufeff\u202e\U000e0041"
    )
    for seed in range(RANDOM_TEXTS):
        pick = random.Random(seed)
        text = "".join(pick.choices(signs, k=pick.randint(0, 30))) + "\n"
        kinds = tuple(pick.choices(making.KINDS, k=text.count("\n")))
        raw = Flat(text, kinds, tuple(making.some_marks(pick, len(text), 3)))
        flat, places = raw.normalised()
        assert flat.normal() == flat, seed
        assert places is None or (len(places) == len(text) + 1 and places == sorted(places)), seed
        assert len(flat.blocks) == flat.text.count("\n"), seed
        flat.html().encode()


def test_changes_keep_their_places_when_the_text_is_brought_to_normal_form() -> None:
    sent = {
        "text": "Yksi   sana\u200b on\n\na\u0308iti\n",
        "blocks": ["p", "p", "h2"],
        "marks": [[7, 11, "em"]],
        "changes": [{"id": "new-1", "start": 7, "end": 11, "with": {"text": "toinen", "blocks": [], "marks": []}}],
    }
    body = read_body(json.dumps(sent), "flat")
    assert body.flat.text == "Yksi sana on\näiti\n"
    assert body.flat.blocks == ("p", "h2")
    [change] = body.changes
    assert body.flat.text[change.start : change.end] == "sana"
    assert body.json()["changes"] == [sent["changes"][0] | {"start": 5, "end": 9}]  # type: ignore[operator]


def test_a_field_of_a_plain_form_is_read_as_notation() -> None:
    assert read_body("## Otsikko\r\n\r\n- kohta", "notation").flat == Flat("Otsikko\nkohta\n", ("h2", "ul"))


GOOD: dict[str, Any] = {"text": "abc\n", "blocks": ["p"], "marks": [], "changes": []}
CHANGE: dict[str, Any] = {"id": "1", "start": 0, "end": 1, "with": {"text": "x", "blocks": [], "marks": []}}


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": None},
        {"text": "abc"},
        {"text": "abc\n\n"},
        {"blocks": "p"},
        {"blocks": []},
        {"blocks": ["script"]},
        {"blocks": [["p"]]},
        {"marks": None},
        {"marks": [[0, 1]]},
        {"marks": [[0, 1, "u"]]},
        {"marks": [[0, 1, []]]},
        {"marks": [[0, 5, "em"]]},
        {"marks": [[2, 1, "em"]]},
        {"marks": [[-1, 1, "em"]]},
        {"marks": [[True, 1, "em"]]},
        {"marks": [[0, 1.0, "em"]]},
        {"marks": [[0, 1, "em", "x"]]},
        {"marks": [[0, 1, "a"]]},
        {"marks": [{"start": 0}]},
        {"changes": {}},
        {"changes": [1]},
        {"changes": [CHANGE | {"id": 1}]},
        {"changes": [CHANGE | {"id": "<b>"}]},
        {"changes": [CHANGE | {"end": 9}]},
        {"changes": [CHANGE | {"with": None}]},
        {"changes": [CHANGE | {"with": {"text": "a\nb", "blocks": []}}]},
        {"changes": [CHANGE, CHANGE]},
        {"changes": [CHANGE, CHANGE | {"id": "2"}]},
    ],
)
def test_a_malformed_text_is_refused(wrong: dict[str, Any]) -> None:
    assert read_body(json.dumps(GOOD), "flat").flat.text == "abc\n"
    with pytest.raises(BadText) as refusal:
        read_body(json.dumps(GOOD | wrong), "flat")
    assert str(refusal.value.message)


@pytest.mark.parametrize("value", ["", "nul", "{", "[]", '"x"', "1", "[" * 100_000, '{"text": 1e999}', "9" * 5_000])
def test_what_is_no_json_of_ours_is_refused(value: str) -> None:
    with pytest.raises(BadText):
        read_body(value, "flat")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(BadText):
        read_body("x", "html")


@pytest.mark.parametrize(
    ("large", "refusal"),
    [
        ({"text": "a" * 60_000 + "\n"}, TextTooLong),
        ({"text": "a\n" * 2_001, "blocks": ["p"] * 2_001}, TextTooIntricate),
        ({"marks": [[0, 1, "em"]] * 5_001}, TextTooIntricate),
        ({"changes": [CHANGE] * 501}, TooManyChanges),
        ({"changes": [CHANGE | {"with": {"text": "a" * 60_001, "blocks": []}}]}, TextTooLong),
        ({"marks": [[0, 1, "a", "https://a.fi/" + "a" * 2_000]]}, BadAddress),
    ],
)
def test_a_text_that_is_too_large_is_refused_with_the_reason(large: dict[str, Any], refusal: type[BadText]) -> None:
    with pytest.raises(refusal):
        read_body(json.dumps(GOOD | large), "flat")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("a" * 60_001, TextTooLong), ("a\n\n" * 2_001, TextTooIntricate), ("*a* " * 5_001, TextTooIntricate)],
)
def test_a_typed_text_has_the_same_limits(typed: str, refusal: type[BadText]) -> None:
    with pytest.raises(refusal):
        read_body(typed, "notation")


@pytest.mark.parametrize(
    "address",
    [
        *"thl.fi /blogi/ javascript:alert(1) data:text/html,x https:// https://[ https:/a.fi".split(),
        *"page:0 page:1x mailto:x tel:soita ftp://a.fi/ //a.fi/ vbscript:x".split(),
        *("http://a b", "https://a.fi/\u202e", 'https://a.fi/"x', ""),
    ],
)
def test_an_address_that_may_not_be_linked_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        Flat.of_json(GOOD | {"marks": [[0, 1, "a", address]]})


@pytest.mark.parametrize("text", ["\n", " uusi", "uusi ", " ja\nuusi\n", "\u2028", "", "Uusi kappale.\n"])
def test_a_part_of_a_text_keeps_its_spaces_and_line_ends(text: str) -> None:
    part = Flat(text, ("p",) * text.count("\n"))
    assert Flat.of_json(json.loads(json.dumps(part.json()))) == part


@pytest.mark.parametrize("tag", ["<b>", "<div>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<a href=x>"])
def test_tags_inside_one_another_without_end_are_refused(tag: str) -> None:
    assert Flat.of_html(tag * 20 + "sana").text == "sana\n"
    with pytest.raises(TextTooIntricate):
        Flat.of_html(tag * 5_000)


@pytest.mark.parametrize("signs", ["*", "***a", "[", "](", "[a](", "\\", "> ", "](a(b", "(a"])
def test_signs_repeated_without_end_take_no_time(signs: str) -> None:
    began = time.process_time()
    with suppress(BadText):
        read_body((signs * 60_000)[:60_000], "notation")
    assert time.process_time() - began < 1

"""Settings from the environment: what may be written, and the one sentence that tells what may not."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

NAME = "OV_TRIAL"


def refusal(read: object, *arguments: object, value: str | None) -> str:
    assert callable(read)
    with pytest.raises(ImproperlyConfigured) as raised:
        read(NAME, *arguments, environ={} if value is None else {NAME: value})
    return str(raised.value)


def assert_is_one_clear_sentence(text: str) -> None:
    """It names the variable, is one line, and ends as a sentence does."""
    assert NAME in text
    assert re.fullmatch(r"[^\n]{10,120}\.", text), text


@pytest.mark.parametrize("value", [None, "", "  ", "\n"])
def test_what_is_required_must_be_there(value: str | None) -> None:
    sentence = refusal(env.required, value=value)
    assert_is_one_clear_sentence(sentence)
    assert "docs/settings.md" in sentence


def test_what_is_required_comes_without_the_spaces_around_it() -> None:
    assert env.required(NAME, {NAME: " https://verkosto.example \n"}) == "https://verkosto.example"


@pytest.mark.parametrize("value", ["1", "true", "True", "YES", "on", " yes "])
def test_yes(value: str) -> None:
    assert env.flag(NAME, False, {NAME: value}) is True


@pytest.mark.parametrize("value", ["0", "false", "False", "NO", "off", " no ", ""])
def test_no(value: str) -> None:
    assert env.flag(NAME, True, {NAME: value}) is False


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_not_set_is_what_the_settings_say(default: bool) -> None:
    assert env.flag(NAME, default, {}) is default


@pytest.mark.parametrize("value", ["maybe", "2", "kyllä", "truee", "yes no"])
def test_anything_else_is_no_flag(value: str) -> None:
    sentence = refusal(env.flag, False, value=value)
    assert_is_one_clear_sentence(sentence)
    assert repr(value) in sentence
    assert "yes or no" in sentence


@pytest.mark.parametrize(("value", "number"), [("0", 0), (" 300 ", 300), ("31_536_000", 31_536_000), ("-1", -1)])
def test_a_whole_number(value: str, number: int) -> None:
    assert env.integer(NAME, 7, {NAME: value}) == number


@pytest.mark.parametrize("environ", [{}, {NAME: ""}, {NAME: " "}])
def test_a_number_that_is_not_set_is_what_the_settings_say(environ: dict[str, str]) -> None:
    assert env.integer(NAME, 7, environ) == 7


@pytest.mark.parametrize("value", ["many", "1.5", "1,000", "0x10", "5 minutes"])
def test_anything_else_is_no_number(value: str) -> None:
    sentence = refusal(env.integer, 7, value=value)
    assert_is_one_clear_sentence(sentence)
    assert repr(value) in sentence
    assert "whole number" in sentence


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("verkosto.example", ["verkosto.example"]),
        (" a.example, b.example ,c.example", ["a.example", "b.example", "c.example"]),
        (",a.example,,", ["a.example"]),
        ("", []),
        (" , ", []),
    ],
)
def test_a_list_drops_spaces_and_empty_parts(value: str, parts: list[str]) -> None:
    assert env.words(NAME, environ={NAME: value}) == parts


def test_a_list_that_is_not_set_is_what_the_settings_say() -> None:
    assert env.words(NAME, environ={}) == []
    assert env.words(NAME, "a.example, b.example", environ={}) == ["a.example", "b.example"]


def test_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "1")
    assert env.required(NAME) == "1"
    assert env.flag(NAME, False)
    assert env.integer(NAME, 0) == 1
    assert env.words(NAME) == ["1"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("http://127.0.0.1:9200", ["http://127.0.0.1:9200"]),
        (
            " https://a.example:9200/, https://u:p@b.example/search ",
            ["https://a.example:9200", "https://u:p@b.example/search"],
        ),
        ("", []),
    ],
)
def test_addresses_of_servers(value: str, found: list[str]) -> None:
    assert env.addresses(NAME, {NAME: value}) == found


@pytest.mark.parametrize("value", ["a.example:9200", "redis://a.example", "https:///x", "http://a:port", "http://[::1"])
def test_anything_else_is_no_address_and_is_not_shown(value: str) -> None:
    sentence = refusal(env.addresses, value=f"https://good.example:9200,{value}")
    assert_is_one_clear_sentence(sentence)
    assert "Address 2" in sentence
    assert value not in sentence


@pytest.mark.parametrize("value", ["0", "11", "-3"])
def test_a_number_out_of_bounds(value: str) -> None:
    sentence = refusal(env.between, 1, 1, 10, value=value)
    assert_is_one_clear_sentence(sentence)
    assert "from 1 to 10" in sentence
    assert env.between(NAME, 1, 1, 10, {NAME: "10"}) == 10


def test_a_file_must_be_there(tmp_path: Path) -> None:
    sentence = refusal(env.existing_file, value=str(tmp_path))
    assert NAME in sentence
    assert sentence.endswith("no file that can be read.")
    file = tmp_path / "ca.pem"
    file.write_text("-")
    assert env.existing_file(NAME, {NAME: str(file)}) == str(file)
    assert env.existing_file(NAME, {}) == ""


@pytest.mark.parametrize("prefix", ["Verkosto", "-a", "a b", "ä", "a*"])
def test_a_prefix_that_no_index_may_have_is_refused(prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from config.settings import cluster

    monkeypatch.setenv("ELASTICSEARCH_INDEX_PREFIX", prefix)
    with pytest.raises(ImproperlyConfigured, match="ELASTICSEARCH_INDEX_PREFIX"):
        cluster._prefix()

"""/api/search/: what it answers, what it refuses, and that its description says so."""

import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from common import limits
from search.current import indices
from search.engines import IndexUnavailable
from tests.factories import pages
from tests.search.conftest import make
from vocabulary.models import Phenomenon

pytestmark = pytest.mark.django_db
PATH = "/api/search/"
Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def index(tmp_path: Path, settings: Any) -> None:
    cache.clear()
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    Phenomenon.objects.get_or_create(code="yksinaisyys", defaults={"name_fi": "Yksinäisyys"})
    pages.region("09", "Etelä-Karjala", 9, 9)
    indices()[0].engine.rebuild(
        [
            make("post:1", "Raportti <1>", "Toinen raportti.", organisation="Alue", date=datetime.date(2026, 3, 1)),
            make("post:2", "Raportti yksin", phenomena=("yksinaisyys",), regions=("09",)),
            make("event:1", "Jäsenten raportti", kind="event", access=("members",), date=datetime.date(2024, 5, 1)),
            make("term:1", "raportti", kind="term", url=""),
            *(make(f"lesson:{number}", f"Oppitunti {number}", kind="lesson") for number in range(25)),
        ]
    )


@pytest.fixture
def ask(client: Client) -> Ask:
    return lambda headers=None, **parameters: client.get(PATH, parameters, headers=headers)


@pytest.fixture
def document(client: Client) -> Any:
    return client.get("/api/openapi.json").json()


def follow(schema: Any, document: Any) -> Any:
    while "$ref" in schema:
        found = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema


TYPES = {"string": str, "integer": int, "boolean": bool, "null": type(None), "array": list, "object": dict}


def faults(value: Any, schema: Any, document: Any, place: str = "") -> Iterator[str]:
    """Where a value is not what the schema says: as much of JSON Schema as the document uses."""
    schema = follow(schema, document)
    for part in schema.get("allOf", ()):
        yield from faults(value, part, document, place)
    types = schema.get("type", [])
    expected = tuple(TYPES[name] for name in ([types] if isinstance(types, str) else types))
    if expected and (not isinstance(value, expected) or (isinstance(value, bool) and bool not in expected)):
        yield f"{place}: {value!r} is no {types}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is not in the enum"
    if isinstance(value, dict):
        yield from (f"{place}.{name} is missing" for name in schema.get("required", ()) if name not in value)
        known = schema.get("properties", {})
        if known and not schema.get("additionalProperties") and "allOf" not in schema and place != "problem":
            yield from (f"{place}.{name} is not described" for name in value if name not in known)
        for name, inner in value.items():
            if name in known:
                yield from faults(inner, known[name], document, f"{place}.{name}")
    if isinstance(value, list):
        for each in value:
            yield from faults(each, schema["items"], document, f"{place}[]")


def test_an_answer_is_what_its_description_says(ask: Ask, document: Any) -> None:
    operation = document["paths"][PATH]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    for parameters in (
        {"q": "raportti"},
        {"q": "oppitunti", "page": 2},
        {"q": "xyzzy"},
        {"q": "raporttti", "exact": 1},
    ):
        answer = ask(**parameters)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/json"
        assert not list(faults(answer.json(), schema, document))


def test_it_says_what_the_page_says(ask: Ask, client: Client) -> None:
    body = ask(q="raportti").json()
    assert body["total"] == 3
    assert {each["title"] for each in body["results"]} == {"Raportti <1>", "Raportti yksin", "raportti"}
    first = next(each for each in body["results"] if each["title"] == "Raportti <1>")
    assert first == {
        "kind": "post",
        "title": "Raportti <1>",
        "title_html": "<mark>Raportti</mark> &lt;1&gt;",
        "excerpt_html": "Toinen <mark>raportti</mark>.",
        "keywords_html": [],
        "url": "http://testserver/post:1/",
        "language": "fi",
        "date": "2026-03-01",
        "organisation": "Alue",
        "fictional": False,
        "pinned": False,
    }
    assert next(each for each in body["results"] if each["kind"] == "term")["url"] is None
    assert {each["value"]: each["count"] for each in body["facets"]["kind"]} == {"post": 2, "term": 1}
    assert body["facets"]["phenomenon"] == [
        {"value": "yksinaisyys", "label": "Yksinäisyys", "language": "fi", "count": 1, "chosen": False}
    ]


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({"kind": "term"}, ["raportti"]),
        ({"phenomenon": "yksinaisyys", "region": "09"}, ["Raportti yksin"]),
        ({"year": "2026"}, ["Raportti <1>"]),
        ({"lang": "sv"}, []),
        ({"kind": ["post", "term"], "sort": "date", "per_page": "1"}, ["Raportti <1>"]),
    ],
)
def test_it_can_be_narrowed_and_ordered(ask: Ask, parameters: dict[str, Any], titles: list[str]) -> None:
    assert [each["title"] for each in ask(q="raportti", **parameters).json()["results"]] == titles


def test_pages_lead_to_each_other(ask: Ask, client: Client) -> None:
    first = ask(q="oppitunti", kind="lesson", per_page=10).json()
    assert (first["total"], first["pages"], len(first["results"])) == (25, 3, 10)
    assert first["links"]["previous"] is None
    second = client.get(first["links"]["next"]).json()
    third = client.get(second["links"]["next"]).json()
    assert (third["page"], len(third["results"]), third["links"]["next"]) == (3, 5, None)
    assert client.get(third["links"]["self"]).json() == third
    assert ask(q="oppitunti", page=1_000).json()["page"] == 3


def test_corrections_and_exact_words(ask: Ask) -> None:
    corrected = ask(q="raporttti yksin").json()
    assert corrected["corrections"] == {"raporttti": "raportti"}
    assert corrected["searched_for"] == "raportti yksin"
    exact = ask(q="raporttti", exact="true").json()
    assert exact["total"] == 0
    assert "raportti" in exact["near"]


def test_access_is_the_askers(ask: Ask, client: Client, django_user_model: Any) -> None:
    assert "2024" not in {each["value"] for each in ask(q="raportti").json()["facets"]["year"]}
    client.force_login(django_user_model.objects.create_user(email="jasen@example.org", password="a long password"))
    answer = ask(q="raportti")
    assert answer.json()["total"] == 4
    assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("parameters", "parameter"),
    [
        ({}, "q"),
        ({"q": " - "}, "q"),
        ({"q": "sana " * 41}, "q"),
        ({"q": "a", "kind": "nonsense"}, "kind"),
        ({"q": "a", "theme": "no-such-theme"}, "theme"),
        ({"q": "a", "phenomenon": "x", "region": "y"}, "region"),
        ({"q": "a", "region": [f"r{number}" for number in range(31)]}, "region"),
        ({"q": "a", "lang": "de"}, "lang"),
        ({"q": "a", "year": "24"}, "year"),
        ({"q": "a", "sort": "uusin"}, "sort"),
        ({"q": "a", "exact": "yes"}, "exact"),
        ({"q": "a", "page": "0"}, "page"),
        ({"q": "a", "page": "1001"}, "page"),
        ({"q": "a", "page": "²"}, "page"),
        ({"q": "a", "per_page": "51"}, "per_page"),
        ({"q": "a", "laji": "post"}, "laji"),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_names_the_parameter(
    ask: Ask, document: Any, parameters: dict[str, Any], parameter: str
) -> None:
    answer = ask(**parameters)
    problem = answer.json()
    assert answer.status_code == problem["status"] == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert parameter in {error["parameter"] for error in problem["errors"]}
    assert all(error["detail"] for error in problem["errors"])
    place = problem["type"].removeprefix("http://testserver/api/openapi.json")
    described = follow({"$ref": place}, document)["content"]["application/problem+json"]["schema"]
    assert not list(faults(problem, described, document, "problem"))


def test_an_address_with_nul_is_a_problem_too(ask: Ask, document: Any) -> None:
    answer = ask(q="a\x00b", page="1", headers={"Accept-Language": "sv"})
    problem = answer.json()
    assert answer.status_code == problem["status"] == 400
    assert (answer["Content-Type"], answer["Content-Language"]) == ("application/problem+json", "sv")
    assert problem["title"] == "Begäran kunde inte läsas"
    assert [error["parameter"] for error in problem["errors"]] == ["q"]
    place = problem["type"].removeprefix("http://testserver/api/openapi.json")
    described = follow({"$ref": place}, document)["content"]["application/problem+json"]["schema"]
    assert not list(faults(problem, described, document, "problem"))


def test_a_path_with_nul_is_a_problem_without_parameters(client: Client) -> None:
    answer = client.get("/api/%00")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "errors" not in answer.json()


def test_an_address_that_does_not_exist_is_a_problem(client: Client, document: Any) -> None:
    answer = client.get("/api/searches/", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["title"] == "There is nothing at this address"
    assert follow({"$ref": answer.json()["type"].removeprefix("http://testserver/api/openapi.json")}, document)


def test_a_failure_of_ours_is_a_problem(ask: Ask, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("search.api.views.find", fail)
    client.raise_request_exception = False
    answer = ask(q="a", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert answer.json()["title"] == "Something went wrong"


def test_problems_are_in_the_language_that_is_accepted(ask: Ask) -> None:
    told = {
        language: ask(headers={"Accept-Language": accepted})
        for language, accepted in [("fi", "de"), ("sv", "sv-FI,fi;q=0.5"), ("en", "de, en;q=0.4"), ("fi ", "fi;q=0, x")]
    }
    assert {language: answer["Content-Language"] for language, answer in told.items()}["sv"] == "sv"
    details = {language: answer.json()["detail"] for language, answer in told.items()}
    assert details["fi"] == "Anna vähintään yksi hakusana."
    assert details["sv"] == "Ange minst ett sökord."
    assert details["en"] == "Give at least one word to search for."
    assert "Accept-Language" in told["fi"]["Vary"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_is_only_read(method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(PATH)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer.json()["status"] == 405


def test_head_has_what_get_has_but_the_body(client: Client) -> None:
    answer = client.head(PATH, {"q": "raportti"})
    assert answer.status_code == 200
    assert answer["ETag"] == client.get(PATH, {"q": "raportti"})["ETag"]


def test_the_same_answer_does_not_travel_twice(ask: Ask) -> None:
    first = ask(q="raportti")
    assert first["Cache-Control"] == "public, max-age=60"
    assert {"Accept-Language", "Cookie"} <= set(first["Vary"].split(", "))
    assert ask(q="raportti", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert ask(q="raportti", headers={"If-None-Match": f'W/{first["ETag"]}, "x"'}).status_code == 304
    assert ask(q="oppitunti", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_what_is_left_out_is_told(ask: Ask) -> None:
    assert ask(q="raportti").json()["shortened"] is False
    assert ask(q="raportti " + " ".join(f"s{number}" for number in range(12))).json()["shortened"] is True


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Give at least one word to search for."),
        ("🙂", "There is no word in “🙂”. Write at least one."),
        ("-raportti", "These words only say what to leave out. Write also what to look for."),
        ("a" * 10_000, "Write at most 200 characters."),
        ("a" * 100, "a word has at most 64 letters."),
    ],
)
def test_why_there_is_nothing_to_search_for_is_told_truly(ask: Ask, typed: str, told: str) -> None:
    answer = ask(q=typed, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert told in answer.json()["detail"]


def test_nobody_asks_too_often(ask: Ask, client: Client, settings: Any) -> None:
    settings.SEARCH_API_PER_MINUTE = 3
    statuses = [ask(q="raportti").status_code for _time in range(4)]
    # The minute may turn in between.
    assert statuses in ([200, 200, 200, 429], [200] * 4)
    refused = ask(q="raportti")
    if refused.status_code == 429:
        assert 1 <= int(refused["Retry-After"]) <= 60
        assert refused["Retry-After"] in refused.json()["detail"]
    assert client.get(PATH, {"q": "raportti"}, REMOTE_ADDR="192.0.2.9").status_code == 200


def test_without_a_cache_it_answers_and_limits_nobody(ask: Ask, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        def get(self, *_arguments: Any) -> int:
            raise ConnectionError

    settings.SEARCH_API_PER_MINUTE = 1
    monkeypatch.setattr(limits, "cache", Silent())
    assert [ask(q="raportti").status_code for _time in range(3)] == [200] * 3


def test_the_addresses_of_one_household_count_as_one() -> None:
    limit = limits.Limit("test", 1, 10**9)
    requests = [
        RequestFactory(REMOTE_ADDR=f"2001:db8:{net}::{host}").get("/") for net, host in ((1, 1), (1, 2), (2, 1))
    ]
    assert [bool(limit.spend(request)) for request in requests] == [False, True, False]


def test_while_nothing_answers_it_says_when_to_come_back(ask: Ask) -> None:
    with patch("search.found.engine") as silent:
        silent.return_value.search.side_effect = IndexUnavailable
        answer = ask(q="raportti")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert answer.json()["status"] == 503


def test_an_answer_costs_a_stranger_few_queries(ask: Ask, django_assert_max_num_queries: Any) -> None:
    for few_or_many in ("yksin", "oppitunti"):
        ask(q=few_or_many)
        with django_assert_max_num_queries(4):
            ask(q=few_or_many)


def test_other_sites_may_not_read_it(ask: Ask) -> None:
    answer = ask(q="raportti", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("typed", ['"', "NOT AND OR", "^*", "😀", "site:x", "a NEAR b", "{}", "-a b", "x" * 200])
def test_no_words_make_it_fail(ask: Ask, typed: str) -> None:
    assert ask(q=typed).status_code in {200, 400}


def test_the_description_holds_together(document: Any, client: Client) -> None:
    assert document["openapi"].startswith("3.1")
    references = [part.split('"')[0] for part in json.dumps(document).split('"$ref": "')[1:]]
    assert references
    assert all(follow({"$ref": reference}, document) for reference in references)
    operation = document["paths"][PATH]["get"]
    described = [each["name"] for each in operation["parameters"] if each["in"] == "query"]
    refusal = client.get(PATH, {"q": "a", "nonsense": "1"}).json()["detail"]
    assert refusal.endswith(f"{', '.join(described)}.")
    assert {"200", "304", "400", "405", "429", "500", "503"} == set(operation["responses"])


def test_the_description_may_be_kept(client: Client) -> None:
    etag = client.get("/api/openapi.json")["ETag"]
    assert client.get("/api/openapi.json", headers={"If-None-Match": etag}).status_code == 304

"""Lists with filters and pages."""

from typing import Any

import pytest
from django.test import RequestFactory

from common.filters import Used, choice_filter, narrowed
from common.listing import Filter, Link, Listing, Pages, TextFilter, page_number, typed_text
from tests.factories.pages import term
from vocabulary.models import Phenomenon

pytestmark = pytest.mark.django_db
CODES = ("asunnottomuus", "toimeentulo", "vertaistuki", "yksinaisyys")


def _starts_with(rows: Any, values: list[str]) -> Any:
    return rows.filter(code__startswith=values[0])


def listing(query: str = "", per_page: int = 2) -> Listing[Any]:
    for code in CODES:
        term(Phenomenon, code)
    rows = Phenomenon.objects.filter(code__in=CODES).order_by("code")
    choices = [(code, code.capitalize()) for code in CODES]
    filters = [
        Filter(
            "alku", "First letter", [("t", "T")], lambda rows, values: rows.filter(code__startswith="t"), False, "All"
        ),
        choice_filter("koodi", "Code", choices, "code"),
    ]
    text = TextFilter("q", "Text", lambda rows, typed: rows.filter(code__contains=typed))
    return Listing(RequestFactory().get(f"/lista/{query}"), rows, filters, per_page, text)


def codes(query: str, per_page: int = 9) -> list[str]:
    return [row.code for row in listing(query, per_page).page]


def test_filters_and_text_narrow_together() -> None:
    assert codes("") == list(CODES)
    assert codes("?koodi=toimeentulo&koodi=vertaistuki") == ["toimeentulo", "vertaistuki"]
    assert codes("?koodi=toimeentulo&koodi=vertaistuki&q=tuki") == ["vertaistuki"]
    assert codes("?alku=t") == ["toimeentulo"]


def test_values_that_are_not_choices_are_ignored() -> None:
    assert codes("?koodi=x&alku=1&koodi=toimeentulo") == ["toimeentulo"]


def test_a_list_has_one_address_whatever_the_order_it_was_asked_in() -> None:
    assert listing("?q=a&koodi=toimeentulo&alku=t").page_url(2) == "/lista/?alku=t&koodi=toimeentulo&q=a&page=2"


def test_a_chip_removes_what_it_names() -> None:
    chips = {chip.label: chip.remove_url for chip in listing("?koodi=toimeentulo&koodi=vertaistuki&q=a").chips}
    assert chips == {
        "Toimeentulo": "/lista/?koodi=vertaistuki&q=a",
        "Vertaistuki": "/lista/?koodi=toimeentulo&q=a",
        "a": "/lista/?koodi=toimeentulo&koodi=vertaistuki",
    }


def test_links_keep_the_other_filters_and_the_form_keeps_the_links() -> None:
    narrowed_list = listing("?alku=t&koodi=toimeentulo")
    assert narrowed_list.links["alku"] == [
        Link("All", "/lista/?koodi=toimeentulo", False),
        Link("T", "/lista/?alku=t&koodi=toimeentulo", True),
    ]
    assert narrowed_list.hidden == [("alku", "t")]
    assert narrowed_list.clear_url == "/lista/?alku=t"
    assert [state.parameter for state in narrowed_list.states] == ["koodi"]
    assert narrowed_list.narrowing == "T, Toimeentulo"


def test_an_empty_list_leads_to_a_wider_one() -> None:
    assert [url for url, _label in listing("?alku=t&koodi=vertaistuki").ways_out] == ["/lista/?alku=t"]
    assert [url for url, _label in listing("?alku=t").ways_out] == ["/lista/"]
    assert listing("").ways_out == []


@pytest.mark.parametrize(
    ("asked", "given"), [("0", 1), ("2", 2), ("9999", 2), ("-1", 1), ("x", 1), ("", 1), ("٢", 1), ("9" * 10_000, 2)]
)
def test_a_page_that_is_not_there_gives_the_nearest(asked: str, given: int) -> None:
    assert listing(f"?page={asked}").page.number == given


def test_lists_of_one_page_have_pages_of_their_own() -> None:
    request = RequestFactory().get("/sivu/?tehtava=a&page-other=2")
    other = Pages(request, range(5), 2, place="other", parameter="page-other")
    assert list(Pages(request, range(5), 2).page) == [0, 1]
    assert list(other.page) == [2, 3]
    assert other.page_url(3) == "/sivu/?tehtava=a&page-other=3#other"


def test_page_numbers_and_text_are_bounded() -> None:
    request = RequestFactory().get("/", {"page": "3", "q": f" a\tb {'c' * 1_000}"})
    assert page_number(request) == 3
    assert typed_text(request).startswith("a b c")
    assert len(typed_text(request)) <= 200


def test_a_row_with_several_matches_comes_once() -> None:
    listing()
    rows = narrowed(Phenomenon.objects.all(), "code", ["toimeentulo", "toimeentulo", "vertaistuki"])
    assert rows.count() == 2


def test_what_rows_have_is_named_in_the_readers_language() -> None:
    listing()
    found = Used(Phenomenon.objects.filter(code__in=CODES), columns=["code", "sort_order"])
    assert found.values("code") == set(CODES)
    assert found.values("sort_order") == {0}

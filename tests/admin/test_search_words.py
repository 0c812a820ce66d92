"""The editors' lists of the search in the administration."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from search.editing.models import BestBet, SynonymGroup
from search.editing.searches import SearchCount, Sought
from search.models import SearchWish
from tests.admin.conftest import SignIn
from tests.factories import pages

pytestmark = pytest.mark.django_db
SYNONYMS = "/hallinta/search/synonyms/"
BETS = "/hallinta/search/best-bets/"


@pytest.mark.parametrize("role", ["editor", "coordinator", "administrator"])
@pytest.mark.parametrize("path", [SYNONYMS, BETS])
def test_who_keeps_the_lists(role: str, path: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    client = sign_in(request.getfixturevalue(role))
    assert client.get(path).status_code == 200
    assert client.get(f"{path}add/").status_code == 200


@pytest.mark.parametrize("role", ["teacher", "partner", "learner"])
@pytest.mark.parametrize("path", [SYNONYMS, BETS])
def test_who_does_not(role: str, path: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    assert sign_in(request.getfixturevalue(role)).get(f"{path}add/").status_code in {302, 403}


def test_a_list_is_made_and_its_faults_stand_beside_the_field(editor: User, sign_in: SignIn) -> None:
    client = sign_in(editor)
    refused = client.post(f"{SYNONYMS}add/", {"words": "yksin", "retired": "", "note": ""})
    assert refused.status_code == 200
    assert list(refused.context["form"].errors) == ["words"]
    made = client.post(f"{SYNONYMS}add/", {"words": "xylitoli\r\n\r\n koivusokeri ", "retired": "", "note": ""})
    assert made.status_code == 302
    assert SynonymGroup.objects.get(words__startswith="xylitoli").word_list == ["xylitoli", "koivusokeri"]
    assert "xylitoli" in client.get(SYNONYMS, {"q": "koivu"}).content.decode()


def bet_form(*chosen: Any, **fields: Any) -> dict[str, Any]:
    rows = {f"pages-{place}-page": page.pk for place, page in enumerate(chosen)}
    orders = {f"pages-{place}-ORDER": place + 1 for place, _page in enumerate(chosen)}
    return {
        "queries": "ota yhteyttä",
        "language": "fi",
        "note": "",
        "pages-TOTAL_FORMS": len(chosen),
        "pages-INITIAL_FORMS": 0,
        "pages-MIN_NUM_FORMS": 1,
        "pages-MAX_NUM_FORMS": 5,
        **rows,
        **orders,
        **fields,
    }


def test_a_best_bet_is_made_with_its_pages(coordinator: User, sign_in: SignIn) -> None:
    client, post, theme = sign_in(coordinator), pages.post(), pages.theme()
    assert client.post(f"{BETS}add/", bet_form()).status_code == 200
    section = client.post(f"{BETS}add/", bet_form(post.get_parent()))
    assert section.status_code == 200
    assert client.post(f"{BETS}add/", bet_form(theme, post)).status_code == 302
    made = BestBet.objects.get(queries="ota yhteyttä")
    assert [chosen.page_id for chosen in made.pages.all()] == [theme.pk, post.pk]
    assert theme.title in client.get(BETS).content.decode()


SEARCHES = "/hallinta/reports/searches/"


def add(words: str, visitors: int, without: int = 0, language: str = "fi") -> None:
    SearchCount.objects.add(timezone.localdate(), Sought(words, language), visitors, without)


def test_the_report_shows_what_many_search_and_what_is_not_found(editor: User, sign_in: SignIn) -> None:
    add("hyte", 20)
    add("asumisneuvonta", 7, 7)
    add("inkludering", 6, language="sv")
    add("harvinainen", 4, 4)
    client = sign_in(editor)
    page = client.get(SEARCHES).content.decode()
    assert page.index("q=hyte") < page.index("asumisneuvonta") < page.index("inkludering")
    assert "harvinainen" not in page
    nothing = client.get(SEARCHES, {"found": "nothing"}).content.decode()
    assert "asumisneuvonta" in nothing
    assert "inkludering" not in nothing
    swedish = client.get(SEARCHES, {"language": "sv"}).content.decode()
    assert "/sv/haku/?q=inkludering" in swedish
    assert "asumisneuvonta" not in swedish
    for column in ["words", "-times", "unanswered", "days", "last", "language"]:
        assert client.get(SEARCHES, {"ordering": column}).status_code == 200
    assert client.get(SEARCHES, {"export": "csv"}).status_code == 200


def test_a_list_begins_with_the_words_of_the_report(editor: User, sign_in: SignIn) -> None:
    client = sign_in(editor)
    add("asumisneuvonta", 7, 7, "sv")
    assert "words=asumisneuvonta&amp;language=sv" in client.get(SEARCHES).content.decode()
    for path in [SYNONYMS, BETS]:
        form = client.get(f"{path}add/", {"words": "asumisneuvonta", "language": "sv"}).content.decode()
        assert ">\nasumisneuvonta</textarea>" in form
    assert client.get(f"{BETS}add/", {"language": "xx"}).status_code == 200


@pytest.mark.parametrize("role", ["teacher", "partner"])
def test_the_report_is_for_those_who_publish(role: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    assert sign_in(request.getfixturevalue(role)).get(SEARCHES).status_code == 302


def test_wishes_are_read_and_marked_as_done(coordinator: User, teacher: User, sign_in: SignIn) -> None:
    wish = SearchWish.objects.create(words="asumisneuvonta", message="Etsin ohjetta.", language="fi")
    client = sign_in(coordinator)
    assert "Etsin ohjetta." in client.get("/hallinta/search/wishes/").content.decode()
    edit = f"/hallinta/search/wishes/edit/{wish.pk}/"
    assert client.post(edit, {"is_done": "on", "words": "muutettu"}).status_code == 302
    wish.refresh_from_db()
    assert (wish.is_done, wish.words) == (True, "asumisneuvonta")
    assert client.get("/hallinta/search/wishes/add/").status_code == 302
    assert sign_in(teacher).get(edit).status_code == 302

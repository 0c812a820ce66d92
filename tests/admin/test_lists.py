"""Lists of rows: what they show, how they are searched, and that what is in use is not lost."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from accounts.models import User
from common.models import SiteDocument
from learning.courses.models import Course, Question, QuestionOption
from learning.courses.services import current_version
from network.organisations.models import Organisation
from tests.admin.conftest import SignIn
from tests.factories import pages
from vocabulary.models import Phenomenon, TaskArea

pytestmark = pytest.mark.django_db

LISTS = [
    "/hallinta/snippets/vocabulary/taskarea/",
    "/hallinta/snippets/vocabulary/phenomenon/",
    "/hallinta/snippets/vocabulary/actorgroup/",
    "/hallinta/snippets/vocabulary/method/",
    "/hallinta/snippets/vocabulary/competencearea/",
    "/hallinta/snippets/vocabulary/service/",
    "/hallinta/snippets/vocabulary/region/",
    "/hallinta/snippets/vocabulary/glossaryterm/",
    "/hallinta/snippets/courses/course/",
    "/hallinta/snippets/courses/courserun/",
    "/hallinta/snippets/courses/question/",
    "/hallinta/snippets/organisations/organisation/",
    "/hallinta/snippets/events/event/",
    "/hallinta/snippets/events/eventseries/",
]
CHOOSERS = [
    "/hallinta/snippets/choose/courses/course/results/",
    "/hallinta/snippets/choose/courses/question/results/",
    "/hallinta/snippets/choose/organisations/organisation/results/",
    "/hallinta/snippets/choose/events/event/results/",
    "/hallinta/snippets/choose/events/eventseries/results/",
    "/hallinta/snippets/choose/vocabulary/glossaryterm/results/",
    "/hallinta/choose-page/search/",
    "/hallinta/images/chooser/results/",
    "/hallinta/documents/chooser/results/",
]
SEARCHES = [
    *LISTS,
    *[f"{path}results/" for path in LISTS],
    *CHOOSERS,
    "/hallinta/pages/search/",
    "/hallinta/pages/search/results/",
    "/hallinta/pages/",
    "/hallinta/images/",
    "/hallinta/images/results/",
    "/hallinta/documents/",
    "/hallinta/documents/results/",
    "/hallinta/users/",
    "/hallinta/redirects/",
    "/hallinta/api/main/pages/?search=",
    "/hallinta/tag-autocomplete/?term=",
]
TYPED = {
    "a quote": '"',
    "an open phrase": 'sosiaali "työ',
    "operators": "AND OR NOT * ( ) : ^ - + { NEAR",
    "ten thousand characters": "sosiaalityö " * 900,
    "one long word": "ä" * 10_000,
    "a backslash and a percent": "\\ % _ '; --",
    "an emoji and a joiner": "👩‍👩‍👧\u202e",
    "spaces": "   ",
}


def address(path: str) -> tuple[str, str]:
    """The path and the name of its search parameter."""
    path, _mark, parameter = path.partition("?")
    return path, parameter.rstrip("=") or "q"


@pytest.mark.parametrize("path", SEARCHES)
def test_whatever_is_typed_a_search_answers(path: str, administrator: User, sign_in: SignIn) -> None:
    client = sign_in(administrator)
    path, parameter = address(path)
    for typed in TYPED.values():
        response = client.get(path, {parameter: typed})
        assert response.status_code in {200, 400}, typed[:40]


@pytest.mark.parametrize("path", ["/hallinta/images/", "/hallinta/pages/search/", "/hallinta/choose-page/search/"])
@pytest.mark.parametrize(("query", "status"), [("q=%00", 400), ("q=a%00b", 400), ("q=%ff%fe", 200), ("q=%c3%28", 200)])
def test_what_no_browser_sends_breaks_nothing(
    path: str, query: str, status: int, editor: User, sign_in: SignIn
) -> None:
    assert sign_in(editor).get(f"{path}?{query}").status_code == status


@pytest.mark.parametrize("path", LISTS)
def test_every_list_opens_and_can_be_put_in_order(path: str, administrator: User, sign_in: SignIn) -> None:
    client = sign_in(administrator)
    page = client.get(path)
    assert page.status_code == 200
    for column in page.context["table"].columns.values():
        if column.sort_key:
            assert client.get(path, {"ordering": column.sort_key}).status_code == 200


def test_a_term_is_found_inside_a_compound_word_and_by_its_other_words(editor: User, sign_in: SignIn) -> None:
    TaskArea.objects.create(code="koe", name_fi="Vaikuttavuustutkimus", aliases="mittaaminen")
    client = sign_in(editor)
    for typed in ["tutkimus", "MITTAAMINEN"]:
        assert "Vaikuttavuustutkimus" in client.get(LISTS[0], {"q": typed}).content.decode()


def test_an_organisation_is_filtered_by_type(editor: User, sign_in: SignIn) -> None:
    pages.organisation(name_fi="Yhdistys Alfa")
    pages.organisation(name_fi="Kunta Beeta", type=Organisation.Type.MUNICIPALITY)
    page = sign_in(editor).get("/hallinta/snippets/organisations/organisation/", {"type": "ngo"}).content.decode()
    assert "Yhdistys Alfa" in page
    assert "Kunta Beeta" not in page


def question() -> Question:
    made = Question(code="m1-k1", kind="single", prompt="Mikä näistä?")
    made.options = [QuestionOption(text="a", correct=True), QuestionOption(text="b")]
    made.save()
    return made


def test_the_list_of_questions_shows_the_newest_version(teacher: User, sign_in: SignIn) -> None:
    asked = question()
    asked.prompt = "Mikä näistä kolmesta?"
    asked.save()
    version = current_version(asked)
    assert version
    page = sign_in(teacher).get("/hallinta/snippets/courses/question/")
    assert [row.current_number for row in page.context["object_list"]] == [version.number] == [2]


def test_the_list_of_events_says_the_day_of_what_is_coming(editor: User, sign_in: SignIn) -> None:
    starts = datetime.datetime(2099, 1, 27, 12, tzinfo=datetime.UTC)
    pages.event([(starts, starts + datetime.timedelta(hours=2))])
    pages.event([])
    assert "27.1.2099" in sign_in(editor).get("/hallinta/snippets/events/event/").content.decode()


def refused(response: Any) -> str:
    """The messages shown where the person is sent."""
    return " ".join(str(message) for message in response.context["messages"])


def test_what_is_in_use_is_not_deleted_and_the_answer_names_the_user(administrator: User, sign_in: SignIn) -> None:
    page = pages.organisation_page()
    client = sign_in(administrator)
    path = f"/hallinta/snippets/organisations/organisation/delete/{page.organisation_id}/"
    # The index of references may not know of the page yet.
    ReferenceIndex.objects.all().delete()
    answer = client.post(path, follow=True, headers={"Referer": f"http://testserver{path}"})
    assert answer.status_code == 200
    assert page.title in refused(answer)
    assert Organisation.objects.filter(pk=page.organisation_id).exists()


def test_deleting_many_rows_answers_the_same_way(administrator: User, sign_in: SignIn) -> None:
    page = pages.organisation_page()
    free = pages.organisation()
    ReferenceIndex.objects.all().delete()
    path = f"/hallinta/bulk/organisations/organisation/delete/?id={page.organisation_id}&id={free.pk}"
    answer = sign_in(administrator).post(path, follow=True)
    assert answer.status_code == 200
    assert page.title in refused(answer)
    assert Organisation.objects.filter(pk__in=[page.organisation_id, free.pk]).count() == 2


@pytest.mark.parametrize("make", [pages.event_page, pages.organisation_page])
def test_a_second_live_page_of_the_same_thing_is_refused_in_words(
    administrator: User, sign_in: SignIn, make: Callable[[], Page]
) -> None:
    page = make()
    copied = {
        "new_title": "Kopio",
        "new_slug": "kopio",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
    }
    answer = sign_in(administrator).post(f"/hallinta/pages/{page.pk}/copy/", copied, follow=True)
    assert answer.status_code == 200
    assert "jo sivu tällä kielellä" in refused(answer)
    assert not Page.objects.filter(slug="kopio").exists()


@pytest.mark.usefixtures("background")
def test_the_use_of_a_row_is_shown_before_it_is_deleted(administrator: User, sign_in: SignIn) -> None:
    page = pages.organisation_page()
    client = sign_in(administrator)
    path = f"/hallinta/snippets/organisations/organisation/delete/{page.organisation_id}/"
    confirmation = client.get(path)
    assert confirmation.context["usage_count"] == 1
    assert confirmation.context["is_protected"]
    usage = client.get(f"/hallinta/snippets/organisations/organisation/usage/{page.organisation_id}/")
    assert page.title in usage.content.decode()


def test_a_question_that_was_asked_is_not_deleted(administrator: User, sign_in: SignIn) -> None:
    asked = question()
    answer = sign_in(administrator).post(f"/hallinta/snippets/courses/question/delete/{asked.pk}/", follow=True)
    assert answer.status_code == 200
    assert Question.objects.filter(pk=asked.pk).exists()
    assert "m1-k1 v1" in refused(answer)


def test_a_document_that_a_resource_offers_is_not_deleted(administrator: User, sign_in: SignIn, tmp_path: Any) -> None:
    document = SiteDocument.objects.create(title="Ohje", file="documents/ohje.pdf")
    resource = pages.resource(document=document)
    ReferenceIndex.objects.all().delete()
    client = sign_in(administrator)
    for path in [
        f"/hallinta/documents/delete/{document.pk}/",
        f"/hallinta/bulk/common/sitedocument/delete/?id={document.pk}",
    ]:
        answer = client.post(path, follow=True)
        assert answer.status_code == 200, path
        assert resource.title in refused(answer)
    script = client.post(
        f"/hallinta/documents/multiple/{document.pk}/delete/", headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert script.status_code == 409
    assert resource.title in script.json()["error_message"]
    assert SiteDocument.objects.filter(pk=document.pk).exists()


def test_a_free_row_is_deleted(administrator: User, sign_in: SignIn) -> None:
    row = Phenomenon.objects.create(code="koe", name_fi="Koe")
    sign_in(administrator).post(f"/hallinta/snippets/vocabulary/phenomenon/delete/{row.pk}/")
    assert not Phenomenon.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("code", ["uusi-koodi", "perusteet"])
def test_a_course_is_made_with_its_rows(code: str, teacher: User, sign_in: SignIn) -> None:
    Course.objects.create(name_fi="Perusteet", code="perusteet", hours=27)
    data = {
        "name_fi": "Uusi kurssi",
        "code": code,
        "hours": "27",
        "credits": "1",
        "assessment": "pass",
        "participation": Course().participation,
        **{f"institutions-{key}_FORMS": 0 for key in ["TOTAL", "INITIAL"]},
        "teachers-TOTAL_FORMS": 1,
        "teachers-INITIAL_FORMS": 0,
        "teachers-0-title_fi": "Yliopettaja",
        "teachers-0-ORDER": 1,
    }
    response = sign_in(teacher).post("/hallinta/snippets/courses/course/add/", data)
    # A code that exists is an error beside the field.
    assert response.status_code == (302 if code == "uusi-koodi" else 200)
    assert Course.objects.filter(teachers__title_fi="Yliopettaja").exists() == (code == "uusi-koodi")


def test_the_image_model_is_ours() -> None:
    assert get_image_model()._meta.label == "common.SiteImage"

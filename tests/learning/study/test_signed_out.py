"""What was written while the session ended: every page with a free text shows it to be copied."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
RUN, WORK, ONE = ["syksy"], ["syksy", "tehtava-1"], [uuid.UUID(int=1)]
PAGES = [
    ("study:review", ONE, "words"),
    ("study:review_appeal", ONE, "text"),
    ("study:feedback", WORK, "message"),
    ("study:ask", RUN, "text"),
    ("study:question", [*RUN, *ONE], "text"),
    ("study:question_change", [*RUN, *ONE], "text"),
    ("study:course_feedback", RUN, "keep"),
    ("study:write", WORK, "body"),
    ("study:journal_new", WORK, "body"),
]


@pytest.mark.parametrize(("name", "of", "field"), PAGES)
def test_words_are_shown_to_be_copied_and_the_way_leads_back(name: str, of: list[object], field: str) -> None:
    path = reverse(name, args=of)
    answer = Client().post(path, {field: "Pitkään mietityt sanat.\n\nJa <b>toinen</b> kappale.", "key": "1-2-3"})
    assert answer.status_code == 401
    assert answer["Cache-Control"] == "private, no-store"
    page = BeautifulSoup(answer.content, "html.parser")
    [words] = page.select("textarea")
    assert words.text.split() == "Pitkään mietityt sanat. Ja <b>toinen</b> kappale.".split()
    assert page.select(f'main a[href$="next={path}"]')


def test_what_was_chosen_is_told_in_words() -> None:
    answer = Client().post(
        reverse("study:course_feedback", args=RUN), {"useful": "4", "access": "0", "group": "student"}
    )
    assert answer.status_code == 401
    [words] = BeautifulSoup(answer.content, "html.parser").select("textarea")
    assert words.text.split("\n") == [
        "",
        "Voin käyttää oppimaani työssäni tai opinnoissani. – Jokseenkin samaa mieltä",
        "Palvelua oli helppo käyttää, myös omalla laitteellani tai apuvälineelläni. – En osaa sanoa",
        "Opiskelija",
    ]


def test_a_button_without_words_leads_to_signing_in() -> None:
    answer = Client().post(reverse("study:question_act", args=[*RUN, *ONE]), {"act": "hide"})
    assert answer["Location"].startswith("/tili/login/?next=/opinnot/syksy/kysymykset/")

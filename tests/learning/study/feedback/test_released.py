"""The writer's page of the feedback: what was released, the comments beside the words, what to do next."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from learning.study.feedback.drawing import html_of
from learning.study.feedback.printed import pdf_of
from learning.study.feedback.released import Note, feedback_of
from learning.study.models import InlineComment, SubmissionVersion
from tests.learning.study.factories import enrolled, make_person
from tests.learning.study.feedback.conftest import address_of, page_of
from tests.learning.study.handing_in import handed_in
from tests.learning.study.marking.conftest import Desk, make_desk
from tests.learning.study.visiting import signed_in
from texts import Flat

pytestmark = pytest.mark.django_db
Commented = Callable[..., InlineComment]


def writer(desk: Desk) -> Any:
    return desk.work.enrolment.learner


def test_nothing_is_told_before_it_is_released(desk: Desk, note: Commented) -> None:
    note("arjessa", "Salainen vielä.")
    page = page_of(signed_in(writer(desk)), address_of(desk))
    assert "Salainen vielä." not in page and "noted" not in page
    assert signed_in(writer(desk)).get(address_of(desk, "palaute.pdf")).status_code == 404
    assert signed_in(writer(desk)).get(address_of(desk, "palaute.txt")).status_code == 404


def test_the_outcome_words_and_criteria_are_told(desk: Desk) -> None:
    criteria = [{"id": 1, "title": "Lähteet", "fulfils": "On.", "lacks": "Ei.", "value": 1, "words": "Hyvin valitut."}]
    desk.give(desk.teacher, words="Selkeä työ.", criteria=criteria)
    page = page_of(signed_in(writer(desk)), address_of(desk))
    for said in ("Hyväksytty", "Selkeä työ.", "Lähteet", "Hyvin valitut.", "Opettaja Testi"):
        assert said in page


def test_what_the_level_of_a_criterion_means_is_told_with_it_in_each_form_of_the_feedback() -> None:
    def criterion(number: int, value: int) -> dict[str, Any]:
        told = {"fulfils": f"Erottaa rakenteen {number}.", "lacks": f"Puuttuu {number}."}
        return {"id": number, "title": f"Kriteeri {number}", "value": value, "words": "Perusteltu.", **told}

    passed, graded = make_desk(), make_desk(scale="grade")
    passed.give(passed.teacher, criteria=[criterion(1, 1), criterion(2, 0)])
    graded.give(graded.teacher, grade=4, criteria=[criterion(1, 4), criterion(2, 5)])
    for desk, there, absent in (
        (passed, ["Erottaa rakenteen 1.", "Puuttuu 2."], ["Puuttuu 1.", "Erottaa rakenteen 2."]),
        (graded, ["0: Puuttuu 1.", "5: Erottaa rakenteen 1.", "5: Erottaa rakenteen 2."], ["Puuttuu 2."]),
    ):
        client, printed = signed_in(writer(desk)), pdf_of(feedback_of(desk.again()))
        forms = [
            page_of(client, address_of(desk)),
            client.get(address_of(desk, "palaute.txt")).content.decode(),
            " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages).split()),
        ]
        for form in forms:
            assert "Perusteltu." in form
            assert all(words in form for words in there), (there, form)
            assert not any(words in form for words in absent)


def test_a_grade_is_told() -> None:
    desk = make_desk(scale="grade")
    desk.give(desk.teacher, grade=4)
    assert "Arvosana 4" in page_of(signed_in(writer(desk)), address_of(desk))


def test_comments_are_numbered_in_the_text_and_beside_it(desk: Desk, note: Commented) -> None:
    note("joka päivä", "Kuinka usein?")
    note("Rakenne näkyy arjessa", "Missä se näkyy?")
    note("", "Kokonaisuus toimii.")
    desk.give(desk.teacher)
    soup = BeautifulSoup(page_of(signed_in(writer(desk)), address_of(desk)), "html.parser")
    assert [mark.get_text() for mark in soup.select("mark.noted")] == ["Rakenne näkyy ", "arjessa", "joka päivä"]
    for number, said in ((1, "Kokonaisuus toimii."), (2, "Missä se näkyy?"), (3, "Kuinka usein?")):
        comment = soup.select_one(f"#kommentti-{number}")
        assert comment is not None and said in comment.get_text()
    for number in (2, 3):
        assert soup.select_one(f"#kohta-{number}") and soup.select(f'a[href="#kommentti-{number}"]')
        assert soup.select(f'#kommentti-{number} a[href="#kohta-{number}"]')


def test_only_its_writer_opens_it(desk: Desk) -> None:
    desk.give(desk.teacher)
    for person in (desk.teacher, enrolled(desk.run).learner, make_person("muu")):
        for file in ("", "palaute.txt", "palaute.pdf"):
            assert signed_in(person).get(address_of(desk, file)).status_code == 404
        assert signed_in(person).post(address_of(desk), {"message": "Hei."}).status_code == 404


def test_what_is_to_be_completed_leads_to_writing(desk: Desk) -> None:
    desk.give(desk.teacher, outcome="again", words="Lisää lähteet.")
    page = page_of(signed_in(writer(desk)), address_of(desk))
    assert f"/opinnot/{desk.run.code}/tehtava/{desk.task.assignment.code}/kirjoita/" in page


def test_earlier_rounds_stay_to_be_read(desk: Desk, note: Commented) -> None:
    note("arjessa", "Ensimmäinen huomio.")
    desk.give(desk.teacher, outcome="again", words="Lisää lähteet.")
    work = desk.again()
    version = SubmissionVersion.objects.create(
        submission=work, number=2, body=Flat.of_notation("Uusi teksti.").json(), handed_in_at=timezone.now()
    )
    work.status = "handed_in"
    work.save()
    client = signed_in(writer(desk))
    assert "Palautit version 2" in page_of(client, address_of(desk))
    desk.give(desk.teacher, words="Nyt hyvä.", version=version.number)
    page = page_of(client, address_of(desk))
    assert page.index("Nyt hyvä.") < page.index("Lisää lähteet.") < page.index("Ensimmäinen huomio.")


def test_a_note_to_teachers_is_never_told(desk: Desk) -> None:
    desk.give(desk.teacher, note="Vain opettajille.")
    client = signed_in(writer(desk))
    assert "Vain opettajille." not in page_of(client, address_of(desk))
    assert "Vain opettajille." not in client.get(address_of(desk, "palaute.txt")).content.decode()


def test_the_page_takes_as_many_queries_for_many_comments(desk: Desk, note: Commented) -> None:
    client = signed_in(writer(desk))

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address_of(desk)).status_code == 200
        return len(counted)

    note("arjessa")
    desk.give(desk.teacher)
    client.get(address_of(desk))
    few = queries()
    for _number in range(20):
        note("Rakenne")
    assert queries() == few <= 26


class TestDrawing:
    def drawn(self, text: str, *places: tuple[int, int]) -> str:
        flat = Flat.of_notation(text)
        rows = [InlineComment(start=start, end=end, quote=flat.text[start:end], text="x") for start, end in places]
        return html_of(flat, [Note(number, row) for number, row in enumerate(rows, 1)])

    def test_marks_that_overlap_are_cut_and_nothing_of_the_text_is_lost(self) -> None:
        html = self.drawn("abc def ghi", (0, 7), (4, 11))
        assert "".join(re.findall(r">([^<>]+)</mark>", html)) == "abc def ghi"
        assert 'id="kohta-1"' in html and 'id="kohta-2"' in html

    def test_a_comment_over_blocks_has_one_number_at_its_end(self) -> None:
        html = self.drawn("yksi\n\nkaksi", (0, 10))
        assert html.count("#kommentti-1") == 1
        assert html.index("#kommentti-1") > html.index("kaksi")
        assert html.count("<mark") == 2

    def test_numbers_stand_outside_links(self) -> None:
        soup = BeautifulSoup(self.drawn("Katso [tämä sivu](https://example.org/) ensin", (6, 10)), "html.parser")
        assert not soup.select("a a")
        assert soup.select('a[href="https://example.org/"]')[0].get_text() == "tämä sivu"

    def test_the_text_is_never_markup(self) -> None:
        assert "<script>" not in self.drawn("<script>alert(1)</script> ja muuta", (0, 8))


def test_another_learners_feedback_is_not_reached_by_the_same_address(desk: Desk) -> None:
    desk.give(desk.teacher, words="Ensimmäiselle.")
    other = enrolled(desk.run)
    handed_in(other, desk.task)
    assert "Ensimmäiselle." not in page_of(signed_in(other.learner), address_of(desk))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_is_in_the_readers_language(desk: Desk, language: str) -> None:
    desk.give(desk.teacher)
    page = page_of(signed_in(writer(desk)), f"/{language}{address_of(desk)}")
    assert f'<html lang="{language}"' in page


def test_on_a_swedish_page_the_criteria_are_marked_as_finnish_and_their_levels_are_not(desk: Desk) -> None:
    desk.give(desk.teacher, criteria=[{"id": 1, "title": "Lähteet", "fulfils": "On.", "lacks": "Ei.", "value": 1}])
    page = BeautifulSoup(page_of(signed_in(writer(desk)), f"/sv{address_of(desk)}"), "html.parser")
    [criteria] = page.select(".assessed")
    assert {str(title.get("lang")) for title in criteria.select("dt")} == {"fi"}
    levels = criteria.select(".assessed__level")
    assert levels
    assert not [level for level in levels if level.find_parent(lang="fi") or level.get("lang")]

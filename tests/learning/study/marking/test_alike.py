"""Passages that works have alike: what is told of, what is left out, and that it stays a hint."""

import time

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from learning.study.marking.alike import compare_works, dismiss, pair_of
from learning.study.marking.passages import Compared, Read
from learning.study.models import Likeness, Submission, SubmissionVersion
from tests.learning.study.factories import enrolled
from tests.learning.study.handing_in import handed_in
from tests.learning.study.marking.conftest import Desk, make_desk
from tests.learning.study.visiting import signed_in

COPIED = (
    "Rakenteellisella sosiaalityöllä tarkoitetaan toimintaa, jolla pyritään vaikuttamaan ihmisten elinoloihin "
    "ja palvelujen rakenteisiin yhdessä asiakkaiden, yhteisöjen ja päättäjien kanssa pitkäjänteisesti ja avoimesti "
    "niin, että tieto kulkee."
)


def compare_all() -> None:
    while compare_works():
        pass


@pytest.mark.django_db
def test_two_works_with_a_long_passage_alike_are_told_of_with_the_places() -> None:
    desk = make_desk(f"Aloitan tästä. {COPIED} Sitten omin sanoin.")
    other = handed_in(enrolled(desk.run), desk.task, f"Toinen alku on pidempi. {COPIED}")
    compare_all()
    row = Likeness.objects.get()
    [[start, end, other_start, other_end]] = row.passages
    one, two = desk.work.versions.get(), other.versions.get()
    assert (row.first, row.second) == (one, two)
    assert one.body["text"][start:end] == two.body["text"][other_start:other_end] == COPIED.rstrip(".")
    assert row.percent > 60


@pytest.mark.django_db
def test_what_the_assignment_says_and_what_is_quoted_is_not_told_of() -> None:
    desk = make_desk(f"{COPIED} Oma.", instructions=f"<p>{COPIED}</p>")
    handed_in(enrolled(desk.run), desk.task, f"{COPIED} Toinen.")
    quoted = make_desk(f"> {COPIED}\n\nOma ajatus.")
    handed_in(enrolled(quoted.run), quoted.task, f"Alku.\n\n> {COPIED}")
    compare_all()
    assert not Likeness.objects.exists()


@pytest.mark.django_db
def test_works_of_other_assignments_and_those_taken_back_are_not_compared(desk: Desk) -> None:
    for status in ("handed_in", "taken_back"):
        one = make_desk(COPIED)
        two = one if status == "taken_back" else make_desk(COPIED)
        if status == "taken_back":
            other = handed_in(enrolled(two.run), two.task, COPIED)
            Submission.objects.filter(pk=other.pk).update(status=status)
    compare_all()
    assert not Likeness.objects.exists()


@pytest.mark.django_db
def test_nothing_is_looked_for_where_the_run_does_not_want_it() -> None:
    desk = make_desk(COPIED, hints_at_likeness=False)
    handed_in(enrolled(desk.run), desk.task, COPIED)
    compare_all()
    assert not Likeness.objects.exists()
    assert not SubmissionVersion.objects.filter(compared_at=None).exists()


@pytest.mark.django_db
def test_a_hint_changes_nothing_of_the_work_and_is_dismissed_by_a_teacher() -> None:
    desk = make_desk(COPIED)
    handed_in(enrolled(desk.run), desk.task, COPIED)
    compare_all()
    assert desk.again().status == "handed_in"
    row = dismiss(row=Likeness.objects.get(), by=desk.assistant)
    assert row.dismissed_by == desk.assistant
    compare_all()
    assert Likeness.objects.get().dismissed_at is not None


@pytest.mark.django_db
def test_what_is_shown_side_by_side_is_text_alone() -> None:
    desk = make_desk(f"<script>x</script> {COPIED}")
    handed_in(enrolled(desk.run), desk.task, COPIED)
    compare_all()
    row = Likeness.objects.get()
    pair = pair_of(row, row.second, desk.teacher)
    assert pair.sides[0].version == row.second
    assert "<script>" not in pair.sides[1].html
    assert pair.sides[1].html.count("<mark>") == 1


@pytest.mark.django_db
def test_the_top_of_the_page_leads_to_each_passage() -> None:
    desk = make_desk(f'Alku id="k0-9". {COPIED}')
    handed_in(enrolled(desk.run), desk.task, COPIED)
    compare_all()
    way = reverse("run_likeness", args=[desk.run.code, desk.work.public_id, Likeness.objects.get().pk])
    page = BeautifulSoup(signed_in(desk.teacher).get(way).content, "html.parser")
    leads = [str(each["href"]) for each in page.select("p.row a[href^='#k0-']")]
    assert leads == ["#k0-1"] and page.select_one(".alike mark #k0-1")


def test_words_in_a_row_that_many_have_come_from_something_that_all_have_read() -> None:
    texts = {number: Read(f"Oma {number}. {COPIED}") for number in range(30)}
    assert Compared(texts).pairs({1}) == []


def test_signs_and_letters_of_another_size_do_not_hide_a_passage() -> None:
    one, other = (
        Read("Yksi, kaksi – kolme neljä viisi kuusi SEITSEMÄN!"),
        Read("yksi kaksi kolme\nneljä viisi kuusi seitsemän"),
    )
    compared = Compared({1: one, 2: other})
    assert [each.words for each in compared.passages(1, 2)] == [7]


def made(number: int, words: int = 700) -> str:
    """A text of made-up words, of its own for each number."""
    return " ".join(f"sana{(number * 7919 + at * 31) % 4000}x{(number * at) % 97}" for at in range(words))


@pytest.mark.parametrize(("works", "seconds"), [(30, 2.0), (500, 12.0)])
def test_the_works_of_a_run_are_compared_in_seconds(works: int, seconds: float) -> None:
    texts = {number: Read(made(number)) for number in range(works)}
    texts[works] = Read(f"{made(3)[:2000]} {made(works)}")
    began = time.process_time()
    compared = Compared(texts)
    found = [(pair, compared.passages(*pair)) for pair in compared.pairs(set(texts))]
    took = time.process_time() - began
    print(f"{works} works of 700 words: {took:.2f} s")
    assert (3, works) in dict(found)
    assert took < seconds

"""Comments on words, names that tell nothing, and words that are used again."""

import pytest

from learning.study.errors import NotTheTeacher
from learning.study.marking import errors
from learning.study.marking.commenting import (
    comment,
    count_used,
    forget_reusable,
    keep_reusable,
    remove_comment,
    reusable_for,
)
from learning.study.marking.names import code_of, name_for
from learning.study.models import SubmissionVersion
from tests.learning.study.factories import enrolled, make_person
from tests.learning.study.handing_in import handed_in
from tests.learning.study.marking.conftest import Desk, make_desk

pytestmark = pytest.mark.django_db


def version_of(desk: Desk) -> SubmissionVersion:
    return desk.work.versions.get()


def test_words_are_found_by_their_place_or_as_they_were_typed(desk: Desk) -> None:
    by_place = comment(version=version_of(desk), by=desk.teacher, start=8, end=13, quote="näkyy", text="Miten?")
    typed = comment(version=version_of(desk), by=desk.assistant, quote=" arjessa ", text="Kenen?")
    assert (by_place.start, by_place.end) == (8, 13)
    assert (typed.start, typed.end, typed.quote) == (14, 21, "arjessa")


def test_words_at_a_wrong_place_are_looked_for_and_others_refused(desk: Desk) -> None:
    assert comment(version=version_of(desk), by=desk.teacher, start=0, end=5, quote="näkyy", text="Miten?").start == 8
    with pytest.raises(errors.NoSuchWords):
        comment(version=version_of(desk), by=desk.teacher, quote="ei ole tekstissä", text="Missä?")


def test_an_empty_comment_is_refused_and_strangers_say_nothing(desk: Desk) -> None:
    with pytest.raises(errors.NothingSaid):
        comment(version=version_of(desk), by=desk.teacher, text="  ")
    with pytest.raises(NotTheTeacher):
        comment(version=version_of(desk), by=make_person("vieras"), text="Hei.")


def test_a_comment_is_taken_away_by_its_writer_until_the_learner_has_seen_it(desk: Desk) -> None:
    row = comment(version=version_of(desk), by=desk.teacher, text="Hyvä.")
    with pytest.raises(errors.NotOwnComment):
        remove_comment(comment=row, by=desk.leader)
    remove_comment(comment=row, by=desk.teacher)
    seen = comment(version=version_of(desk), by=desk.teacher, text="Hyvä.")
    desk.give(desk.teacher)
    with pytest.raises(errors.NotOwnComment):
        remove_comment(comment=seen, by=desk.teacher)


def test_of_an_assessed_work_the_learner_sees_a_new_comment_at_once(desk: Desk) -> None:
    desk.give(desk.teacher)
    assert comment(version=version_of(desk), by=desk.teacher, text="Vielä tämä.").released_at is not None


def test_a_work_marked_anonymously_has_a_name_that_tells_nothing_until_it_is_released() -> None:
    desk = make_desk(is_marked_anonymously=True)
    learner = desk.work.enrolment.learner
    name = name_for(desk.teacher, desk.again())
    assert learner.last_name not in name
    assert code_of(desk.again()) in name
    assert name == name_for(desk.leader, desk.again())
    desk.give(desk.teacher)
    assert name_for(desk.teacher, desk.again()) == str(learner)


def test_names_without_names_are_in_no_order() -> None:
    desk = make_desk(is_marked_anonymously=True)
    codes = [code_of(handed_in(enrolled(desk.run), desk.task)) for _ in range(12)]
    assert len(set(codes)) == 12
    assert codes != sorted(codes)
    assert codes != sorted(codes, reverse=True)


def test_own_words_and_shared_ones_are_offered_the_most_used_first(desk: Desk) -> None:
    own = keep_reusable(run=desk.run, by=desk.teacher, title="Lähteet", text="Merkitse lähteet.", is_shared=False)
    shared = keep_reusable(run=desk.run, by=desk.leader, title="Rakenne", text="Nimeä rakenne.", is_shared=True)
    keep_reusable(run=desk.run, by=desk.leader, title="Oma", text="Omaa.", is_shared=False)
    count_used(desk.teacher, desk.run.course, [shared.pk, shared.pk])
    assert list(reusable_for(desk.teacher, desk.run.course)) == [shared, own]
    with pytest.raises(errors.NotOwnComment):
        forget_reusable(row=shared, by=desk.teacher)
    with pytest.raises(errors.NotOwnComment):
        keep_reusable(run=desk.run, by=desk.teacher, title="x", text="y", is_shared=True, row=shared)

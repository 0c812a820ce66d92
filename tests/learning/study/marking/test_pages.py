"""The queue and the page of a work, as teachers have them in the browser."""

import datetime
import itertools
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from drafts.models import Draft
from learning.study.marking.commenting import MOST_REUSABLE, comment, forget_reusable, keep_reusable
from learning.study.marking.names import code_of
from learning.study.models import ReusableComment, Submission, SubmissionFile, SubmissionVersion
from tests.learning.study.factories import enrolled, make_person
from tests.learning.study.handing_in import assigned, handed_in
from tests.learning.study.marking.conftest import Desk, make_desk
from tests.learning.study.reviewing.peers import peers

pytestmark = pytest.mark.django_db


def at(desk: Desk, work: Submission | None = None) -> str:
    return reverse("run_mark", args=[desk.run.code, (work or desk.work).public_id])


def queue(desk: Desk) -> str:
    return reverse("run_marking", args=[desk.run.code])


def sent(desk: Desk, **fields: Any) -> dict[str, Any]:
    return {"act": "give", "version": 1, "seen": 0, "outcome": "accepted", "words": "Selkeä.", **fields}


@pytest.fixture
def teacher(client: Client, desk: Desk) -> Client:
    client.force_login(desk.teacher)
    return client


def test_the_queue_has_what_waits_the_oldest_first(teacher: Client, desk: Desk) -> None:
    second = handed_in(enrolled(desk.run, "toinen"), desk.task)
    page = teacher.get(queue(desk)).content.decode()
    assert page.index(str(desk.work.public_id)) < page.index(str(second.public_id))
    desk.give(desk.leader)
    page = teacher.get(queue(desk)).content.decode()
    assert str(desk.work.public_id) not in page
    assert str(desk.work.public_id) in teacher.get(queue(desk) + "?tila=arvioidut").content.decode()


def test_the_page_of_a_work_has_no_bar_of_editors(teacher: Client, desk: Desk) -> None:
    assert "wagtail-userbar" not in teacher.get(at(desk)).content.decode()


def test_only_teachers_of_the_run_have_the_pages_and_nobody_their_own_work(client: Client, desk: Desk) -> None:
    for person in (make_person("vieras"), desk.work.enrolment.learner):
        client.force_login(person)
        assert client.get(at(desk)).status_code in {302, 403, 404}
    client.force_login(desk.assistant)
    assert client.get(at(desk)).status_code == 200


def test_giving_releases_and_goes_to_the_next_work_of_the_filtered_queue(teacher: Client, desk: Desk) -> None:
    second = handed_in(enrolled(desk.run, "toinen"), desk.task)
    answer = teacher.post(at(desk) + f"?tehtava={desk.task.pk}", sent(desk, act="give_next"))
    assert answer.status_code == 302
    assert str(second.public_id) in answer.headers["Location"]
    assert desk.again().status == "accepted"
    last = teacher.post(at(desk, second), sent(desk, act="give_next"))
    assert last.headers["Location"] == queue(desk)


def test_what_was_kept_as_a_draft_is_in_the_form_and_finished_when_given(teacher: Client, desk: Desk) -> None:
    teacher.post(at(desk), sent(desk, act="save", words="Kesken vielä."))
    assert "Kesken vielä." in teacher.get(at(desk)).content.decode()
    teacher.post(at(desk), sent(desk))
    assert Draft.objects.get(form="study.mark").fields == {}


def test_the_slower_of_two_teachers_sees_both_texts_and_nothing_is_overwritten(teacher: Client, desk: Desk) -> None:
    desk.give(desk.leader, "rejected", words="Vastaavan sana.")
    answer = teacher.post(at(desk), sent(desk, words="Oma sanani."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Vastaavan sana." in page
    assert "Oma sanani." in page
    assert desk.again().status == "rejected"
    assert Draft.objects.get(form="study.mark").fields["words"] == ["Oma sanani."]
    # Also when they come back later, without having given it as a change.
    assert "Oma sanani." in teacher.get(at(desk)).content.decode()


def test_the_slower_of_two_teachers_is_not_told_that_they_left_something_out(teacher: Client, desk: Desk) -> None:
    desk.give(desk.leader)
    refused = teacher.post(at(desk), sent(desk))
    assert refused.status_code == 409
    assert not refused.context["form"].errors


def test_the_second_marker_does_not_see_the_first_assessment_or_its_comments(client: Client) -> None:
    desk = make_desk(needs_second_marker=True)
    comment(version=desk.work.versions.get(), by=desk.leader, text="Salainen huomautus.")
    desk.give(desk.leader, words="Salainen palaute.")
    client.force_login(desk.teacher)
    page = client.get(at(desk)).content.decode()
    assert "Salainen" not in page
    assert 'value="give"' in page
    client.force_login(desk.leader)
    assert "Salainen palaute." in client.get(at(desk)).content.decode()


def test_a_work_marked_without_names_has_none_on_any_page(client: Client) -> None:
    desk = make_desk(is_marked_anonymously=True)
    learner = desk.work.enrolment.learner
    client.force_login(desk.teacher)
    for address in (queue(desk), at(desk)):
        page = client.get(address).content.decode()
        assert code_of(desk.again()) in page
        assert learner.first_name not in page
        assert learner.email not in page
        assert str(desk.work.enrolment.public_id) not in page


@pytest.mark.parametrize("is_marked_anonymously", [True, False])
def test_who_has_reviewed_a_work_without_names_is_not_told_as_the_one_who_is_missing_wrote_it(
    client: Client, is_marked_anonymously: bool
) -> None:
    group = peers(3, is_marked_anonymously=is_marked_anonymously)
    group.hand_in()
    group.write_all()
    writer, *others = group.people
    client.force_login(group.teacher)
    page = client.get(reverse("run_mark", args=[group.run.code, group.works[writer.pk].public_id])).content.decode()
    assert page.count("Rakenne kantaa.") == 2
    for other in others:
        assert (str(other.learner) in page) is not is_marked_anonymously
    assert ("Arvio 2" in page) is is_marked_anonymously


def late_and_in_time(desk: Desk) -> tuple[Submission, Submission]:
    """The work of somebody who had more time than others, and one that came before all others."""
    moments = {"myohassa": timezone.now(), "ajoissa": timezone.now() - datetime.timedelta(days=20)}
    works = [handed_in(enrolled(desk.run, name), desk.task) for name in moments]
    for work, (name, moment) in zip(works, moments.items(), strict=True):
        Submission.objects.filter(pk=work.pk).update(handed_in_at=moment)
        work.versions.update(handed_in_at=moment, is_late=name == "myohassa")
    return works[0], works[1]


def told_of_works(client: Client, address: str) -> str:
    """What stands beside the names of works in the queue, or above the text of one."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return " ".join(each.get_text() for each in page.select(".works__one, h1, .byline"))


def test_a_work_marked_without_names_does_not_tell_when_it_came_or_that_it_was_late(client: Client) -> None:
    desk = make_desk(is_marked_anonymously=True)
    late, early = late_and_in_time(desk)
    client.force_login(desk.teacher)
    for address in (queue(desk), at(desk, late), at(desk, early)):
        told = told_of_works(client, address)
        assert code_of(late) in told or code_of(early) in told
        assert "Myöhässä" not in told
        assert "alautettu" not in told
    assert str(late.public_id) not in client.get(queue(desk) + "?myohassa=kylla").content.decode()
    # When the assessment is given, everything is told.
    for work in (late, early):
        client.post(at(desk, work), sent(desk))
    page = client.get(queue(desk) + "?tila=arvioidut&myohassa=kylla").content.decode()
    assert str(late.public_id) in page
    assert str(early.public_id) not in page
    told = told_of_works(client, at(desk, late))
    assert "Myöhässä" in told
    assert "Palautettu" in told


def test_works_without_names_stand_in_an_order_of_their_own_where_they_were_due(client: Client) -> None:
    desk = make_desk(is_marked_anonymously=True, due=timezone.now() - datetime.timedelta(days=5))
    hidden = sorted([desk.work, *late_and_in_time(desk)], key=lambda work: work.public_id)
    named = assigned(desk.run)
    older, newer = (handed_in(enrolled(desk.run, name), named) for name in ("vanha", "uusi"))
    Submission.objects.filter(pk=older.pk).update(handed_in_at=timezone.now() - datetime.timedelta(days=10))
    client.force_login(desk.teacher)
    page = client.get(queue(desk)).content.decode()
    expected = [older, *hidden, newer]
    assert sorted(expected, key=lambda work: page.index(str(work.public_id))) == expected
    # The ways from a work to the next one follow the same order.
    for work, following in itertools.pairwise(expected):
        assert str(following.public_id) in client.get(at(desk, work)).context["after"]
        assert str(work.public_id) in client.get(at(desk, following)).context["before"]


def test_a_comment_without_a_script_finds_the_words_and_keeps_the_feedback(teacher: Client, desk: Desk) -> None:
    fields = sent(desk, act="comment", words="Kesken.", quote="näkyy", comment_text="Miten?")
    answer = teacher.post(at(desk), fields)
    row = desk.work.versions.get().comments.get()
    assert answer.headers["Location"].endswith(f"#thread-{row.pk}")
    page = teacher.get(at(desk)).content.decode()
    assert "Kesken." in page
    assert "Miten?" in page
    assert 'name="comment_text" form="arvioi" rows="3" maxlength="4000" data-personal-data></textarea>' in page


def test_words_that_are_not_in_the_text_are_refused_with_the_comment_kept(teacher: Client, desk: Desk) -> None:
    answer = teacher.post(at(desk), sent(desk, act="comment", quote="ei ole", comment_text="Missä tämä on?"))
    assert answer.status_code == 409
    assert "Missä tämä on?" in answer.content.decode()


def test_assistants_comment_and_give_nothing(client: Client, desk: Desk) -> None:
    client.force_login(desk.assistant)
    client.post(at(desk), {"act": "comment", "comment_text": "Katso lähteet."})
    assert desk.work.versions.get().comments.get().author == desk.assistant
    assert client.post(at(desk), sent(desk)).status_code == 409
    assert desk.again().status == "handed_in"


def test_ready_comments_are_put_in_without_a_script_and_counted_when_given(teacher: Client, desk: Desk) -> None:
    row = keep_reusable(run=desk.run, by=desk.teacher, title="Lähteet", text="Merkitse lähteet.", is_shared=False)
    teacher.post(at(desk), sent(desk, act=f"insert:{row.pk}", words="Hyvä."))
    page = teacher.get(at(desk)).content.decode()
    assert "Hyvä.\n\nMerkitse lähteet.</textarea>" in page
    teacher.post(at(desk), sent(desk, inserted=str(row.pk)))
    row.refresh_from_db()
    assert row.used == 1


def test_ready_comments_have_a_ceiling_of_ones_own_and_what_was_written_stays(teacher: Client, desk: Desk) -> None:
    rows = [
        ReusableComment(course=desk.run.course, owner=desk.teacher, title=f"Sana {number}", text="Hyvä.")
        for number in range(MOST_REUSABLE)
    ]
    ReusableComment.objects.bulk_create(rows)
    address, fields = reverse("run_reusable", args=[desk.run.code]), {"title": "Uusi", "text": "Tämä vielä."}
    answer = teacher.post(address, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tämä vielä.</textarea>" in page
    assert "100 valmista kommenttia" in page
    # One's own can still be changed, and a colleague has room of theirs.
    first = ReusableComment.objects.filter(owner=desk.teacher)[0]
    assert teacher.post(reverse("run_reusable_one", args=[desk.run.code, first.pk]), fields).status_code == 302
    assert keep_reusable(run=desk.run, by=desk.leader, title="Oma", text="Omaa.", is_shared=True).pk
    forget_reusable(row=first, by=desk.teacher)
    assert teacher.post(address, fields).status_code == 302


def test_personal_data_in_feedback_is_asked_about_once(teacher: Client, desk: Desk) -> None:
    fields = sent(desk, words="Soita 040 123 4567.")
    answer = teacher.post(at(desk), fields)
    assert answer.status_code == 422
    assert desk.again().mark is None
    seen = answer.context["form"].seen_value
    fields.pop("act")
    teacher.post(at(desk), fields | {"pressed": "give", "personal_data_seen": seen})
    assert desk.again().mark is not None


def test_a_change_is_made_with_a_reason_and_undone_on_the_page(teacher: Client, desk: Desk) -> None:
    desk.give(desk.leader)
    assert 'value="change"' in teacher.get(at(desk) + "?muuta=1").content.decode()
    fields = sent(desk, act="change", seen=1, outcome="rejected", words="Ei riitä.")
    assert teacher.post(at(desk), fields).status_code == 422
    teacher.post(at(desk), fields | {"reason": "Katsoin väärää työtä."})
    assert desk.again().status == "rejected"
    assert "Katsoin väärää työtä." in teacher.get(at(desk)).content.decode()
    teacher.post(at(desk), {"act": "undo", "seen": 2})
    assert desk.again().status == "accepted"


def test_versions_are_read_and_compared(teacher: Client, desk: Desk) -> None:
    body = {"text": "Rakenne näkyy selvästi arjessa.\n", "blocks": ["p"], "marks": []}
    SubmissionVersion.objects.create(submission=desk.work, number=2, body=body, handed_in_at=timezone.now())
    assert "<ins>" in teacher.get(at(desk) + "?versio=2&vertaa=1").content.decode()
    older = teacher.get(at(desk) + "?versio=1").content.decode()
    assert "selvästi" not in older
    assert 'name="comment_text"' not in older


def test_a_work_that_was_taken_back_leads_to_the_queue(teacher: Client, desk: Desk) -> None:
    Submission.objects.filter(pk=desk.work.pk).update(status="taken_back")
    assert teacher.get(at(desk)).headers["Location"] == queue(desk)


def test_opening_a_work_tells_the_next_teacher(teacher: Client, desk: Desk) -> None:
    teacher.get(at(desk))
    teacher.force_login(desk.leader)
    assert "Opettaja Testi" in teacher.get(at(desk)).content.decode()
    assert "Opettaja Testi" in teacher.get(queue(desk)).content.decode()


def fill(desk: Desk, works: int) -> None:
    for number in range(works):
        work = handed_in(enrolled(desk.run, f"oppija{number}"), desk.task)
        comment(version=desk.work.versions.get(), by=desk.teacher, text=f"Sana {work.pk}.")
        keep_reusable(run=desk.run, by=desk.teacher, title=f"Sana {number}", text="Hyvä.", is_shared=False)


@pytest.mark.parametrize("works", [3, 20])
def test_the_pages_take_as_many_queries_however_much_there_is(
    teacher: Client, desk: Desk, works: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill(desk, works)
    teacher.get(at(desk))
    with django_assert_max_num_queries(14):
        teacher.get(queue(desk))
    with django_assert_max_num_queries(33):
        teacher.get(at(desk))


def test_a_file_of_a_work_marked_without_names_has_none_in_its_name(client: Client, media: Any) -> None:
    desk = make_desk(is_marked_anonymously=True)
    version = desk.work.versions.get()
    kept = default_storage.save("submissions/x/y.pdf", ContentFile(b"%PDF-1.4 tiedosto"))
    row = SubmissionFile.objects.create(version=version, file=kept, name="Oppija_Testi.pdf", size=17, sha256="0")
    client.force_login(desk.teacher)
    assert "Oppija_Testi" not in client.get(at(desk)).content.decode()
    answer = client.get(reverse("study:submission_file", args=[row.public_id]))
    assert answer.status_code == 200
    assert "Oppija" not in answer.headers["Content-Disposition"]
    desk.give(desk.teacher)
    answer = client.get(reverse("study:submission_file", args=[row.public_id]))
    assert "Oppija_Testi.pdf" in answer.headers["Content-Disposition"]


def test_what_one_gave_the_first_assessment_for_does_not_wait_for_them(client: Client) -> None:
    desk = make_desk(needs_second_marker=True)
    desk.give(desk.teacher)
    for person, waits in ((desk.teacher, False), (desk.leader, True)):
        client.force_login(person)
        page = client.get(queue(desk)).content.decode()
        assert (str(desk.work.public_id) in page) is waits
        assert ("1 työ odottaa sinua" in page) is waits

"""The conversation about a work: who takes part, who is told, and that nothing is sent twice."""

from typing import Any

import pytest

from drafts.forms import kind_of
from learning.study.feedback import errors, services
from learning.study.models import SubmissionRemark
from notifications.models import Notification
from tests.learning.study.factories import enrolled, make_run, make_teacher
from tests.learning.study.feedback.conftest import address_of, page_of
from tests.learning.study.marking.conftest import Desk, make_desk
from tests.learning.study.visiting import signed_in


def writer(desk: Desk) -> Any:
    return desk.work.enrolment.learner


def desk_page(desk: Desk) -> str:
    return f"/hallinta/toteutukset/{desk.run.code}/arviointi/{desk.work.public_id}/viestit/"


def test_the_writer_and_the_teachers_talk(desk: Desk) -> None:
    desk.give(desk.teacher)
    mine, theirs = signed_in(writer(desk)), signed_in(desk.teacher)
    assert mine.post(address_of(desk), {"message": "Mitä tarkoitat?"}).status_code == 302
    assert "Mitä tarkoitat?" in page_of(theirs, desk_page(desk))
    assert theirs.post(desk_page(desk), {"message": "Lähteitä."}).status_code == 302
    page = page_of(mine, address_of(desk))
    assert "Lähteitä." in page and "Opettaja Testi" in page


def test_before_the_feedback_its_writer_is_told_why_there_is_no_field_to_write_in(desk: Desk) -> None:
    page = page_of(signed_in(writer(desk)), address_of(desk))
    assert "Voit kirjoittaa opettajille tässä, kun he ovat antaneet palautetta." in page
    assert 'name="message"' not in page and "Voit kysyä palautteesta" not in page


def test_the_other_side_is_told_once_a_day(desk: Desk) -> None:
    desk.give(desk.teacher)
    for text in ("Yksi.", "Kaksi."):
        services.remark(submission=desk.work, by=writer(desk), text=text)
    told = Notification.objects.filter(kind="study.remark_to_teachers")
    # The one who marked answers for it; the others are left in peace.
    assert [row.person for row in told] == [desk.teacher]
    services.remark(submission=desk.work, by=desk.leader, text="Kolme.")
    assert [row.person for row in Notification.objects.filter(kind="study.remark")] == [writer(desk)]


def test_what_is_sent_twice_is_said_once(desk: Desk) -> None:
    desk.give(desk.teacher)
    client = signed_in(writer(desk))
    for _time in range(2):
        client.post(address_of(desk), {"message": "Kiitos."})
    assert SubmissionRemark.objects.count() == 1


def test_the_writer_begins_when_there_is_feedback(desk: Desk) -> None:
    with pytest.raises(errors.NotYet):
        services.remark(submission=desk.work, by=writer(desk), text="Joko?")
    services.remark(submission=desk.work, by=desk.teacher, text="Saanko kysyä?")
    services.remark(submission=desk.work, by=writer(desk), text="Kysy vain.")


def test_nobody_else_talks_or_reads(desk: Desk) -> None:
    desk.give(desk.teacher)
    for person in (enrolled(desk.run).learner, make_teacher(make_run())):
        with pytest.raises(errors.NotOfTheWork):
            services.remark(submission=desk.work, by=person, text="Hei.")
    assert signed_in(make_teacher(make_run())).get(desk_page(desk)).status_code == 404
    assert signed_in(desk.assistant).get(desk_page(desk)).status_code == 200


def test_personal_data_is_asked_about_on_both_sides(desk: Desk) -> None:
    desk.give(desk.teacher)
    for client, path in (
        (signed_in(writer(desk)), address_of(desk)),
        (signed_in(desk.teacher), desk_page(desk)),
    ):
        response = client.post(path, {"message": "Asiakkaan hetu on 131052-308T."})
        assert response.status_code == 422
        assert "131052-308T" in response.content.decode()
    assert not SubmissionRemark.objects.exists()


def test_a_work_that_is_marked_without_names_shows_none_on_the_desk() -> None:
    desk = make_desk(is_marked_anonymously=True)
    services.remark(submission=desk.work, by=desk.teacher, text="Mikä on lähde?")
    services.remark(submission=desk.work, by=writer(desk), text="Laki.")
    page = page_of(signed_in(desk.leader), desk_page(desk))
    assert "Laki." in page
    assert writer(desk).last_name + "</b>" not in page.replace("Opettaja Testi</b>", "")
    assert "Oppija Testi" not in page
    told = Notification.objects.filter(kind="study.remark_to_teachers").first()
    assert told is not None and "Oppija" not in told.facts["who"]


def test_the_draft_is_for_those_who_may_talk(desk: Desk) -> None:
    kind = kind_of("study.remark")
    assert kind is not None
    key = str(desk.work.public_id)
    assert not kind.may_write(writer(desk), key)
    desk.give(desk.teacher)
    assert kind.may_write(writer(desk), key) and kind.may_write(desk.teacher, key)
    assert not kind.may_write(enrolled(desk.run).learner, key)
    path = kind.address(key)
    assert signed_in(writer(desk)).get(path)["Location"] == f"{address_of(desk)}#keskustelu"
    assert signed_in(desk.teacher).get(path)["Location"] == desk_page(desk)
    assert signed_in(enrolled(desk.run).learner).get(path).status_code == 404


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here needs it."""

"""The teacher's pages: the learners of the own runs, deciding about them, writing to them, copying a run."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from learning.courses.models import CourseRun
from learning.study import errors
from learning.study.attempts.services import hand_in
from learning.study.models import Enrolment, RunTeacher
from learning.study.services import teaching
from notifications.models import Notification
from tests.learning.study.factories import enrolled, make_person, make_quiz, make_run, make_teacher
from tests.learning.study.handing_in import assigned
from tests.learning.study.quizzes import begun, page_of, words
from tests.learning.study.quizzes import make_quiz as make_quiz_of_questions
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db


def desk_of(run: CourseRun, part: str = "opiskelijat") -> str:
    return f"/hallinta/toteutukset/{run.code}/{part}/"


def one(enrolment: Enrolment, act: str = "") -> str:
    return f"{desk_of(enrolment.run)}{enrolment.public_id}/{f'{act}/' if act else ''}"


def letter(**fields: Any) -> dict[str, Any]:
    """What is sent when the letter has been looked at."""
    return {"subject": "Huomenna", "text": "Tavataan klo 9.", "key": str(uuid.uuid4()), "send": "1", **fields}


ACTS: list[tuple[str, dict[str, Any]]] = [
    ("hyvaksy", {}),
    ("hylkaa", {"reason": "Ryhmä on sosiaalityöntekijöille."}),
    ("lisaaika", {"days": 7, "percent": 50}),
]


@pytest.mark.parametrize(("act", "sent"), ACTS)
def test_assistants_look_and_decide_nothing(act: str, sent: dict[str, Any]) -> None:
    run = make_run(admission=CourseRun.Admission.APPROVAL)
    applicant, assistant = enrolled(run), make_teacher(run, "avustaja")
    RunTeacher.objects.filter(user=assistant).update(role=RunTeacher.Role.ASSISTANT)
    client = signed_in(assistant)
    page = page_of(client, one(applicant))
    assert not page.select(f'form[action="{one(applicant, act)}"]')
    assert "approve" not in [each["value"] for each in page_of(client, desk_of(run)).select("button[name=act]")]
    client.post(one(applicant, act), sent)
    client.post(desk_of(run), {"act": "approve", "chosen": str(applicant.public_id)})
    before = applicant.status, applicant.extra_days
    applicant.refresh_from_db()
    assert (applicant.status, applicant.extra_days) == before


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (lambda run: make_teacher(run), 200),
        (lambda run: make_person("toimittaja", Role.EDITOR), 404),
        (lambda run: make_person("yllapitaja", Role.ADMINISTRATOR), 404),
        (lambda run: make_teacher(make_run()), 404),
        (lambda run: make_person("kumppani", Role.PARTNER_COORDINATOR), 404),
        (lambda run: make_person("koordinaattori", Role.NETWORK_COORDINATOR), 404),
        (lambda run: enrolled(run).learner, 403),
    ],
    ids=["teacher", "editor", "administrator", "other teacher", "partner", "coordinator", "learner"],
)
def test_the_learners_of_a_run_are_for_its_teachers(who: Callable[[CourseRun], User], answer: int) -> None:
    run = make_run(admission="approval")
    applicant = enrolled(run)
    client = signed_in(who(run))
    for path in (desk_of(run), one(applicant), desk_of(run, "viesti")):
        assert client.get(path).status_code == answer, path
    if answer == 200:
        return
    for act, fields in ACTS:
        assert client.post(one(applicant, act), fields).status_code == answer, act
    assert client.post(desk_of(run), {"chosen": [applicant.public_id], "act": "approve"}).status_code == answer
    assert client.post(desk_of(run, "viesti"), letter(chosen=[applicant.public_id])).status_code == answer
    applicant.refresh_from_db()
    assert (applicant.status, applicant.extra_days) == ("applied", 0)
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (lambda run: make_teacher(run), True),
        (lambda run: make_person("toimittaja", Role.EDITOR), True),
        (lambda run: make_teacher(make_run()), False),
        (lambda run: make_person("kumppani", Role.PARTNER_COORDINATOR), False),
    ],
    ids=["teacher", "editor", "other teacher", "partner"],
)
def test_a_run_is_copied_by_those_who_arrange_it(who: Callable[[CourseRun], User], may: bool) -> None:
    run = make_run()
    client = signed_in(who(run))
    assert client.get(desk_of(run, "kopioi")).status_code == (200 if may else 404)
    answer = client.post(desk_of(run, "kopioi"), {"code": "kopio", "starts": "1.9.2027"})
    assert answer.status_code == (302 if may else 404)
    assert CourseRun.objects.filter(code="kopio").exists() == may


@pytest.mark.parametrize("act", [act for act, _fields in ACTS])
def test_looking_at_the_address_of_an_act_does_nothing(act: str) -> None:
    run = make_run(admission="approval")
    applicant = enrolled(run)
    assert signed_in(make_teacher(run)).get(one(applicant, act)).status_code == 405
    applicant.refresh_from_db()
    assert applicant.status == "applied"


def test_a_stranger_is_asked_to_sign_in() -> None:
    applicant = enrolled(make_run(admission="approval"))
    for path in (desk_of(applicant.run), one(applicant)):
        assert Client().get(path).status_code == 302
    assert Client().post(one(applicant, "hyvaksy")).status_code == 302
    applicant.refresh_from_db()
    assert applicant.status == "applied"


def test_services_refuse_who_does_not_teach_the_run() -> None:
    applicant = enrolled(make_run(admission="approval"))
    for person in (applicant.learner, make_teacher(make_run()), make_person("kumppani", Role.PARTNER_COORDINATOR)):
        with pytest.raises(errors.NotTheTeacher):
            teaching.approve(enrolment=applicant, by=person)
        with pytest.raises(errors.NotTheTeacher):
            teaching.refuse(enrolment=applicant, by=person, reason="Ei.")
        with pytest.raises(errors.NotTheTeacher):
            teaching.extend(enrolment=applicant, by=person, days=1, percent=0)
        with pytest.raises(errors.NotTheTeacher):
            teaching.send_message(run=applicant.run, to=[applicant], by=person, subject="Hei", text="Hei")


def test_an_application_is_approved_to_a_seat_and_the_next_to_the_waiting_list() -> None:
    run = make_run(admission="approval", seats=1)
    first, second = enrolled(run), enrolled(run)
    client = signed_in(make_teacher(run))
    for applicant in (first, second, first):
        assert client.post(one(applicant, "hyvaksy"))["Location"] == one(applicant)
    statuses = Enrolment.objects.filter(run=run).order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["active", "waiting"]
    assert list(Notification.objects.order_by("pk").values_list("kind", flat=True)) == [
        "study.enrolled",
        "study.queued",
    ]


def test_an_application_is_refused_with_a_reason_that_the_applicant_reads() -> None:
    run = make_run(admission="approval")
    applicant = enrolled(run)
    client = signed_in(make_teacher(run))
    assert client.post(one(applicant, "hylkaa"), {"reason": " "}).status_code == 422
    assert client.post(one(applicant, "hylkaa"), {"reason": "Ryhmä on jo valittu."}).status_code == 302
    page = signed_in(applicant.learner).get(f"/opinnot/{run.code}/ilmoittaudu/").content.decode()
    assert "Opettajan perustelu: Ryhmä on jo valittu." in page
    # A teacher who changes their mind lets the person in after all.
    client.post(one(applicant, "hyvaksy"))
    applicant.refresh_from_db()
    assert applicant.status == "active"
    client.post(one(applicant, "hylkaa"), {"reason": "Myöhässä."})
    applicant.refresh_from_db()
    assert applicant.status == "active"


def test_who_has_withdrawn_is_not_approved() -> None:
    run = make_run()
    enrolment = enrolled(run)
    Enrolment.objects.update(status="withdrawn")
    with pytest.raises(errors.NotApplying):
        teaching.approve(enrolment=enrolment, by=make_teacher(run))


def test_chosen_applications_are_approved_together_and_others_are_left() -> None:
    run, other = make_run(admission="approval"), make_run(admission="approval")
    mine, unchosen, foreign = enrolled(run), enrolled(run), enrolled(other)
    client = signed_in(make_teacher(run))
    chosen = [str(mine.public_id), str(foreign.public_id), "keksitty"]
    client.post(desk_of(run), {"chosen": chosen, "act": "approve"})
    states = {row.pk: row.status for row in Enrolment.objects.all()}
    assert states == {mine.pk: "active", unchosen.pk: "applied", foreign.pk: "applied"}


def test_extra_time_is_kept_and_written_down() -> None:
    run = make_run()
    enrolment, client = enrolled(run), signed_in(make_teacher(run))
    for _twice in range(2):
        client.post(one(enrolment, "lisaaika"), {"days": 7, "percent": 50})
    enrolment.refresh_from_db()
    assert (enrolment.extra_days, enrolment.extra_percent, enrolment.status) == (7, 50, "active")
    assert enrolment.events.count() == 2
    for wrong in ({"days": -1, "percent": 0}, {"days": 366, "percent": 0}, {"days": "x", "percent": 0}):
        assert client.post(one(enrolment, "lisaaika"), wrong).status_code == 422


def test_a_letter_waits_for_the_morning_unless_it_must_be_acted_on() -> None:
    run = make_run()
    first, second, withdrawn = enrolled(run), enrolled(run), enrolled(run)
    Enrolment.objects.filter(pk=withdrawn.pk).update(status="withdrawn")
    teacher = make_teacher(run)
    client = signed_in(teacher)
    answer = client.post(desk_of(run, "viesti"), letter(), follow=True)
    assert "Viesti lähtee 2 opiskelijalle seuraavana aamuna kello\N{NO-BREAK SPACE}8." in answer.content.decode()
    told = Notification.objects.filter(kind="study.message")
    assert {row.person_id for row in told} == {first.learner_id, second.learner_id}
    assert mail.outbox == []
    client.post(desk_of(run, "viesti"), letter(chosen=[first.public_id], must_act="on", takes_answers="on"))
    [sent] = mail.outbox
    assert (sent.to, sent.reply_to, sent.subject) == ([first.learner.email], [teacher.email], "Huomenna")
    assert teacher.email not in sent.from_email
    assert "Tavataan klo 9." in sent.body


def test_a_letter_is_looked_at_before_it_is_sent_to_those_who_were_shown() -> None:
    run = make_run()
    first, second = enrolled(run, "Eka"), enrolled(run, "Toka")
    client = signed_in(make_teacher(run))
    seen = client.post(desk_of(run, "viesti"), letter(chosen=[first.public_id], send=[]))
    page = BeautifulSoup(seen.content, "html.parser")
    assert seen.status_code == 200 and not Notification.objects.filter(kind="study.message").exists()
    assert "Tavataan klo 9." in words(page.select_one(".desk-preview"))
    assert [words(each) for each in page.select(".desk-names li")] == ["Eka Testi"]
    form = {str(each["name"]): str(each.get("value", "")) for each in page.select("main form input[type=hidden]")}
    # Back to the form, where everything is as it was.
    again = client.post(desk_of(run, "viesti"), {**form, "edit": "1"})
    field = BeautifulSoup(again.content, "html.parser").find(id="id_text")
    assert words(field) == "Tavataan klo 9."
    client.post(desk_of(run, "viesti"), {**form, "send": "1"})
    assert [row.person_id for row in Notification.objects.filter(kind="study.message")] == [first.learner_id]
    assert second.pk


def test_a_group_is_named_and_an_empty_one_is_not_everybody() -> None:
    run = make_run(starts=timezone.localdate() - datetime.timedelta(days=30))
    make_quiz(run, due=timezone.now() - datetime.timedelta(days=2))
    late, done = enrolled(run, "Myöhä"), enrolled(run, "Valmis")
    Enrolment.objects.filter(pk=done.pk).update(status="completed", completed_at=timezone.now())
    client = signed_in(make_teacher(run))
    page = page_of(client, f"{desk_of(run, 'viesti')}?ryhma=myohassa")
    assert [words(each) for each in page.select(".desk-names li")] == ["Myöhä Testi"]
    assert "Jokin myöhässä" in words(page.select_one(".desk-readers"))
    for query in ("ryhma=vertaisarviot", "ryhma=keksitty", "chosen=keksitty", f"chosen={uuid.uuid4()}"):
        assert not page_of(client, f"{desk_of(run, 'viesti')}?{query}").select("form.desk-letter"), query
    assert late.pk


def test_who_meant_to_choose_and_did_not_writes_to_nobody() -> None:
    run = make_run()
    enrolled(run)
    client = signed_in(make_teacher(run))
    [form] = page_of(client, reverse("run_dashboard", args=[run.code])).select("form:has(table.heat)")
    sent = urlencode({str(each["name"]): str(each["value"]) for each in form.select("input[type=hidden]")})
    answer = client.get(f"{form['action']}?{sent}", follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("run_dashboard", args=[run.code]))
    assert "Valitse ensin opiskelijat" in answer.content.decode()


def test_a_letter_asks_about_personal_data_before_it_is_looked_at() -> None:
    run = make_run()
    enrolled(run)
    client, form = signed_in(make_teacher(run)), letter(text="Asiakkaan henkilötunnus on 131052-308T.")
    answer = client.post(desk_of(run, "viesti"), form)
    assert answer.status_code == 422 and not Notification.objects.filter(kind="study.message").exists()
    button = BeautifulSoup(answer.content, "html.parser").find("button", attrs={"name": "personal_data_seen"})
    assert isinstance(button, Tag)
    assert client.post(desk_of(run, "viesti"), {**form, "personal_data_seen": button["value"]}).status_code == 302
    assert Notification.objects.filter(kind="study.message").exists()


def test_a_letter_is_kept_while_it_is_written_and_forgotten_when_sent() -> None:
    run = make_run()
    enrolled(run)
    teacher = make_teacher(run)
    client = signed_in(teacher)
    path = f"/luonnokset/study.letter/{run.code}/"
    text = {"base": 0, "fields": {"subject": ["Muistutus"], "text": ["Palauta tehtävä."]}, "device": "a", "turn": 1}
    assert client.put(path, text, content_type="application/json").status_code == 200
    assert "Palauta tehtävä." in client.get(desk_of(run, "viesti")).content.decode()
    client.post(desk_of(run, "viesti"), letter())
    assert "Palauta tehtävä." not in client.get(desk_of(run, "viesti")).content.decode()
    stranger = signed_in(make_teacher(make_run()))
    assert stranger.put(path, text, content_type="application/json").status_code == 403


def test_a_heading_of_two_lines_goes_out_as_one_and_turns_nothing_around() -> None:
    run = make_run()
    enrolled(run)
    subject = "Hei\nBcc: \N{RIGHT-TO-LEFT OVERRIDE}kaikki"
    signed_in(make_teacher(run)).post(desk_of(run, "viesti"), letter(subject=subject, must_act="on"))
    [sent] = mail.outbox
    assert sent.message()["Subject"] == "Hei Bcc: kaikki"


def test_the_same_letter_sent_twice_comes_once() -> None:
    run = make_run()
    enrolled(run)
    client, form = signed_in(make_teacher(run)), letter(must_act="on")
    for _twice in range(2):
        assert client.post(desk_of(run, "viesti"), form).status_code == 302
    assert len(mail.outbox) == 1


def test_a_letter_without_text_goes_to_nobody() -> None:
    run = make_run()
    enrolled(run)
    client = signed_in(make_teacher(run))
    assert client.post(desk_of(run, "viesti"), letter(text=" ")).status_code == 422
    assert client.post(desk_of(run, "viesti"), letter(key="x")).status_code == 422
    assert not Notification.objects.filter(kind="study.message").exists()


def test_the_waiting_list_is_shown_in_its_order_and_filtered() -> None:
    run = make_run(seats=1)
    for name in ("Eka", "Toka", "Kolmas"):
        enrolled(run, name)
    client = signed_in(make_teacher(run))
    page = client.get(desk_of(run), {"tila": "waiting"}).content.decode()
    assert "Toka Testi" in page and "Eka Testi" not in page
    assert page.index("Toka Testi") < page.index("Kolmas Testi")
    assert "Jonossa (1)" in page and "Jonossa (2)" in page
    assert client.get(desk_of(run), {"tila": "keksitty"}).status_code == 200


def test_the_list_asks_as_little_for_thirty_learners_as_for_one() -> None:
    run = make_run(seats=20)
    make_quiz(run)
    client = signed_in(make_teacher(run))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(desk_of(run))
        return len(queries)

    enrolled(run)
    asked()
    one_learner = asked()
    for _each in range(29):
        enrolled(run)
    # One more for the places of those who now wait.
    assert asked() <= one_learner + 1


def test_a_copy_has_everything_but_the_learners_with_its_times_moved() -> None:
    run = make_run(
        starts=datetime.date(2027, 3, 1),
        ends=datetime.date(2027, 5, 31),
        enrolment_opens=datetime.date(2027, 2, 1),
        seats=24,
        admission="code",
        enrolment_code="kevät",
    )
    # 23.59 in Finland before and after the clocks go forward.
    for day, hour in ((27, 21), (28, 20)):
        make_quiz(run, due=datetime.datetime(2027, 3, day, hour, 59, tzinfo=datetime.UTC))
    written = datetime.datetime(2027, 3, 27, 21, 59, tzinfo=datetime.UTC)
    said: dict[str, Any] = {
        "peers": "named",
        "reviews_each": 3,
        "late": "refused",
        "weight": 4,
        "is_marked_anonymously": True,
    }
    row = assigned(run, due=written, reviews_due=datetime.datetime(2027, 4, 3, 20, 59, tzinfo=datetime.UTC), **said)
    teacher = make_teacher(run)
    enrolled_before = Enrolment.objects.count()
    client = signed_in(teacher)
    assert client.post(desk_of(run, "kopioi"), {"code": "syksy", "starts": "1.9.2027"}).status_code == 422
    form = {"code": "syksy", "starts": "1.9.2027", "enrolment_code": "syksy27"}
    assert client.post(desk_of(run, "kopioi"), form).status_code == 302
    copy = CourseRun.objects.get(code="syksy")
    assert (copy.starts, copy.ends, copy.enrolment_opens) == (
        datetime.date(2027, 9, 1),
        datetime.date(2027, 12, 1),
        datetime.date(2027, 8, 4),
    )
    assert (copy.seats, copy.admission, copy.enrolment_code) == (24, "code", "syksy27")
    dues = [timezone.localtime(row.due) for row in copy.run_quizzes.order_by("sort_order", "pk") if row.due]
    assert [f"{due:%d.%m. %H.%M}" for due in dues] == ["27.09. 23.59", "28.09. 23.59"]
    copied = copy.run_assignments.get()
    assert (copied.assignment_id, *(getattr(copied, name) for name in said)) == (row.assignment_id, *said.values())
    moments = [f"{timezone.localtime(moment):%d.%m. %H.%M}" for moment in (copied.due, copied.reviews_due) if moment]
    assert moments == ["27.09. 23.59", "04.10. 23.59"]
    assert list(copy.run_teachers.values_list("user", flat=True)) == [teacher.pk]
    assert Enrolment.objects.count() == enrolled_before
    # The code is taken now.
    assert client.post(desk_of(run, "kopioi"), form).status_code == 422


def test_the_page_tells_that_assignments_are_copied_too() -> None:
    run = make_run()
    page = page_of(signed_in(make_teacher(run)), desk_of(run, "kopioi"))
    assert "oppimistehtävät" in words(page)


@pytest.mark.parametrize(
    "wrong", [{"code": "laite"}, {"code": "Yritys"}, {"starts": "31.12.9999"}, {"starts": "1.1.1900"}]
)
def test_a_copy_that_could_not_be_opened_is_refused_with_a_sentence(wrong: dict[str, str]) -> None:
    run = make_run()
    client, runs = signed_in(make_teacher(run)), CourseRun.objects.count()
    assert client.post(desk_of(run, "kopioi"), {"code": "kopio", "starts": "1.9.2027", **wrong}).status_code == 422
    assert CourseRun.objects.count() == runs


def test_the_page_of_a_learner_leads_to_what_they_have_handed_in() -> None:
    attempt = begun(make_quiz_of_questions(("text",)))
    client = signed_in(make_teacher(attempt.run_quiz.run))
    assert attempt.url not in client.get(one(attempt.enrolment)).content.decode()
    hand_in(attempt=attempt)
    assert f'href="{attempt.url}"' in client.get(one(attempt.enrolment)).content.decode()
    assert client.get(attempt.url).status_code == 200


def test_times_keep_their_hour_over_the_change_of_the_clocks_in_autumn() -> None:
    from learning.study.services.copying import later

    # 12.00 in Finland on 1 September is 9.00 in UTC; sixty days later, after 31 October, it is 10.00.
    noon = datetime.datetime(2027, 9, 2, 9, 0, tzinfo=datetime.UTC)
    assert later(noon, datetime.timedelta(days=60)) == datetime.datetime(2027, 11, 1, 10, 0, tzinfo=datetime.UTC)
    # 3.30 does not exist on 28 March 2027: half past four.
    early = datetime.datetime(2027, 3, 27, 1, 30, tzinfo=datetime.UTC)
    moved = later(early, datetime.timedelta(days=1))
    assert moved is not None and f"{timezone.localtime(moved):%d.%m. %H.%M}" == "28.03. 04.30"
    assert later(None, datetime.timedelta(days=1)) is None


def test_a_teacher_previews_the_own_run_alone() -> None:
    run, other = make_run(), make_run()
    client = signed_in(make_teacher(run))
    assert client.get(f"/opinnot/{run.code}/").status_code == 200
    assert client.get(f"/opinnot/{other.code}/")["Location"] == f"/opinnot/{other.code}/ilmoittaudu/"

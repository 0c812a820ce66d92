"""Who teaches a run: roles, leaving, handing over; somebody stays responsible, whatever happens at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from common.errors import Refused
from drafts.models import Draft
from learning.courses.models import CourseRun
from learning.study.co_teaching import errors, services
from learning.study.models import RunTeacher, RunTeacherEvent, Submission
from notifications.models import Notification
from tests.admin.test_runs import LIST, edit, form_of
from tests.learning.study.factories import enrolled, make_person, make_run
from tests.learning.study.handing_in import assigned, handed_in
from tests.learning.study.visiting import html_of, signed_in

pytestmark = pytest.mark.django_db
RESPONSIBLE, TEACHER, ASSISTANT = "responsible", "teacher", "assistant"


def teacher_of(run: CourseRun, role: str = TEACHER) -> User:
    person = make_person(role, Role.TEACHER)
    RunTeacher.objects.create(run=run, user=person, role=role)
    return person


def roles(run: CourseRun) -> dict[int, str]:
    return services.roles_of(run)


def desk(run: CourseRun, part: str = "") -> str:
    return f"/hallinta/toteutukset/{run.code}/opettajat/{part}"


def row_of(run: CourseRun, person: User) -> int:
    return RunTeacher.objects.get(run=run, user=person).pk


def told(person: User) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("who", "sees", "leads"),
    [
        (lambda run: teacher_of(run, RESPONSIBLE), 200, 200),
        (lambda run: teacher_of(run), 200, 404),
        (lambda run: teacher_of(run, ASSISTANT), 200, 404),
        (lambda run: teacher_of(make_run(course=run.course), RESPONSIBLE), 404, 404),
        (lambda run: make_person("toimittaja", Role.EDITOR), 404, 404),
        (lambda run: enrolled(run).learner, 403, 403),
    ],
    ids=["responsible", "teacher", "assistant", "responsible for another run", "editor", "learner"],
)
def test_all_teachers_see_the_page_and_the_responsible_change_it(
    who: Callable[[CourseRun], User], sees: int, leads: int
) -> None:
    run = make_run()
    other, new = teacher_of(run), make_person("uusi", Role.TEACHER)
    client = signed_in(who(run))
    before = roles(run)
    assert client.get(desk(run)).status_code == client.get(desk(run, "lahde/")).status_code == sees
    for path in (f"{row_of(run, other)}/", "luovuta/"):
        assert client.get(desk(run, path)).status_code == leads, path
    if leads == 200:
        return
    assert client.post(desk(run), {"user": new.email, "role": TEACHER}).status_code == leads
    assert client.post(desk(run, f"{row_of(run, other)}/"), {"act": "remove"}).status_code == leads
    assert client.post(desk(run, f"{row_of(run, other)}/"), {"role": ASSISTANT}).status_code == leads
    assert client.post(desk(run, "luovuta/"), {"to": other.pk, "then": TEACHER, "confirm": "1"}).status_code == leads
    assert roles(run) == before


def test_services_refuse_who_is_not_responsible() -> None:
    run = make_run()
    lead, other = teacher_of(run, RESPONSIBLE), teacher_of(run)
    for person in (other, teacher_of(run, ASSISTANT), make_person("yllapitaja", Role.ADMINISTRATOR)):
        with pytest.raises(errors.NotResponsible):
            services.add(run=run, person=make_person("uusi", Role.TEACHER), role=TEACHER, by=person)
        with pytest.raises(errors.NotResponsible):
            services.change_role(run=run, person=lead, role=ASSISTANT, by=person)
        with pytest.raises(errors.NotResponsible):
            services.remove(run=run, person=lead, by=person)
        with pytest.raises(errors.NotResponsible):
            services.hand_over(run=run, to=other, by=person)
    assert roles(run)[lead.pk] == RESPONSIBLE


def test_a_teacher_is_added_by_address_or_name_told_and_written_down() -> None:
    run = make_run()
    lead = teacher_of(run, RESPONSIBLE)
    new = make_person("kaisa", Role.TEACHER)
    client = signed_in(lead)
    for _twice in range(2):
        assert client.post(desk(run), {"user": new.email.upper(), "role": ASSISTANT}).status_code == 302
    assert roles(run)[new.pk] == ASSISTANT and told(new) == ["study.teacher_added"]
    [event] = RunTeacherEvent.objects.filter(run=run)
    assert (event.person, event.before, event.after, event.by) == (new, "", ASSISTANT, lead)
    assert "Kaisa Testi tuli toteutukselle: Avustaja" in html_of(client, desk(run))


@pytest.mark.parametrize("typed", ["", "kuka@example.org", "Sama Nimi"])
def test_who_cannot_be_found_is_not_added(typed: str) -> None:
    run = make_run()
    for _twice in range(2):
        make_person("sama", Role.TEACHER)
    User.objects.filter(first_name="Sama").update(last_name="Nimi")
    answer = signed_in(teacher_of(run, RESPONSIBLE)).post(desk(run), {"user": typed, "role": TEACHER})
    assert answer.status_code == 422 and len(roles(run)) == 1


def test_what_is_longer_than_any_name_is_told_to_be() -> None:
    run = make_run()
    answer = signed_in(teacher_of(run, RESPONSIBLE)).post(desk(run), {"user": "a" * 301, "role": TEACHER})
    assert answer.status_code == 422
    assert "301 merkkiä" in answer.content.decode()


def test_who_could_not_open_the_desk_is_not_added() -> None:
    run = make_run()
    learner = enrolled(run).learner
    answer = signed_in(teacher_of(run, RESPONSIBLE)).post(desk(run), {"user": learner.email, "role": TEACHER})
    assert answer.status_code == 422 and learner.pk not in roles(run)
    assert "ei pääse hallintaan" in answer.content.decode()


def test_a_role_is_changed_and_both_ends_are_written_down() -> None:
    run = make_run()
    lead, other = teacher_of(run, RESPONSIBLE), teacher_of(run)
    assert signed_in(lead).post(desk(run, f"{row_of(run, other)}/"), {"role": ASSISTANT}).status_code == 302
    [event] = RunTeacherEvent.objects.filter(run=run)
    assert (event.before, event.after) == (TEACHER, ASSISTANT) and told(other) == ["study.teacher_role"]


def test_the_last_responsible_teacher_neither_leaves_nor_gives_up_the_role_nor_is_removed() -> None:
    run = make_run()
    lead, other = teacher_of(run, RESPONSIBLE), teacher_of(run)
    acts: list[Callable[[], object]] = [
        lambda: services.leave(run=run, by=lead),
        lambda: services.change_role(run=run, person=lead, role=TEACHER, by=lead),
        lambda: services.remove(run=run, person=lead, by=lead),
    ]
    for act in acts:
        with pytest.raises(errors.LastResponsible):
            act()
    assert "Luovuta ensin vastuu" in html_of(signed_in(lead), desk(run, "lahde/"))
    services.leave(run=run, by=other)
    assert roles(run) == {lead.pk: RESPONSIBLE}


def test_handing_over_is_confirmed_and_both_are_told() -> None:
    run = make_run()
    lead, other = teacher_of(run, RESPONSIBLE), teacher_of(run)
    client, choice = signed_in(lead), {"to": other.pk, "then": "leaves"}
    answer = client.post(desk(run, "luovuta/"), choice)
    assert answer.status_code == 200 and "vastaa tästä lähtien" in answer.content.decode()
    assert roles(run)[lead.pk] == RESPONSIBLE
    answer = client.post(desk(run, "luovuta/"), choice | {"confirm": "1"})
    assert answer["Location"] == "/hallinta/snippets/courses/courserun/"
    assert roles(run) == {other.pk: RESPONSIBLE}
    assert (told(lead), told(other)) == (["study.run_handed_over"], ["study.run_responsible"])
    # The back button and another press: there is nothing left to hand over.
    assert client.post(desk(run, "luovuta/"), choice | {"confirm": "1"}).status_code == 404


def test_what_is_left_out_is_named_under_words_that_say_what_to_do() -> None:
    run = make_run()
    lead, _other = teacher_of(run, RESPONSIBLE), teacher_of(run)
    answer = signed_in(lead).post(desk(run, "luovuta/"), {})
    assert answer.status_code == 422
    summary = BeautifulSoup(answer.content, "html.parser").select_one(".error-summary")
    assert summary is not None and summary.h2 is not None
    # The page has a title of its own, which is not that of the summary.
    assert summary.h2.text == "Tarkista ensin nämä"
    assert len(summary.select("a")) == 2


def test_who_hands_over_may_stay_in_another_role() -> None:
    run = make_run()
    lead, other = teacher_of(run, RESPONSIBLE), teacher_of(run)
    signed_in(lead).post(desk(run, "luovuta/"), {"to": other.pk, "then": TEACHER, "confirm": "1"})
    assert roles(run) == {lead.pk: TEACHER, other.pk: RESPONSIBLE}


def test_one_who_is_not_on_the_run_is_not_handed_it() -> None:
    run = make_run()
    lead = teacher_of(run, RESPONSIBLE)
    teacher_of(run)
    stranger = make_person("vieras", Role.TEACHER)
    answer = signed_in(lead).post(desk(run, "luovuta/"), {"to": stranger.pk, "then": TEACHER, "confirm": "1"})
    assert answer.status_code == 422 and stranger.pk not in roles(run)


def test_works_that_one_who_leaves_had_open_are_free_and_begun_assessments_are_told_of_first() -> None:
    run = make_run()
    teacher_of(run, RESPONSIBLE)
    leaver = teacher_of(run)
    work = handed_in(enrolled(run), assigned(run))
    foreign = handed_in(enrolled(make_run()), assigned(make_run()))
    Submission.objects.update(marker=leaver, marker_since=timezone.now())
    now = timezone.now()
    for key in (str(work.public_id), str(foreign.public_id), "muu"):
        Draft.objects.create(
            owner=leaver, form="study.mark", object=key, version=1, saved_at=now, counted_from=now, fields={"a": ["b"]}
        )
    page = html_of(signed_in(leaver), desk(run, "lahde/"))
    assert "1 työ on sinulla" in page or "1 työ on avattuna" in page
    assert "Olet aloittanut 1 työn arvion" in page
    services.leave(run=run, by=leaver)
    work.refresh_from_db()
    foreign.refresh_from_db()
    assert work.marker is None and foreign.marker == leaver


def test_the_form_of_the_administration_keeps_the_same_rules() -> None:
    run = make_run()
    editor = signed_in(make_person("toimittaja", Role.EDITOR))
    first, second = make_person("eka", Role.TEACHER), make_person("toka", Role.TEACHER)
    nobody = edit(editor, run, run_teachers=[{"user": first.email, "role": TEACHER}])
    assert "vähintään yksi vastuuopettaja" in nobody.content.decode() and not roles(run)
    rows = [{"user": first.email, "role": RESPONSIBLE}, {"user": second.email, "role": TEACHER}]
    assert edit(editor, run, run_teachers=rows).status_code == 302
    assert set(RunTeacherEvent.objects.filter(run=run).values_list("person", "before", "after")) == {
        (first.pk, "", RESPONSIBLE),
        (second.pk, "", TEACHER),
    }
    ids = {person.pk: row_of(run, person) for person in (first, second)}

    def change(**changed: Any) -> Any:
        kept = [row | {"id": ids[person.pk]} for row, person in zip(rows, (first, second), strict=True)]
        data = form_of(run, run_teachers=kept) | {"run_teachers-INITIAL_FORMS": 2} | changed
        return editor.post(f"{LIST}edit/{run.pk}/", data)

    assert change(**{"run_teachers-0-DELETE": "1"}).status_code == 200
    assert change(**{"run_teachers-0-role": ASSISTANT}).status_code == 200
    assert roles(run) == {first.pk: RESPONSIBLE, second.pk: TEACHER}
    assert change(**{"run_teachers-1-DELETE": "1"}).status_code == 302
    assert roles(run) == {first.pk: RESPONSIBLE}
    assert RunTeacherEvent.objects.filter(run=run, person=second, before=TEACHER, after="").count() == 1


def test_the_page_asks_the_same_of_the_database_for_two_teachers_and_twelve() -> None:
    run = make_run()
    lead = teacher_of(run, RESPONSIBLE)
    client = signed_in(lead)
    counts = []
    for number in (1, 11):
        for _each in range(number):
            services.add(run=run, person=make_person("uusi", Role.TEACHER), role=TEACHER, by=lead)
        html_of(client, desk(run))
        with CaptureQueriesContext(connection) as queries:
            html_of(client, desk(run))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20, counts


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", range(3))
def test_of_two_who_hand_over_or_leave_at_once_one_stays_responsible(time: int) -> None:
    run = make_run()
    first, second, third = teacher_of(run, RESPONSIBLE), teacher_of(run, RESPONSIBLE), teacher_of(run)
    acts: list[Callable[[], object]] = [
        lambda: services.hand_over(run=run, to=second, by=first),
        lambda: services.leave(run=run, by=second),
        lambda: services.change_role(run=run, person=first, role=TEACHER, by=second),
        lambda: services.hand_over(run=run, to=third, by=second),
    ]

    def do(act: Callable[[], object]) -> None:
        try:
            act()
        except Refused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(do, acts[time:] + acts[:time]))
    now = roles(run)
    assert RESPONSIBLE in now.values()
    # The events tell how it came to be so.
    told_by_events = {first.pk: RESPONSIBLE, second.pk: RESPONSIBLE, third.pk: TEACHER}
    for event in RunTeacherEvent.objects.filter(run=run).order_by("pk"):
        assert event.person_id is not None and told_by_events.get(event.person_id, "") == event.before
        told_by_events[event.person_id] = event.after
    assert {person: role for person, role in told_by_events.items() if role} == now

"""A run in the administration: who makes it, who changes it, and what the form refuses."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from learning.courses.models import CourseRun, ModulePage
from learning.study.models import Enrolment, RunTeacher
from tests.admin.conftest import SignIn
from tests.factories import pages
from tests.learning.factories import make_course
from tests.learning.study import quizzes
from tests.learning.study.factories import enrolled, make_person, make_quiz, make_run
from tests.learning.study.handing_in import assigned

pytestmark = pytest.mark.django_db
LIST = "/hallinta/snippets/courses/courserun/"
# What a row of the form sends besides what a test says of it.
ASSIGNED = {"late": "marked", "weight": 1, "peers": "none", "reviews_each": 2}


def form_of(run: CourseRun, **changes: Any) -> dict[str, Any]:
    """What the form sends; quizzes, assignments and teachers are given as rows of fields."""
    rows = {name: changes.pop(name, []) for name in ("run_quizzes", "run_assignments", "run_teachers")}
    data: dict[str, Any] = {
        "course": run.course_id,
        "code": run.code,
        "starts": run.starts.strftime("%d.%m.%Y"),
        "ends": run.ends.strftime("%d.%m.%Y") if run.ends else "",
        "pace": run.pace,
        "admission": run.admission,
        "enrolment_code": run.enrolment_code,
        "enrolment_opens": "",
        "enrolment_closes": "",
        "seats": run.seats or "",
        "offer_hours": run.offer_hours,
        **changes,
    }
    rows["run_assignments"] = [ASSIGNED | row for row in rows["run_assignments"]]
    for name, given in rows.items():
        data |= {f"{name}-TOTAL_FORMS": len(given), f"{name}-INITIAL_FORMS": 0}
        for at, row in enumerate(given):
            data |= {f"{name}-{at}-{field}": value for field, value in row.items()} | {f"{name}-{at}-ORDER": at + 1}
    return data


def edit(client: Client, run: CourseRun, **changes: Any) -> Any:
    return client.post(f"{LIST}edit/{run.pk}/", form_of(run, **changes))


def new_run(course_id: int, **fields: Any) -> CourseRun:
    """A run that is in no database: what a form is filled from."""
    return CourseRun(course_id=course_id, code="syksy-27", starts=timezone.localdate(), admission="open", **fields)


def test_a_teacher_makes_a_run_and_teaches_it(teacher: User, sign_in: SignIn) -> None:
    course = make_run().course
    response = sign_in(teacher).post(f"{LIST}add/", form_of(new_run(course.pk)))
    assert response.status_code == 302
    [row] = RunTeacher.objects.filter(run__code="syksy-27")
    assert (row.user, row.role) == (teacher, "responsible")


def test_an_editor_makes_runs_without_teaching_them(editor: User, sign_in: SignIn) -> None:
    course = make_run().course
    assert sign_in(editor).post(f"{LIST}add/", form_of(new_run(course.pk))).status_code == 302
    assert CourseRun.objects.filter(code="syksy-27").exists()
    assert not RunTeacher.objects.exists()


@pytest.mark.parametrize(
    ("role", "may_change"),
    [("teacher", False), ("editor", True), ("administrator", True), ("coordinator", False), ("partner", False)],
)
def test_a_run_of_others_is_changed_by_editors_alone(
    role: str, may_change: bool, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    run = make_run()
    client = sign_in(request.getfixturevalue(role))
    assert (client.get(f"{LIST}edit/{run.pk}/").status_code == 200) == may_change
    edit(client, run, seats=7)
    run.refresh_from_db()
    assert (run.seats == 7) == may_change
    for path in ("history", "usage", "delete"):
        status = client.get(f"{LIST}{path}/{run.pk}/").status_code
        assert (status == 200) == (role == "administrator" or (may_change and path != "delete")), path


def test_the_teacher_of_the_run_changes_it(teacher: User, sign_in: SignIn) -> None:
    run, other = make_run(), make_run()
    RunTeacher.objects.create(run=run, user=teacher)
    client = sign_in(teacher)
    edit(client, run, seats=7)
    run.refresh_from_db()
    assert run.seats == 7
    page = client.get(LIST).content.decode()
    # All runs are seen, the ways on of the own ones alone.
    assert run.code in page and other.code in page
    assert f"{LIST}edit/{run.pk}/" in page and f"{LIST}edit/{other.pk}/" not in page


def test_seats_that_the_teacher_adds_are_offered_at_once(editor: User, sign_in: SignIn) -> None:
    run = make_run(seats=1)
    enrolled(run)
    second = enrolled(run)
    edit(sign_in(editor), run, seats=2)
    second.refresh_from_db()
    assert second.status == "offered"


def test_an_end_that_the_teacher_moves_reaches_attempts_under_way_at_once(editor: User, sign_in: SignIn) -> None:
    attempt = quizzes.begun(quizzes.make_quiz())
    run = attempt.run_quiz.run
    run.ends = timezone.localdate() + datetime.timedelta(days=1)
    assert edit(sign_in(editor), run).status_code == 302
    before = attempt.deadline
    attempt.refresh_from_db()
    assert before is not None
    assert attempt.deadline is not None
    assert attempt.deadline < before
    assert timezone.localdate(attempt.deadline) == run.ends


def test_who_chooses_marking_without_names_is_told_what_it_does_not_hide(editor: User, sign_in: SignIn) -> None:
    html = sign_in(editor).get(f"{LIST}add/").content.decode()
    assert "tekijän voi silti päätellä" in html


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"admission": "code"}, "Anna koodi, jolla ilmoittaudutaan."),
        ({"admission": "institutions"}, "Nimeä organisaatiot, joiden väki voi ilmoittautua."),
        ({"ends": "1.1.2020"}, "Toteutus päättyy ennen kuin se alkaa."),
        ({"enrolment_opens": "2.1.2027", "enrolment_closes": "1.1.2027"}, "Ilmoittautuminen päättyy ennen kuin se"),
        ({"enrolment_closes": "1.1.2047"}, "Ilmoittautuminen päättyy vasta toteutuksen jälkeen."),
        ({"enrolment_opens": "1.1.2047"}, "Ilmoittautuminen alkaa vasta toteutuksen jälkeen."),
        ({"ends": "31.12.9999"}, "Anna päivä vuosilta 2000–2100."),
        ({"code": "Yritys"}, "Tässä osoitteessa on jo toinen sivu."),
        ({"run_teachers": [{"user": "kuka@example.org", "role": "teacher"}]}, "Kenelläkään ei ole täällä"),
        ({"run_teachers": [{"user": "Sama Nimi", "role": "teacher"}]}, "anna sähköpostiosoite"),
        ({"code": "varattu"}, "on jo"),
        ({"offer_hours": "0"}, "1"),
        ({"seats": "0"}, "Anna vähintään yksi paikka tai jätä kenttä tyhjäksi."),
    ],
)
def test_the_form_says_what_is_wrong(changes: dict[str, Any], sentence: str, editor: User, sign_in: SignIn) -> None:
    for _twice in range(2):
        person = make_person()
        person.first_name, person.last_name = "Sama", "Nimi"
        person.save()
    make_run(code="varattu")
    run = make_run()
    response = edit(sign_in(editor), run, **changes)
    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_quizzes_are_of_the_course_and_within_the_run(editor: User, sign_in: SignIn) -> None:
    run, other = make_run(), make_run()
    ours, theirs = make_quiz(run).quiz, make_quiz(other).quiz
    run.run_quizzes.all().delete()
    client = sign_in(editor)
    first = run.starts.strftime("%d.%m.%Y")
    wrong = [
        ({"quiz": theirs.pk}, "Tämä visa kuuluu toiseen kurssiin."),
        ({"quiz": ours.pk, "due": "1.1.2047 12:00"}, "ei ole toteutuksen ensimmäisen ja viimeisen päivän välissä"),
        (
            {"quiz": ours.pk, "opens": f"{first} 12:00", "due": f"{first} 11:00"},
            "Visan määräaika on ennen kuin se aukeaa.",
        ),
    ]
    for row, sentence in wrong:
        assert sentence in edit(client, run, run_quizzes=[row]).content.decode()
    assert edit(client, run, run_quizzes=[{"quiz": ours.pk, "due": f"{first} 12:00"}]).status_code == 302
    assert run.run_quizzes.get().due is not None


def test_assignments_are_of_the_course_and_within_the_run(editor: User, sign_in: SignIn) -> None:
    run, other = make_run(), make_run()
    ours, theirs = assigned(run).assignment, assigned(other).assignment
    journal = assigned(run, kind="journal").assignment
    run.run_assignments.all().delete()
    client = sign_in(editor)
    first, last = run.starts.strftime("%d.%m.%Y"), run.ends.strftime("%d.%m.%Y") if run.ends else ""
    peers = {"assignment": ours.pk, "peers": "anonymous"}
    wrong = [
        ({"assignment": theirs.pk}, "Tämä tehtävä kuuluu toiseen kurssiin."),
        (
            {"assignment": ours.pk, "due": "1.1.2047 12:00"},
            "ei ole toteutuksen ensimmäisen ja viimeisen päivän välissä",
        ),
        (peers, "Vertaisarviointi tarvitsee palautuksen määräajan."),
        (peers | {"due": f"{last} 12:00"}, "Anna arvioiden määräaika."),
        (
            peers | {"due": f"{first} 12:00", "reviews_due": f"{first} 11:00"},
            "Vertaisarvioiden määräaika on ennen tehtävän määräaikaa.",
        ),
        (peers | {"assignment": journal.pk}, "Oppimispäiväkirjaa lukevat vain sen opettajat."),
    ]
    for row, sentence in wrong:
        assert sentence in edit(client, run, run_assignments=[row]).content.decode(), sentence
    assert not run.run_assignments.exists()
    right = peers | {"due": f"{first} 12:00", "is_marked_anonymously": "on", "weight": 3}
    assert edit(client, run, run_assignments=[right]).status_code == 302
    made = run.run_assignments.get()
    assert (made.weight, made.is_marked_anonymously, made.is_required, made.has_peers) == (3, True, False, True)


def test_a_module_of_another_course_is_refused(editor: User, sign_in: SignIn) -> None:
    run = make_run()
    make_course()
    quiz = make_quiz(run).quiz
    run.run_quizzes.all().delete()
    row = {"quiz": quiz.pk, "module": ModulePage.objects.get().pk}
    assert "Tämä moduuli kuuluu toiseen kurssiin." in edit(sign_in(editor), run, run_quizzes=[row]).content.decode()


def test_times_of_quizzes_are_finnish_on_both_sides_of_a_change_of_the_clocks(editor: User, sign_in: SignIn) -> None:
    run = make_run(starts=datetime.date(2027, 3, 1), ends=datetime.date(2027, 11, 30))
    quizzes = [make_quiz(run).quiz for _each in range(3)]
    run.run_quizzes.all().delete()
    dues = ["27.3.2027 23:59", "28.3.2027 23:59", "31.10.2027 23:59"]
    rows = [{"quiz": quiz.pk, "due": due} for quiz, due in zip(quizzes, dues, strict=True)]
    assert edit(sign_in(editor), run, run_quizzes=rows).status_code == 302
    kept = run.run_quizzes.order_by("sort_order").values_list("due", flat=True)
    assert [f"{due.astimezone(datetime.UTC):%d.%m. %H.%M}" for due in kept if due] == [
        "27.03. 21.59",
        "28.03. 20.59",
        "31.10. 21.59",
    ]


def test_a_time_that_the_clocks_skip_is_refused(editor: User, sign_in: SignIn) -> None:
    run = make_run(starts=datetime.date(2027, 3, 1), ends=None)
    quiz = make_quiz(run).quiz
    run.run_quizzes.all().delete()
    response = edit(sign_in(editor), run, run_quizzes=[{"quiz": quiz.pk, "due": "28.3.2027 03:30"}])
    assert response.status_code == 200
    assert not run.run_quizzes.exists()


def test_a_teacher_is_named_by_address_or_by_name(editor: User, sign_in: SignIn) -> None:
    run, by_address, by_name = make_run(), make_person("maija", Role.TEACHER), make_person("matti", Role.TEACHER)
    rows = [{"user": by_address.email.upper(), "role": "responsible"}, {"user": " matti  TESTI ", "role": "assistant"}]
    assert edit(sign_in(editor), run, run_teachers=rows).status_code == 302
    assert set(run.run_teachers.values_list("user", flat=True)) == {by_address.pk, by_name.pk}


def test_who_could_not_open_the_desk_is_not_made_a_teacher_but_stays_one(editor: User, sign_in: SignIn) -> None:
    run, learner, was = make_run(), make_person("oppija"), make_person("entinen")
    client, row = sign_in(editor), {"user": learner.email, "role": "teacher"}
    response = edit(client, run, run_teachers=[row])
    html = response.content.decode()
    assert f"{learner.email} ei pääse hallintaan." in html
    assert learner.get_full_name() not in html
    assert not run.run_teachers.exists()
    kept = RunTeacher.objects.create(run=run, user=was)
    data = form_of(run, run_teachers=[{"user": was.email, "role": "responsible", "id": kept.pk}])
    assert client.post(f"{LIST}edit/{run.pk}/", data | {"run_teachers-INITIAL_FORMS": 1}).status_code == 302
    assert run.run_teachers.get().role == "responsible"


def test_organisations_that_are_admitted_are_kept(editor: User, sign_in: SignIn) -> None:
    run, ours = make_run(), pages.organisation()
    assert edit(sign_in(editor), run, admission="institutions", admitted=[ours.pk]).status_code == 302
    assert list(CourseRun.objects.get(pk=run.pk).admitted.all()) == [ours]


def test_the_list_asks_as_much_for_twelve_runs_as_for_one(
    teacher: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(teacher)

    def queries() -> int:
        with django_assert_max_num_queries(60) as asked:
            client.get(LIST)
        return len(asked)

    RunTeacher.objects.create(run=make_run(), user=teacher)
    client.get(LIST)
    one = queries()
    for _each in range(11):
        run = make_run()
        RunTeacher.objects.create(run=run, user=teacher)
        enrolled(run)
    assert queries() <= one


def test_a_run_with_learners_is_not_deleted(administrator: User, sign_in: SignIn) -> None:
    run = make_run()
    enrolled(run)
    sign_in(administrator).post(f"{LIST}delete/{run.pk}/")
    assert Enrolment.objects.filter(run=run).exists()

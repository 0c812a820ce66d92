"""Assignments in the administration: what their form takes and refuses, and that copies hold all of them."""

from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import rich_text

from accounts.roles import Role
from learning.courses.models import Assignment, Course, Criterion, PeerQuestion
from tests.admin.conftest import make_user
from tests.learning.study.factories import enrolled, make_run
from tests.learning.study.handing_in import assigned, handed_in

pytestmark = pytest.mark.django_db
LIST = "/hallinta/snippets/courses/assignment/"
CRITERION = {"title": "Tietosuoja", "fulfils": "Ketään ei tunnista.", "lacks": "Joku on tunnistettavissa."}


def form_of(course: Course, *, criteria: Any = (), questions: Any = (), **changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "course": course.pk,
        "title": "Havaintosta ilmiöksi",
        "code": "m1",
        "language": "fi",
        "instructions": rich_text("<p>Kirjoita havainto.</p>"),
        "kind": "text",
        "most_files": 3,
        "most_megabytes": 10,
        "file_kinds": ["pdf"],
        "scale": "pass",
        "resubmissions": 1,
        "resubmission_days": 14,
        "sample": rich_text(""),
        **changes,
    }
    for name, rows in (("criteria", criteria), ("peer_questions", questions)):
        data |= {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0}
        for at, row in enumerate(rows):
            data |= {f"{name}-{at}-{field}": value for field, value in row.items()} | {f"{name}-{at}-ORDER": at + 1}
    return data


@pytest.fixture
def course(db: None) -> Course:
    return Course.objects.create(code="kurssi", name_fi="Perusteet", hours=27)


@pytest.fixture
def client(db: None) -> Client:
    made = Client()
    made.force_login(make_user(Role.TEACHER, "tekija"))
    return made


def test_a_teacher_makes_an_assignment_with_criteria_and_questions(course: Course, client: Client) -> None:
    sent = form_of(
        course,
        kind="either",
        file_kinds=["png", "pdf"],
        sample=rich_text("<p>Malli.</p>"),
        criteria=[{**CRITERION, "sample_value": 1, "sample_reason": "Nimet on poistettu."}],
        questions=[{"text": "Mikä vakuutti?"}],
    )
    assert client.post(f"{LIST}add/", sent).status_code == 302
    made = Assignment.objects.get()
    assert (made.file_kinds, made.criteria.get().sample_value) == (["pdf", "png"], 1)
    assert made.peer_questions.get().text == "Mikä vakuutti?"
    html = client.get(f"{LIST}edit/{made.pk}/").content.decode()
    assert 'value="png" id="id_file_kinds_5" checked' in html or 'id="id_file_kinds_5" checked' in html
    assert "Havaintosta ilmiöksi" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "files", "file_kinds": []}, "Valitse vähintään yksi tiedostomuoto."),
        ({"file_kinds": ["exe"], "kind": "files"}, "exe"),
        ({"min_words": 500, "max_words": 300}, "Sanojen enimmäismäärä on pienempi kuin vähimmäismäärä."),
        ({"sample": "Malli."}, "Kirjoita myös kriteerit"),
        ({"sample": "Malli.", "criteria": [CRITERION]}, "Kerro, miten mallityö täyttää kriteerin"),
        ({"criteria": [{**CRITERION, "sample_value": 3}]}, "Ilman arvosanoja taso on 0"),
        ({"scale": "grade", "criteria": [{**CRITERION, "sample_value": 6}]}, "5"),
    ],
)
def test_the_form_says_what_is_wrong(changes: dict[str, Any], sentence: str, course: Course, client: Client) -> None:
    if "sample" in changes:
        changes = changes | {"sample": rich_text(f"<p>{changes['sample']}</p>")}
    response = client.post(f"{LIST}add/", form_of(course, **changes))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Assignment.objects.exists()


def test_what_has_been_handed_in_keeps_its_kind_and_its_scale(client: Client) -> None:
    row = assigned(make_run(), criteria=0)
    handed_in(enrolled(row.run), row)
    edit = f"{LIST}edit/{row.assignment_id}/"
    response = client.post(edit, form_of(row.run.course, scale="grade"))
    assert response.status_code == 200
    assert "Töitä on jo palautettu." in response.content.decode()
    assert client.post(edit, form_of(row.run.course, title="Uusi nimi")).status_code == 302


def test_a_copy_of_a_course_has_its_assignments_but_nobodys_work(client: Client) -> None:
    row = assigned(make_run(), criteria=2, sample="<p>Malli.</p>")
    Criterion.objects.update(sample_value=1)
    PeerQuestion.objects.create(assignment=row.assignment, text="Mikä vakuutti?")
    form = {"name_fi": "Uusi kurssi", "code": "uusi"}
    assert client.post(f"/hallinta/kurssit/{row.run.course_id}/kopioi/", form).status_code == 302
    [made] = Course.objects.get(code="uusi").assignments.all()
    assert (made.code, made.sample, made.in_runs.count()) == (f"uusi-{row.assignment.code}", "<p>Malli.</p>", 0)
    assert list(made.criteria.values_list("sample_value", flat=True)) == [1, 1]
    assert made.peer_questions.get().text == "Mikä vakuutti?"
    assert row.assignment.criteria.count() == 2 and row.assignment.in_runs.count() == 1


@pytest.mark.parametrize("role", [None, Role.PARTNER_COORDINATOR])
def test_others_make_no_assignments(role: Role | None, course: Course, client: Client) -> None:
    client.force_login(make_user(role, "muu"))
    assert client.post(f"{LIST}add/", form_of(course)).status_code in {302, 403}
    assert not Assignment.objects.exists()

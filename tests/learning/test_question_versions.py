"""Versions: made by every way of saving, never changed, one number each."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.courses.models import Question, QuestionOption, QuestionVersion
from learning.courses.services import current_version, keep_version, save_question
from tests.learning.factories import make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    user = get_user_model().objects.create_superuser(email="toimittaja@toimitus.example", password="salasana-12345")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def form_of(kind: str = "single", **changes: str) -> dict[str, str]:
    """What the editor's form sends: a question with two options."""
    data = {
        "code": "uusi", "kind": kind, "language": "fi", "prompt": "Mikä?", "feedback_right": "", "feedback_wrong": "",
        "tolerance": "0", "unit": "", "options-TOTAL_FORMS": "2", "options-INITIAL_FORMS": "0",
        "options-MIN_NUM_FORMS": "0", "options-MAX_NUM_FORMS": "1000", "model_answer": "", "longest": "1000",
        "steps-TOTAL_FORMS": "0", "steps-INITIAL_FORMS": "0", "steps-MIN_NUM_FORMS": "0", "steps-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    for at, (text, correct) in enumerate([("yksi", "on"), ("kaksi", "")]):
        row = {"text": text, "correct": correct, "match": "", "feedback": "", "ORDER": str(at), "id": "", "DELETE": ""}
        data |= {f"options-{at}-{name}": value for name, value in row.items()}
    return data | changes


def test_saving_makes_the_first_version_with_its_options() -> None:
    version = make_question("single")
    assert version.number == 1
    assert [option["text"] for option in version.options][:1] == ["Unohdettu aika"]


def test_saving_without_a_change_makes_no_version() -> None:
    version = make_question("single")
    assert save_question(Question.objects.get()).number == version.number
    assert QuestionVersion.objects.count() == 1


def test_a_changed_option_makes_the_next_version_and_leaves_the_old_one() -> None:
    make_question("single")
    question = Question.objects.get()
    options = list(question.options.all())
    options[0].text = "Muu"
    question.options = options
    assert save_question(question).number == 2
    assert QuestionVersion.objects.get(number=1).options[0]["text"] == "Unohdettu aika"


def test_saving_the_model_itself_makes_the_version_too() -> None:
    make_question("single")
    question = Question.objects.get()
    question.prompt = "Toisin sanoen?"
    question.save()
    newest = current_version(question)
    assert newest is not None
    assert (newest.number, newest.content["prompt"]) == (2, "Toisin sanoen?")


def test_a_version_that_the_database_refuses_takes_the_change_with_it() -> None:
    question = make_question("single").question
    greatest = connection.ops.integer_field_range("PositiveIntegerField")[1] or 2**63 - 1
    QuestionVersion.objects.create(question=question, number=greatest, content={})
    asked = question.prompt
    question.prompt = "Toisin sanoen?"
    # No column holds the next number. Each database says so in its own way.
    with pytest.raises((DataError, OverflowError)):
        question.save()
    assert Question.objects.get().prompt == asked
    assert QuestionVersion.objects.count() == 2


def test_a_version_does_not_change_and_is_not_deleted() -> None:
    version = make_question("single")
    with pytest.raises(ValidationError):
        version.save()
    with pytest.raises(ValidationError):
        version.delete()
    with pytest.raises(ValidationError):
        QuestionVersion.objects.update(number=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionVersion(
            pk=version.pk, question=version.question, number=2, content={}, created_at=timezone.now()
        ).save()


def test_the_version_that_a_page_shows_is_a_row_to_refer_to() -> None:
    version = make_question("single")
    assert current_version(Question.objects.with_current().get()) == version


def test_the_editor_creates_and_edits_with_versions(editor: Client) -> None:
    added = editor.post(reverse("wagtailsnippets_courses_question:add"), form_of())
    assert added.status_code == 302, added.context["form"].errors
    question = Question.objects.get()
    version = current_version(question)
    assert version is not None
    assert version.number == 1
    assert [(option["text"], option["correct"]) for option in version.options] == [("yksi", True), ("kaksi", False)]

    first, second = question.options.all()
    changed = form_of(**{
        "options-INITIAL_FORMS": "2", "options-0-id": str(first.pk), "options-1-id": str(second.pk),
        "options-1-text": "kolme", "options-0-ORDER": "2", "options-1-ORDER": "1",
    })  # fmt: skip
    edited = editor.post(reverse("wagtailsnippets_courses_question:edit", args=[question.pk]), changed)
    assert edited.status_code == 302
    newest = current_version(Question.objects.get())
    assert newest is not None
    assert newest.number == 2
    assert [option["text"] for option in newest.options] == ["kolme", "yksi"]


def test_the_editor_says_in_which_language_the_question_is(editor: Client) -> None:
    assert editor.post(reverse("wagtailsnippets_courses_question:add"), form_of(language="sv")).status_code == 302
    version = current_version(Question.objects.get())
    assert version is not None
    assert version.content["language"] == "sv"
    refused = editor.post(reverse("wagtailsnippets_courses_question:add"), form_of(code="toinen", language="de"))
    assert list(refused.context["form"].errors) == ["language"]


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("single", {"options-1-correct": "on"}),
        ("single", {"options-0-correct": ""}),
        ("multiple", {"options-0-correct": ""}),
        ("truefalse", {"options-0-correct": ""}),
        ("match", {}),
        ("order", {"options-1-DELETE": "on"}),
        ("fill", {"options-0-correct": ""}),
        ("number", {}),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(editor: Client, kind: str, changes: dict[str, str]) -> None:
    answer = editor.post(reverse("wagtailsnippets_courses_question:add"), form_of(kind, **changes))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert not Question.objects.exists()


def test_a_question_that_has_been_asked_is_not_deleted_in_the_admin(editor: Client) -> None:
    question = make_question("single").question
    answer = editor.post(reverse("wagtailsnippets_courses_question:delete", args=[question.pk]))
    assert answer.status_code < 500
    assert Question.objects.filter(pk=question.pk).exists()


def test_current_versions_of_many_come_with_one_query(django_assert_num_queries: object) -> None:
    for number in range(5):
        make_question("single", f"k{number}")
    with django_assert_num_queries(1):  # type: ignore[operator]
        rows = list(Question.objects.all().with_current())
        assert all(version and version.number == 1 for version in map(current_version, rows))


def test_a_question_without_a_version_has_none() -> None:
    Question.objects.bulk_create([Question(code="irrallinen", kind="single", prompt="?")])
    assert current_version(Question.objects.get()) is None
    assert keep_version(Question.objects.get()).number == 1
    assert QuestionOption.objects.count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_editors_who_save_at_once_take_turns() -> None:
    question = make_question("single").question

    def save(number: int) -> int:
        try:
            mine = Question.objects.get(pk=question.pk)
            mine.prompt = f"Tapa {number}?"
            return save_question(mine).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, range(24)))
    numbers = list(QuestionVersion.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 26))

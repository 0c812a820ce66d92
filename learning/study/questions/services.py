"""Asking, answering and what is done to both. Each locks what it adds to; sending a form twice writes once."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.errors import Refused
from common.limits import Limit
from learning.courses.models import CourseRun
from learning.study.models import RunAnswer, RunQuestion, RunSubscription
from learning.study.questions import errors, notifications
from learning.study.questions.members import Member, Post
from learning.study.questions.similar import forms_of

HOUR = 60 * 60
QUESTIONS, ANSWERS = Limit("run-question", 15, HOUR), Limit("run-answer", 60, HOUR)


@transaction.atomic
def ask(
    *, member: Member, title: str, text: str, module_id: int | None, shows_name: bool = False, key: uuid.UUID
) -> RunQuestion:
    """Ask. `key` is made with the form and becomes the public id: the same form sent again is the same question."""
    CourseRun.objects.select_for_update(no_key=True, of=("self",)).get(pk=member.run.pk)
    found = RunQuestion.objects.filter(public_id=key, run=member.run, author=member.person).first()
    if found is not None:
        return found
    _refuse_too_many(member, QUESTIONS)
    question = RunQuestion.objects.create(
        public_id=key if not RunQuestion.objects.filter(public_id=key).exists() else uuid.uuid4(),
        run=member.run,
        module_id=module_id,
        author=member.person,
        is_teacher=member.is_teacher,
        shows_name=shows_name,
        title=title,
        text=text,
        words=forms_of(title),
        moved_at=timezone.now(),
    )
    notifications.tell_of_question(question)
    return question


@transaction.atomic
def answer(*, member: Member, question: RunQuestion, text: str, shows_name: bool = False, key: uuid.UUID) -> RunAnswer:
    """Answer; as with `ask`, a form makes one answer."""
    question = _locked(question)
    found = RunAnswer.objects.filter(public_id=key, question=question, author=member.person).first()
    if found is not None:
        return found
    if question.hidden_at is not None:
        raise errors.OutOfSight
    _refuse_too_many(member, ANSWERS)
    given = RunAnswer.objects.create(
        public_id=key if not RunAnswer.objects.filter(public_id=key).exists() else uuid.uuid4(),
        question=question,
        author=member.person,
        is_teacher=member.is_teacher,
        shows_name=shows_name,
        text=text,
    )
    question.moved_at = given.at
    question.save(update_fields=["moved_at"])
    notifications.tell_of_answer(given)
    return given


@transaction.atomic
def change_question(
    *, member: Member, question: RunQuestion, title: str, text: str, module_id: int | None, shows_name: bool
) -> RunQuestion:
    """Change one's own question, as long as nobody else has answered what it says."""
    question = _locked(question)
    refusal = why_not_change(member, question)
    if refusal is not None:
        raise refusal
    if (question.title, question.text) != (title, text):
        question.edited_at = timezone.now()
    question.title, question.text, question.words = title, text, forms_of(title)
    question.module_id, question.shows_name = module_id, shows_name
    question.save(update_fields=["title", "text", "words", "module", "shows_name", "edited_at"])
    return question


@transaction.atomic
def change_answer(*, member: Member, answer: RunAnswer, text: str, shows_name: bool) -> RunAnswer:
    """Change one's own answer, as long as it has not been marked as the one."""
    answer.question = _locked(answer.question)
    refusal = why_not_change(member, answer)
    if refusal is not None:
        raise refusal
    if answer.text != text:
        answer.edited_at = timezone.now()
    answer.text, answer.shows_name = text, shows_name
    answer.save(update_fields=["text", "shows_name", "edited_at"])
    return answer


def why_not_change(member: Member, post: Post) -> Refused | None:
    """Why the member cannot change the words, or None. The pages ask it too."""
    if not member.wrote(post):
        return errors.NotYours()
    if not member.may_write:
        return errors.RunOver()
    if isinstance(post, RunAnswer):
        return errors.MarkedAnswer() if post.question.accepted_id == post.pk else None
    answered = post.answers.filter(hidden_at=None).exclude(author=member.person).exists()
    return errors.AlreadyAnswered() if answered else None


@transaction.atomic
def hide(*, member: Member, post: Post) -> None:
    """Take out of sight: one's own, or as a teacher anybody's. What waits in morning letters about it goes too."""
    _lock(post)
    if not (member.is_teacher or member.wrote(post)):
        raise errors.NotYours
    if post.hidden_at is not None:
        return
    post.hidden_at, post.hidden_by = timezone.now(), member.person
    post.save(update_fields=["hidden_at", "hidden_by"])
    notifications.forget(post)


@transaction.atomic
def show(*, member: Member, post: Post) -> None:
    """Bring back into sight."""
    _lock(post)
    if post.hidden_at is None:
        return
    if not member.may_bring_back(post):
        raise errors.TeachersDecision if member.wrote(post) else errors.NotYours
    post.hidden_at = post.hidden_by = None
    post.save(update_fields=["hidden_at", "hidden_by"])


def may_accept(member: Member, question: RunQuestion) -> bool:
    """Teachers say which answer is the one; until they have, the asker says which helped."""
    if member.is_teacher:
        return True
    return member.wrote(question) and not (question.accepted_id and question.accepted_by_teacher)


@transaction.atomic
def accept(*, member: Member, question: RunQuestion, answer: RunAnswer | None) -> None:
    """Mark one answer of the question as the one; None takes the mark back."""
    question = _locked(question)
    if not may_accept(member, question):
        raise errors.TeachersDecision if member.wrote(question) else errors.NotYours
    if answer is not None and (answer.question_id != question.pk or answer.hidden_at is not None):
        raise errors.AnswerOutOfSight
    question.accepted = answer
    question.accepted_by_teacher = answer is not None and member.is_teacher
    question.save(update_fields=["accepted", "accepted_by_teacher"])


def subscribe(*, member: Member, question: RunQuestion | None, is_on: bool) -> None:
    """Hear of the questions of the run, or of the answers to one question; or do not."""
    RunSubscription.objects.update_or_create(
        run=member.run, person=member.person, question=question, defaults={"is_on": is_on}
    )


def _refuse_too_many(member: Member, limit: Limit) -> None:
    if not member.may_write:
        raise errors.RunOver
    if not member.is_teacher and limit.spend_as(f"{member.person.pk}"):
        raise errors.TooMany


def _locked(question: RunQuestion) -> RunQuestion:
    locked: Any = RunQuestion.objects.select_for_update(no_key=True, of=("self",))
    found: RunQuestion = locked.select_related("run__course").get(pk=question.pk)
    return found


def _lock(post: Post) -> None:
    """Lock the question, and read what is to be changed as it is now."""
    _locked(post if isinstance(post, RunQuestion) else post.question)
    post.refresh_from_db(fields=["hidden_at", "hidden_by"])

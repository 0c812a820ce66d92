"""Who hears of questions and answers, and what: in the morning letter, each question once a day."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.dates import HELSINKI
from learning.study.models import Enrolment, RunAnswer, RunQuestion, RunSubscription, RunTeacher
from learning.study.models.enrolments import STUDYING
from learning.study.notifications import about_run, course_named
from notifications.kinds import Facts, Kind, Notice, register
from notifications.models import Notification
from notifications.services import MORNING, notify

if TYPE_CHECKING:
    from learning.study.questions.members import Member, Post

ASKED, ANSWERED = "study.question_asked", "study.question_answered"


def tell_of_question(question: RunQuestion) -> None:
    """Tell those who hear of the run: its teachers unless they chose otherwise, learners who chose it."""
    choices = _choices(question, None)
    teachers = _teachers(question)
    _tell(question, ASKED, {pk for pk in teachers | choices.keys() if choices.get(pk, pk in teachers)})


def tell_of_answer(answer: RunAnswer) -> None:
    """Tell those who hear of the question: what they chose of it, else of the run, else the asker and the teachers."""
    question = answer.question
    of_run, of_question = _choices(question, None), _choices(question, question)
    by_default = _teachers(question) | {question.author_id or 0}
    people = by_default | of_run.keys() | of_question.keys()
    # The asker hears of answers whatever they chose of all questions.
    heard = {pk for pk in people if of_question.get(pk, pk == question.author_id or of_run.get(pk, pk in by_default))}
    _tell(question, ANSWERED, heard - {answer.author_id or 0})


def hears_of(member: "Member", question: RunQuestion | None) -> bool:
    """Whether the member hears of the run's questions, or of the answers to this one."""
    rows = RunSubscription.objects.filter(run=member.run, person=member.person)
    chosen = dict(rows.filter(question__in=[question] if question else []).values_list("question_id", "is_on"))
    if question is not None and question.pk in chosen:
        return bool(chosen[question.pk])
    if question is not None and member.wrote(question):
        return True
    of_run = rows.filter(question=None).values_list("is_on", flat=True).first()
    return member.is_teacher if of_run is None else bool(of_run)


def forget(post: "Post") -> None:
    """What is out of sight is told in no letter that has not been written yet."""
    question = post if isinstance(post, RunQuestion) else post.question
    waiting = Notification.objects.filter(key__startswith=f"{question.pk}:", mailed_at=None)
    if isinstance(post, RunQuestion):
        waiting.filter(kind__in=[ASKED, ANSWERED]).delete()
    elif not question.answers.filter(hidden_at=None, at__gt=post.at - datetime.timedelta(days=1)).exists():
        waiting.filter(kind=ANSWERED).delete()


def _choices(question: RunQuestion, of: RunQuestion | None) -> dict[int, bool]:
    rows = RunSubscription.objects.filter(run=question.run_id, question=of)
    return dict(rows.values_list("person_id", "is_on"))


def _teachers(question: RunQuestion) -> set[int]:
    return set(RunTeacher.objects.filter(run=question.run_id).values_list("user_id", flat=True))


def _tell(question: RunQuestion, kind: str, people: Iterable[int]) -> None:
    """Those of them who still take part, the one who wrote left out."""
    chosen = set(people) - ({question.author_id} if kind == ASKED else set())
    learners = Enrolment.objects.filter(run=question.run_id, status__in=STUDYING, learner_id__in=chosen)
    there = (_teachers(question) & chosen) | set(learners.values_list("learner_id", flat=True))
    key = f"{question.pk}:{letter_of(timezone.now()).isoformat()}"
    facts = about_run(question.run) | {"question": str(question.public_id), "title": question.title}
    for person in get_user_model().objects.filter(pk__in=there, is_active=True).order_by("pk"):
        notify(person=person, kind=kind, context=facts, key=key)


def letter_of(moment: datetime.datetime) -> datetime.date:
    """The morning whose letter tells of the moment: a question that moves ten times a day is told of once."""
    here = moment.astimezone(HELSINKI)
    return here.date() + datetime.timedelta(days=here.time() >= MORNING)


def _path(facts: Facts) -> str:
    return reverse("study:question", args=[facts["run"], facts["question"]])


def _asked(facts: Facts) -> Notice:
    about: dict[str, Any] = {"title": facts["title"], "course": course_named(facts)}
    return Notice(
        _("New question: %(title)s") % about,
        [_("A question was asked on the course %(course)s.") % about],
        _("Read and answer"),
        _path(facts),
    )


def _answered(facts: Facts) -> Notice:
    about: dict[str, Any] = {"title": facts["title"], "course": course_named(facts)}
    return Notice(
        _("New answers: %(title)s") % about,
        [_("The question “%(title)s” of the course %(course)s has new answers.") % about],
        _("Read the answers"),
        _path(facts),
    )


def register_kinds() -> None:
    why = gettext_lazy(
        "You get this because you follow the questions of the run. You can stop following on the page of the question."
    )
    register(Kind(ASKED, _asked, why, is_optional=True))
    register(Kind(ANSWERED, _answered, why, is_optional=True))

"""Forms that are sent twice at the same moment."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from learning.study.feedback.services import remark
from learning.study.models import RunAnswer, RunQuestion, SubmissionRemark
from tests.learning.study.factories import enrolled, make_run
from tests.learning.study.marking.conftest import make_desk
from tests.learning.study.questions.asking import answered, asked

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def at_once(act: Any) -> list[Any]:
    def one(_number: int) -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after another")
def test_a_form_sent_several_times_at_once_writes_once() -> None:
    run = make_run()
    learner, key = enrolled(run).learner, uuid.uuid4()
    assert len({row.pk for row in at_once(lambda: asked(learner, run, key=key))}) == 1
    question = RunQuestion.objects.get()
    at_once(lambda: answered(learner, question, key=key))
    assert RunAnswer.objects.count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after another")
def test_a_message_sent_several_times_at_once_is_said_once() -> None:
    desk = make_desk()
    desk.give(desk.teacher)
    at_once(lambda: remark(submission=desk.work, by=desk.work.enrolment.learner, text="Kiitos."))
    assert SubmissionRemark.objects.count() == 1

"""People of a run who ask and answer, for tests."""

import uuid
from typing import Any

from accounts.models import User
from learning.courses.models import CourseRun
from learning.study.models import RunAnswer, RunQuestion
from learning.study.questions import services
from learning.study.questions.members import Member, member_of


def member(person: User, run: CourseRun) -> Member:
    found = member_of(person, run)
    assert found is not None
    return found


def asked(person: User, run: CourseRun, title: str = "Miten rajaan aiheen?", **fields: Any) -> RunQuestion:
    values = {"text": "Aihe on laaja.", "module_id": None, "key": uuid.uuid4(), **fields}
    return services.ask(member=member(person, run), title=title, **values)


def answered(person: User, question: RunQuestion, text: str = "Valitse yksi.", **fields: Any) -> RunAnswer:
    values = {"key": uuid.uuid4(), **fields}
    return services.answer(member=member(person, question.run), question=question, text=text, **values)


def address(question: RunQuestion, part: str = "") -> str:
    return f"/opinnot/{question.run.code}/kysymykset/{question.public_id}/{part}"


def asking(**fields: Any) -> dict[str, Any]:
    """What the form of a question sends."""
    return {"title": "Miten rajaan aiheen?", "text": "Aihe on laaja.", "module": "", "key": uuid.uuid4(), **fields}

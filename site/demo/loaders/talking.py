"""What the people of a run say besides their works: questions, the teachers' room, ready comments, feedback."""

import datetime
import uuid
from collections.abc import Callable

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from demo.loaders import gradebook
from demo.loaders.accounts import account_of
from demo.loaders.works import moment_of, person_of, rows_of
from demo.reading import Record
from demo.writing import Writer
from learning.courses.models import CourseRun, ModulePage
from learning.study.co_teaching.room import services as room
from learning.study.course_feedback import services as feedback
from learning.study.course_feedback.questions import GROUPS, QUESTIONS
from learning.study.marking.commenting import keep_reusable
from learning.study.models import Enrolment, RoomNote, RunAnswer, RunQuestion
from learning.study.questions import services as questions
from learning.study.questions.members import Member, member_of

SPACE = uuid.UUID("0c2a2f0e-7e62-4d1e-a3d4-5f0c4f4d7a11")


def load(writer: Writer, run: CourseRun) -> None:
    for record in rows_of(run, writer.content.coursework_talk):
        KINDS[record.choice("kind", set(KINDS))](writer, run, record)


def _key(record: Record, *more: object) -> uuid.UUID:
    return uuid.uuid5(SPACE, f"{record.path}{more}")


def _member(run: CourseRun, person: User) -> Member:
    member = member_of(person, run)
    assert member is not None, f"{person} takes no part in {run}"
    return member


def _question(writer: Writer, run: CourseRun, record: Record) -> None:
    """A question with its answers, of which a teacher may have marked one."""
    module = ModulePage.objects.filter(code=record.text("module", 10), locale__language_code="fi").first()
    question = questions.ask(
        member=_member(run, person_of(record)),
        title=record.text("title", 150, required=True),
        text=record.text("text", 2_000),
        module_id=module.pk if module and record.has("module") else None,
        key=_key(record),
    )
    asked = moment_of(writer, record)
    moved = asked
    for place, each in enumerate(record.rows("answers"), 1):
        teacher = each.text("teacher", 40)
        member = _member(run, account_of(teacher) if teacher else person_of(each))
        given = questions.answer(
            member=member, question=question, text=each.text("text", 2_000), key=_key(record, place)
        )
        moved = asked + datetime.timedelta(hours=5 * place)
        RunAnswer.objects.filter(pk=given.pk).update(at=moved)
        if each.flag("accepted"):
            questions.accept(member=member, question=question, answer=given)
    RunQuestion.objects.filter(pk=question.pk).update(at=asked, moved_at=moved)


def _note(writer: Writer, run: CourseRun, record: Record) -> None:
    note = room.write(
        course=run.course,
        by=account_of(record.text("teacher", 40)),
        key=_key(record),
        title=record.text("title", 150, required=True),
        text=record.text("text", 5_000),
        is_pinned=record.flag("is_pinned"),
    )
    RoomNote.objects.filter(pk=note.pk).update(at=moment_of(writer, record))


def _comment(writer: Writer, run: CourseRun, record: Record) -> None:
    keep_reusable(
        run=run,
        by=account_of(record.text("teacher", 40)),
        title=record.text("title", 80, required=True),
        text=record.text("text", 2_000, required=True),
        is_shared=record.flag("is_shared"),
    )


def _feedback(writer: Writer, run: CourseRun, record: Record) -> None:
    """Answers of the learners of a run, shown to its teachers, and what they changed."""
    people: QuerySet[Enrolment] = Enrolment.objects.filter(run=run).select_related("run", "learner").order_by("pk")
    # While the answers come the run is ending.
    CourseRun.objects.filter(pk=run.pk).update(ends=timezone.localdate())
    keep, change = record.lines("keep", 1_000), record.lines("change", 1_000)
    for at, (enrolment, values) in enumerate(zip(people, record.lines("values"), strict=False)):
        texts = {
            "keep": keep[at] if at < len(keep) else "",
            "change": change[-at - 1] if at < len(change) else "",
        }
        enrolment.run.refresh_from_db()
        told = {question.code: int(value) for question, value in zip(QUESTIONS, values, strict=True)}
        feedback.give(enrolment=enrolment, values=told, group=next(iter(GROUPS)), texts=texts)
    # A day that makes the run one of the past, as its answers are shown to nobody before.
    CourseRun.objects.filter(pk=run.pk).update(ends=run.starts)
    run.refresh_from_db()
    feedback.release(run=run)
    run.feedback_releases.update(at=timezone.now() - datetime.timedelta(days=150))
    for text in record.lines("changes"):
        feedback.tell_change(run=run, by=account_of(record.text("teacher", 40)), text=text)
    run.feedback_changes.update(at=timezone.now() - datetime.timedelta(days=120))


KINDS: dict[str, Callable[[Writer, CourseRun, Record], None]] = {
    "question": _question,
    "note": _note,
    "comment": _comment,
    "credits": gradebook.tell_details,
    "results": gradebook.bring_results,
    "final": gradebook.give,
    "taken": gradebook.take_file,
    "feedback": _feedback,
}

"""Courses with their modules and lessons."""

from typing import Any

from demo.content_set import Course as CourseFiles
from demo.markdown import References, line_blocks, to_blocks, to_html
from demo.reading import Record
from demo.writing import Writer, give, key_of
from learning.courses.models import (
    Course,
    CourseIndexPage,
    CourseInstitution,
    CoursePage,
    CourseRun,
    CourseTeacher,
    LessonPage,
    ModulePage,
)
from network.organisations.models import Organisation

ROLES = {"awarding", "teaching", "coordinating"}


def _institutions(writer: Writer, record: Record) -> list[CourseInstitution]:
    known = writer.content.slugs(writer.content.organisations)
    pairs = [(role, code) for role in ("awarding", "teaching", "coordinating") for code in record.codes(role, known)]
    return [
        CourseInstitution(sort_order=place, role=role, organisation_id=key_of(Organisation, code=code))
        for place, (role, code) in enumerate(pairs)
    ]


def _runs(writer: Writer, record: Record) -> list[CourseRun]:
    runs = []
    for place, row in enumerate(record.rows("runs")):
        code = row.text("code", 30, required=True)
        # A run is known by its code and keeps its row: seats and grades will point to it.
        run = CourseRun.objects.filter(code=code.lower()).first() or CourseRun(code=code.lower())
        run.sort_order = place
        starts = row.date("starts", writer.today, required=True)
        if starts:
            run.starts = starts
        run.ends = row.date("ends", writer.today)
        run.enrolment_opens = row.date("enrolment_opens", writer.today)
        run.enrolment_closes = row.date("enrolment_closes", writer.today)
        run.seats = row.whole("seats")
        run.pace = row.choice("pace", set(CourseRun.Pace.values), default="group")
        runs.append(run)
    return runs


def _write_course(writer: Writer, record: Record) -> Course:
    course = Course.objects.filter(code=record.data["code"].lower()).first() or Course(code=record.data["code"].lower())
    course.name_fi = record.text("title", 200)
    course.name_sv = record.text("title_sv", 200)
    course.name_en = record.text("title_en", 200)
    course.credits = record.number("credits")
    hours = record.number("hours")
    if hours is not None:
        course.hours = hours
    course.level = record.text("level", 40)
    course.assessment = Course.Assessment.PASS_FAIL if course.credits else Course.Assessment.NONE
    teachers = enumerate(record.lines("teachers", 150))
    give(course, "institutions", _institutions(writer, record))
    give(course, "teachers", [CourseTeacher(sort_order=place, title_fi=line) for place, line in teachers])
    give(course, "runs", _runs(writer, record))
    course.save()
    return course


def _load_course_page(writer: Writer, references: References, files: CourseFiles) -> CoursePage | None:
    record = files.record
    record.text("title", 200, required=True)
    record.text("slug", 100, required=True)
    record.text("code", 30, required=True)
    record.number("hours", required=True)
    _institutions(writer, record)
    _runs(writer, record)
    body = to_blocks(record, references)
    values = {
        "lead": record.text("lead", 500, required=True),
        "aims": line_blocks(record.lines("aims"), f"{record.path}/aims"),
        "outcomes": line_blocks(record.lines("outcomes"), f"{record.path}/outcomes"),
        "audience": record.text("audience", 500),
        "workload": record.text("workload", 1000),
        "editor_note": record.text("plausible", 3000),
        "body": body,
    }
    if record.problems:
        return None
    parent = CourseIndexPage.objects.get(locale=writer.locales["fi"])
    if not writer.is_new(record):
        return CoursePage.objects.child_of(parent).get(slug=record.data["slug"])
    values["course"] = _write_course(writer, record)
    page = writer.page(CoursePage, parent, record, values)
    writer.done(record)
    return page


def _module_values(record: Record, references: References) -> dict[str, Any]:
    task = record.data.get("task") or {}
    if not isinstance(task, dict):
        record.problem("task", "must have a title and a text")
        task = {}
    return {
        "code": record.text("code", 10, required=True),
        "credits": record.number("credits"),
        "hours": record.number("hours"),
        "lead": record.text("lead", 500, required=True),
        "outcomes": line_blocks(record.lines("outcomes"), f"{record.path}/outcomes"),
        "task_title": str(task.get("title") or ""),
        "task_text": to_html(str(task.get("text") or "")),
        "reading": line_blocks(record.lines("reading", 300), f"{record.path}/reading"),
        "editor_note": record.text("plausible", 3000),
        "body": to_blocks(record, references),
    }


def _lesson_values(record: Record, references: References) -> dict[str, Any]:
    return {
        "code": record.text("code", 10),
        "minutes": record.whole("minutes"),
        "lead": record.text("lead", 500, required=True),
        "editor_note": record.text("plausible", 3000),
        "body": to_blocks(record, references),
    }


def load(writer: Writer, references: References) -> None:
    for files in writer.content.courses:
        course_page = _load_course_page(writer, references, files)
        for module, lessons in files.modules:
            module.text("slug", 100, required=True)
            module.text("title", 200, required=True)
            module_values = _module_values(module, references)
            module_page = None
            if course_page and not module.problems:
                module_page = ModulePage.objects.child_of(course_page).filter(slug=module.data["slug"]).first()
                if module_page is None or writer.is_new(module):
                    module_page = writer.page(ModulePage, course_page, module, module_values)
                    writer.done(module)
            for lesson in lessons:
                lesson.text("slug", 100, required=True)
                lesson.text("title", 200, required=True)
                lesson_values = _lesson_values(lesson, references)
                if module_page and not lesson.problems and writer.is_new(lesson):
                    writer.page(LessonPage, module_page, lesson, lesson_values)
                    writer.done(lesson)

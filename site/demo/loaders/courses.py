"""Courses with their modules and lessons."""

from typing import Any

from wagtail.models import Page

from demo.content_set import Course as CourseFiles
from demo.content_set import Module as ModuleFiles
from demo.content_set import language_of
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

Pages = dict[str, Page]
"""A page and its translations by language."""

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
        run.admission = row.choice("admission", set(CourseRun.Admission.values), default="outside")
        runs.append(run)
    return runs


def _teachers(records: dict[str, Record]) -> list[CourseTeacher]:
    """The teachers' roles; a translation lists them in the same order, or not at all."""
    titles = {language: record.lines("teachers", 150) for language, record in records.items()}
    finnish = titles["fi"]
    for language, lines in titles.items():
        if lines and len(lines) != len(finnish):
            records[language].problem("teachers", f"has {len(lines)} lines; the Finnish course has {len(finnish)}")
    translated = {f"title_{language}": lines for language, lines in titles.items() if len(lines) == len(finnish)}
    return [
        CourseTeacher(sort_order=place, **{name: lines[place] for name, lines in translated.items()})
        for place in range(len(finnish))
    ]


def _write_course(writer: Writer, course: Course, records: dict[str, Record], teachers: list[CourseTeacher]) -> Course:
    record = records["fi"]
    for language, translated in records.items():
        setattr(course, f"name_{language}", translated.text("title", 200))
    course.credits = record.number("credits")
    hours = record.number("hours")
    if hours is not None:
        course.hours = hours
    course.level = record.text("level", 40)
    usual = Course.Assessment.PASS_FAIL if course.credits else Course.Assessment.NONE
    course.assessment = record.choice("assessed", Course.Assessment.values, default=usual)
    course.quality = record.choice("quality", Course.Quality.values)
    give(course, "institutions", _institutions(writer, record))
    give(course, "teachers", teachers)
    give(course, "runs", _runs(writer, record))
    course.save()
    return course


def _course_values(record: Record, references: References) -> dict[str, Any]:
    return {
        "lead": record.text("lead", 500, required=True),
        "aims": line_blocks(record.lines("aims"), f"{record.path}/aims"),
        "outcomes": line_blocks(record.lines("outcomes"), f"{record.path}/outcomes"),
        "audience": record.text("audience", 500),
        "workload": record.text("workload", 1000),
        "editor_note": record.text("plausible", 3000),
        "body": to_blocks(record, references),
    }


def _module_values(record: Record, source: Record, references: References) -> dict[str, Any]:
    """The facts are the Finnish file's, the words the record's own."""
    task = record.data.get("task") or {}
    if not isinstance(task, dict):
        record.problem("task", "must have a title and a text")
        task = {}
    return {
        "code": source.text("code", 10, required=True),
        "credits": source.number("credits"),
        "hours": source.number("hours"),
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


def _load_course(writer: Writer, references: References, files: CourseFiles) -> Pages:
    """The pages of the course, which share its row: what is the same in every language."""
    records = {language_of(record): record for record in files.records}
    finnish = records["fi"]
    code = finnish.text("code", 30, required=True).lower()
    finnish.number("hours", required=True)
    _institutions(writer, finnish)
    _runs(writer, finnish)
    teachers = _teachers(records)
    values = [_course_values(record, references) for record in files.records]
    _require_names(files.records)
    if any(record.problems for record in files.records):
        return {}
    course = Course.objects.filter(code=code).first() or Course(code=code)
    if course.pk is None or any(writer.is_new(record) for record in files.records):
        course = _write_course(writer, course, records, teachers)
    above = {language: CourseIndexPage.objects.get(locale=locale) for language, locale in writer.locales.items()}
    return _write_pages(writer, CoursePage, above, files.records, [each | {"course": course} for each in values])


def _load_module(writer: Writer, references: References, above: Pages, files: ModuleFiles) -> None:
    values = [_module_values(record, files.records[0], references) for record in files.records]
    _require_names([*files.records, *files.lessons])
    pages: Pages = {}
    if above and not any(record.problems for record in files.records):
        pages = _write_pages(writer, ModulePage, above, files.records, values)
    for lesson in files.lessons:
        lesson_values = _lesson_values(lesson, references)
        if pages and not lesson.problems and writer.is_new(lesson):
            writer.page(LessonPage, pages["fi"], lesson, lesson_values)
            writer.done(lesson)


def _require_names(records: list[Record]) -> None:
    for record in records:
        record.text("slug", 100, required=True)
        record.text("title", 200, required=True)


def _write_pages(
    writer: Writer, model: type[Page], above: Pages, records: list[Record], values: list[dict[str, Any]]
) -> Pages:
    """Make or change the page of each record under the page above of its language; the first record is Finnish."""
    pages: Pages = {}
    # Translations take facts from the Finnish file, so they follow its changes.
    is_changed = writer.is_new(records[0])
    for record, its_values in zip(records, values, strict=True):
        language = language_of(record)
        page = model._default_manager.child_of(above[language]).filter(slug=record.data["slug"]).first()
        if page is None or is_changed or writer.is_new(record):
            page = writer.page(model, above[language], record, its_values, translation_of=pages.get("fi"))
            writer.done(record)
        pages[language] = page
    return pages


def load(writer: Writer, references: References) -> None:
    for files in writer.content.courses:
        pages = _load_course(writer, references, files)
        for module in files.modules:
            _load_module(writer, references, pages, module)

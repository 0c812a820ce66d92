"""The assignments of courses, with the criteria that all of them share."""

from demo.markdown import to_html
from demo.reading import Record
from demo.writing import Writer, give, key_of
from learning.courses.models import Assignment, Course, Criterion, PeerQuestion
from learning.courses.models.assignments import FILE_KINDS, usual_file_kinds


def load(writer: Writer) -> None:
    courses = {str(course.records[0].data.get("code")) for course in writer.content.courses}
    for record in writer.content.assignments:
        code = record.text("code", 40, required=True)
        course = record.code("course", courses)
        values = _values(record)
        criteria = _criteria(record, writer.content.common_criteria)
        questions = record.lines("peer_questions")
        if record.problems or not writer.is_new(record):
            continue
        course_id = key_of(Course, code=course.lower())
        if course_id is None:
            # The faults of the course itself are told where it is read.
            continue
        assignment = Assignment.objects.filter(code=code).first() or Assignment(code=code)
        assignment.course_id = course_id
        for name, value in values.items():
            setattr(assignment, name, value)
        give(assignment, "criteria", criteria)
        give(
            assignment, "peer_questions", [PeerQuestion(sort_order=at, text=each) for at, each in enumerate(questions)]
        )
        assignment.save()
        writer.done(record)


def _values(record: Record) -> dict[str, object]:
    kinds = record.codes("file_kinds", FILE_KINDS) if record.has("file_kinds") else usual_file_kinds()
    return {
        "title": record.text("title", 200, required=True),
        "instructions": to_html(record.body),
        "kind": record.choice("kind", set(Assignment.Kind.values)),
        "scale": record.choice("scale", set(Assignment.Scale.values), default="pass"),
        "min_words": record.whole("min_words"),
        "max_words": record.whole("max_words"),
        "entries": record.whole("entries"),
        "file_kinds": kinds,
        "sample": to_html(record.text("sample", 10_000)),
    }


def _criteria(record: Record, common: list[Record]) -> list[Criterion]:
    """The assignment's own and the common ones; `common` of the file tells how the sample does by the latter."""
    samples = record.rows("common")
    rows: list[tuple[Record, Record | None]] = [(row, row) for row in record.rows("criteria")]
    rows += [(row, samples[at] if at < len(samples) else None) for at, row in enumerate(common)]
    return [
        Criterion(
            sort_order=at,
            title=row.text("title", 120, required=True),
            fulfils=row.text("fulfils", 500, required=True),
            lacks=row.text("lacks", 500),
            sample_value=sample.whole("sample_value" if sample is row else "value") if sample else None,
            sample_reason=sample.text("sample_reason" if sample is row else "reason", 500) if sample else "",
        )
        for at, (row, sample) in enumerate(rows)
    ]

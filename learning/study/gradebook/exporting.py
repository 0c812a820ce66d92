"""What goes out of the gradebook as tables: credits to register, the completion list, the whole gradebook.

Rows are read some at a time, so that a run of thousands takes no more memory than one of tens. The words are Finnish,
whoever takes the file: it is read at the institutions.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import pgettext

from common.collation import in_order, sort_key
from common.spreadsheets import Cell as FileCell
from common.spreadsheets import Row
from learning.courses.models import CourseRun
from learning.study.gradebook.drawing import told
from learning.study.gradebook.grades import Final
from learning.study.gradebook.institutions import as_called_here, named
from learning.study.gradebook.rows import NO_INSTITUTION, Line, lines_of
from learning.study.gradebook.tasks import Kind, Task, tasks_of
from learning.study.models import Enrolment, GradebookExport
from learning.study.models.enrolments import STUDYING, Status
from learning.study.querysets import has_final_grade, passed_elsewhere

AT_A_TIME = 100
LANGUAGE = "fi"
NAMED_NONE = "ei kotikorkeakoulua"
Content = GradebookExport.Content
NAMES = {
    Content.CREDITS: "suoritukset",
    Content.COMPLETIONS: "suorituslista",
    Content.WHOLE: "arviointitaulukko",
}
CREDITS = (
    "sukunimi", "etunimet", "opiskelijanumero", "kotikorkeakoulu", "opintojakson tunnus", "opintojakso",
    "laajuus (op)", "arvosana", "suorituspäivä",
)  # fmt: skip
WIDTHS = (22, 22, 18, 36, 18, 36, 12, 12, 14)


@dataclass(frozen=True)
class Export:
    """What is taken out. `institution`: the key of an organisation, NO_INSTITUTION, or "" for everybody."""

    run: CourseRun
    content: str
    institution: str = ""

    def learners(self) -> "QuerySet[Enrolment]":
        return _of_institution(learners_of(self.run, self.content), self.institution)

    def ids(self) -> list[int]:
        """The learners in the order of their names."""
        order = [in_order(f"learner__{name}_name", LANGUAGE) for name in ("last", "first")]
        return list(self.learners().order_by(*order, "pk").values_list("pk", flat=True))

    def rows(self, ids: Sequence[int]) -> Iterator[Row]:
        """The header, then a row for each of these learners."""
        tasks = tasks_of(self.run)
        institutions = names_of_institutions(self.run)
        if self.content == Content.WHOLE:
            yield _whole_header(tasks)
        else:
            yield CREDITS
        make: Callable[[CourseRun, Line], Row] = _whole if self.content == Content.WHOLE else _credits
        needed = tasks if self.content == Content.WHOLE else ()
        for some in _parts(ids):
            # The language is set for the moment of making: between the parts others run in the thread.
            with translation.override(LANGUAGE):
                made = [make(self.run, line) for line in lines_of(self.run, some, needed, institutions)]
            yield from made

    @property
    def institution_name(self) -> str:
        """In Finnish; "" for everybody."""
        if self.institution == NO_INSTITUTION:
            return NAMED_NONE
        return names_of_institutions(self.run).get(int(self.institution or 0), "")

    def file_name(self, form: str) -> str:
        whose = slugify(self.institution_name) or "kaikki"
        return f"{self.run.code}-{whose[:60]}-{NAMES[Content(self.content)]}-{timezone.localdate():%Y-%m-%d}.{form}"


def learners_of(run: CourseRun, content: str) -> "QuerySet[Enrolment]":
    """Whom the file tells of: those who have a final grade, who have completed, or everybody who studies."""
    rows: Any = Enrolment.objects.filter(run=run, status__in=STUDYING)
    if content == Content.WHOLE:
        return rows
    if content == Content.CREDITS:
        return rows.filter(has_final_grade())
    return rows.filter(Q(status=Status.COMPLETED) | Q(passed_elsewhere()))


def _of_institution(rows: "QuerySet[Enrolment]", institution: str) -> "QuerySet[Enrolment]":
    if institution == NO_INSTITUTION:
        return rows.filter(home_institution=None)
    return rows.filter(home_institution=int(institution)) if institution else rows


def names_of_institutions(run: CourseRun) -> dict[int, str]:
    """The home institutions of the run's learners by their Finnish names."""
    rows = Enrolment.objects.filter(run=run, home_institution__isnull=False).order_by()
    return dict(rows.values_list("home_institution", "home_institution__name_fi").distinct())


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    rest = iter(ids)
    while some := list(islice(rest, AT_A_TIME)):
        yield some


class Share(NamedTuple):
    """How many learners of one institution a file would tell of."""

    key: str
    name: str
    number: int


def shares_of(run: CourseRun, content: str) -> list[Share]:
    """By institution, named in the reader's language; those who told none come last."""
    counted = dict(learners_of(run, content).order_by().values_list("home_institution").annotate(n=Count("pk")))
    names = sorted(named(counted).items(), key=lambda each: sort_key(each[1]))
    shares = [Share(str(pk), name, counted[pk]) for pk, name in names]
    return [*shares, Share(NO_INSTITUTION, "", counted[None])] if None in counted else shares


def whose(export: GradebookExport) -> str:
    """Of which institution the file told, in the reader's words; "" of all."""
    if export.institution == NAMED_NONE:
        return pgettext("institution", "Not told")
    return as_called_here(export.institution) if export.institution else ""


def grade_of(final: Final | None, line: Line) -> FileCell:
    """As registers have it: the number, or hyv. and hyl. on a course that is only passed."""
    if final is None:
        return "hyv." if line.is_completed and not line.proposal.has_grades else ""
    return final.grade if final.grade is not None else "hyv." if final.is_passed else "hyl."


def _credits(run: CourseRun, line: Line) -> Row:
    learner, course = line.learner, run.course
    return (
        learner.last_name or learner.email,
        learner.first_name,
        learner.student_number,
        line.institution,
        course.code,
        course.name_fi,
        course.credits,
        grade_of(line.final, line),
        line.day,
    )


def _whole_header(tasks: Sequence[Task]) -> list[str]:
    kinds: Mapping[Kind, str] = {Kind.QUIZ: "visa", Kind.ASSIGNMENT: "tehtävä", Kind.REVIEWS: "vertaisarviot"}
    own = ["sukunimi", "etunimet", "sähköposti", "opiskelijanumero", "kotikorkeakoulu", "tila", "tehty", "vaadittu"]
    return [*own, "arvosana", "suorituspäivä", *(f"{task.title} ({kinds[task.kind]}, {task.code})" for task in tasks)]


def _whole(run: CourseRun, line: Line) -> Row:
    learner = line.learner
    cells: list[Any] = [told(cell) for _task, cell in line.cells]
    state = "suoritettu" if line.is_completed else "kesken"
    grade = grade_of(line.final, line) if line.final else ""
    return [
        learner.last_name, learner.first_name, learner.email, learner.student_number, line.institution, state,
        line.done, line.required, grade, line.day, *cells,
    ]  # fmt: skip

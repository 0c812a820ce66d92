"""What the gradebook of a run has: where credits are registered, results from elsewhere, final grades."""

import datetime

from django.utils import timezone

from accounts.models import DEMO_DOMAIN
from demo.loaders.accounts import account_of
from demo.loaders.works import RESPONSIBLE, moment_of, person_of
from demo.reading import Record
from demo.writing import Writer
from learning.courses.models import CourseRun
from learning.credentials.models import Certificate
from learning.credentials.services import issue
from learning.study.gradebook.details import save_details
from learning.study.gradebook.exporting import Export
from learning.study.gradebook.grades import propose
from learning.study.gradebook.importing import Act
from learning.study.gradebook.reading import Record as Result
from learning.study.gradebook.results import import_results
from learning.study.gradebook.services import give_final
from learning.study.models import Enrolment, FinalGrade, GradebookExport, Mark, ResultImport
from network.organisations.models import Organisation


def _enrolment(run: CourseRun, record: Record) -> Enrolment:
    return Enrolment.objects.select_related("run__course", "learner").get(run=run, learner=person_of(record))


def tell_details(writer: Writer, run: CourseRun, record: Record) -> None:
    """Where the learner's credits are registered, under an invented student number."""
    enrolment = _enrolment(run, record)
    institution = Organisation.objects.get(code=record.text("institution", 60))
    number = record.text("student_number", 40)
    save_details(enrolment=enrolment, by=enrolment.learner, institution=institution, number=number)


def bring_results(writer: Writer, run: CourseRun, record: Record) -> None:
    """What was done elsewhere, as a file brings it: a row is a learner's number and a result for each of the tasks."""
    name = record.text("file", 100, required=True)
    teacher = account_of(record.text("teacher", 40))
    _source, lines = import_results(run=run, by=teacher, records=_results(writer, record), name=name)
    for line in lines:
        if line.act == Act.REFUSE:
            record.problem("rows", f"{line.person}, {line.task}: {line.told}")
    at = moment_of(writer, record)
    ResultImport.objects.filter(run=run).update(at=at)
    brought = Mark.objects.filter(part=Mark.Part.ELSEWHERE, submission__run_assignment__run=run)
    brought.update(at=at, released_at=at)


def _results(writer: Writer, record: Record) -> list[Result]:
    days = [Record(record.path, {"day": each}).date("day", writer.today) for each in record.lines("done")]
    tasks = list(zip(record.lines("tasks"), days, strict=True))
    rows: list[Result] = []
    for line in record.lines("rows"):
        number, *results = line.split()
        email = f"opiskelija-{number}@{DEMO_DOMAIN}"
        for (task, day), result in zip(tasks, results, strict=True):
            told = {"grade": result} if result.isdecimal() else {"outcome": result}
            note = record.text("note", 200)
            rows.append(Result(len(rows) + 2, email=email, task=task, day=str(day), note=note, **told))
    return rows


def take_file(writer: Writer, run: CourseRun, record: Record) -> None:
    """That a teacher has taken the file for an institution, as the log of files tells it."""
    institution = Organisation.objects.get(code=record.text("institution", 60))
    out = Export(run, GradebookExport.Content.CREDITS, str(institution.pk))
    taken = GradebookExport.objects.create(
        run=run,
        by=account_of(record.text("teacher", 40)),
        content=out.content,
        format="xlsx",
        institution=out.institution_name,
        learners=len(out.ids()),
    )
    GradebookExport.objects.filter(pk=taken.pk).update(at=moment_of(writer, record))


def renew_certificates(run: CourseRun) -> None:
    """They came before there were works, or wait for grades: each now says both, and is of the day of the grade."""
    completed = Enrolment.objects.filter(run=run, status=Enrolment.Status.COMPLETED)
    for enrolment in completed.select_related("run__course", "learner"):
        enrolment.certificates.all().delete()
        certificate = issue(enrolment=enrolment)
        graded = enrolment.final_grades.order_by("-at").values_list("at", flat=True).first()
        if certificate is not None:
            at = graded or enrolment.completed_at or certificate.issued_at
            Certificate.objects.filter(pk=certificate.pk).update(issued_at=at)
            certificate.events.update(at=at)


def give(writer: Writer, run: CourseRun, record: Record) -> None:
    """The grade that the marks come to, the day after all was done."""
    enrolment = _enrolment(run, record)
    grade = propose(enrolment).grade
    given = give_final(enrolment=enrolment, by=account_of(RESPONSIBLE), grade=grade, is_passed=True)
    at = (enrolment.completed_at or timezone.now()) + datetime.timedelta(hours=20)
    FinalGrade.objects.filter(pk=given.pk).update(at=min(at, timezone.now()))

"""Works, reviews and assessments on a run under way and on one that has ended: all that a teacher's desk shows."""

import datetime
from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from demo.loaders import gradebook, talking
from demo.loaders.accounts import account_of
from demo.loaders.reviews import Reviews
from demo.loaders.work_dates import WorkDates
from demo.loaders.works import OTHER, RESPONSIBLE, Work, rows_of, write_draft
from demo.reading import Record
from demo.writing import Writer
from learning.courses.models import Assignment, CourseRun, ModulePage
from learning.study.marking.alike import compare_task
from learning.study.models import FeedbackTicket, RunAssignment


def load(writer: Writer) -> None:
    content = writer.content
    for record in content.coursework_runs:
        run = CourseRun.objects.filter(code=record.text("code", 30, required=True).lower()).first()
        if run is None:
            record.problem("code", "is a run of no course")
        if record.problems or run is None or _is_begun(run):
            continue
        ended = run.ends
        # Works and answers are taken while the run goes on.
        _end(run, None)
        rows = record.rows("assignments")
        for place, each in enumerate(rows):
            _give_to_run(run, each, place)
        works = [Work(writer, run, each) for each in rows_of(run, content.coursework_works)]
        for each in rows:
            _Task(writer, run, each, works).write()
        for each in rows_of(run, content.coursework_drafts):
            write_draft(run, each)
        talking.load(writer, run)
        gradebook.renew_certificates(run)
        _end(run, ended)
        _settle(run)
        writer.done(record)


def _is_begun(run: CourseRun) -> bool:
    """Whether works have been asked for or feedback given: by visitors or an earlier demonstration, and it stays so."""
    asked = RunAssignment.objects.filter(run=run).exists()
    return asked or FeedbackTicket.objects.filter(enrolment__run=run).exists()


def _end(run: CourseRun, day: datetime.date | None) -> None:
    CourseRun.objects.filter(pk=run.pk).update(ends=day)
    run.refresh_from_db()


def _give_to_run(run: CourseRun, told: Record, place: int) -> None:
    """Its due dates come when the works have been handed in, or those of weeks ago would be late."""
    module = told.text("module", 10)
    page = ModulePage.objects.filter(code=module, locale__language_code="fi").first() if module else None
    RunAssignment.objects.create(
        run=run,
        assignment=Assignment.objects.get(code=told.text("assignment", 40)),
        module=page,
        sort_order=place,
        is_required=not told.flag("optional"),
        weight=told.whole("weight") or 1,
        peers=told.choice("peers", set(RunAssignment.Peers.values), default=RunAssignment.Peers.NONE),
        needs_second_marker=told.flag("second"),
        is_marked_anonymously=told.flag("anonymous"),
    )


class _Task:
    """One assignment of the run with all its works."""

    def __init__(self, writer: Writer, run: CourseRun, told: Record, works: list[Work]) -> None:
        self.writer, self.run, self.told = writer, run, told
        self.code = told.text("assignment", 40)
        self.works = [each for each in works if each.code == self.code]
        self.texts: defaultdict[str, list[Record]] = defaultdict(list)
        for each in rows_of(run, writer.content.coursework_reviews):
            self.texts[each.text("assignment", 40)].append(each)

    def write(self) -> None:
        for work in self.works:
            work.hand_in()
        row = RunAssignment.objects.select_related("assignment", "run__course").get(
            run=self.run, assignment__code=self.code
        )
        rows, due = RunAssignment.objects.filter(pk=row.pk), self.told.moment("due", self.writer.today)
        # Reviews are given to all at once, as if nobody were waited for any more; their days stand open.
        rows.update(due=min(due, timezone.now()) if due else None)
        row.refresh_from_db()
        if row.has_peers:
            Reviews(row, self.told, self.texts[self.code]).write()
        for work in self.works:
            work.mark()
            work.leave()
        reviews_due = self.told.moment("reviews_due", self.writer.today) if row.has_peers else None
        rows.update(due=due, reviews_due=reviews_due)
        WorkDates(row, reviews_due).backdate(self.works)
        compare_task(row)


def _settle(run: CourseRun) -> None:
    """Nobody reads the mail of invented people; the accounts that can be tried out have read what they were told."""
    now = timezone.now()
    tried = [account_of("opiskelija").pk, account_of(RESPONSIBLE).pk, account_of(OTHER).pk]
    of_run = Q(enrolments__run=run) | Q(teaching__run=run)
    for person in User.objects.filter(of_run).exclude(pk__in=tried).distinct():
        person.notifications.all().delete()
    for person in User.objects.filter(pk__in=tried):
        person.notifications.filter(mailed_at=None).update(mailed_at=now)

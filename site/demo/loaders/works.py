"""What invented learners hand in on a run, and what its teachers give for it, through the services."""

import datetime
from functools import cached_property
from typing import Any

from django.core.files import File

from accounts.models import DEMO_DOMAIN, User
from demo.loaders.accounts import account_of
from demo.markdown import to_html
from demo.reading import Record
from demo.writing import Writer
from drafts import services as drafts
from drafts.texts import Text
from drafts.writers import Writer as DraftWriter
from learning.courses.models import Assignment, CourseRun
from learning.courses.models.assignments import MOST_GRADE
from learning.study.assignments import journal
from learning.study.assignments.checking_files import check
from learning.study.assignments.services import hand_in
from learning.study.assignments.unsent import FORM, KeptFile, Shelf
from learning.study.criteria import Kept, proposed_grade, snapshot
from learning.study.feedback.services import remark
from learning.study.marking import commenting, services
from learning.study.models import Enrolment, RunAssignment, Submission, SubmissionVersion
from learning.study.services.enrolling import enrol, withdraw
from texts import Flat

RESPONSIBLE, OTHER = "opettaja", "valmentaja"
UNDER_WAY = "rsos5-2026s"
# Of a work, in characters: 900 words and their headings.
LONGEST = 8_000


def rows_of(run: CourseRun, records: list[Record]) -> list[Record]:
    """The rows that are of the run; those that name none are of the run under way."""
    return [each for each in records if (each.text("run", 30) or UNDER_WAY).lower() == run.code]


def person_of(record: Record) -> User:
    """The account that is named, or the invented learner of the number."""
    if record.has("account"):
        return account_of(record.text("account", 40))
    return User.objects.get(email=f"opiskelija-{record.whole('number'):02}@{DEMO_DOMAIN}")


def moment_of(writer: Writer, record: Record, hour: int = 11) -> datetime.datetime:
    day = record.date("day", writer.today) or writer.today
    return datetime.datetime.combine(day, datetime.time(hour, 20), datetime.UTC)


def part_of(record: Record, name: str) -> list[Record]:
    """A part of the row that is a row itself; none where there is none."""
    part = record.data.get(name)
    return [Record(f"{record.path}: {name}", part, "", record.problems)] if isinstance(part, dict) else []


def rated(assignment: Assignment, marks: str, reason: str = "") -> Kept:
    """The criteria with their levels, "1011" or "43355"; the reason stands at the one that lacks most."""
    kept = snapshot(assignment)
    for each, level in zip(kept, marks, strict=False):
        each["value"] = int(level)
    given = [each for each in kept if each["value"] is not None]
    lowest = min(given, key=lambda each: each["value"], default=None)
    if lowest is not None and lowest["value"] < (MOST_GRADE if assignment.is_graded else 1):
        lowest["words"] = reason
    return kept


class Work:
    """One learner and one assignment: a row of the list."""

    def __init__(self, writer: Writer, run: CourseRun, record: Record) -> None:
        self.writer, self.run, self.record = writer, run, record
        self.code = record.text("assignment", 40, required=True)
        self.submission: Submission | None = None

    @cached_property
    def enrolment(self) -> Enrolment:
        return Enrolment.objects.select_related("run", "learner").get(run=self.run, learner=person_of(self.record))

    @property
    def row(self) -> RunAssignment:
        return RunAssignment.objects.select_related("assignment", "run__course").get(
            run=self.run, assignment__code=self.code
        )

    def moment(self, record: Record, name: str = "day", hour: int = 14) -> datetime.datetime:
        """The day that the row tells, at an hour of its own for each learner."""
        day = record.date(name, self.writer.today) or self.writer.today
        minutes = (self.record.whole("number") or 25) * 7
        at = datetime.datetime.combine(day, datetime.time(hour, 5), datetime.UTC)
        return at - datetime.timedelta(minutes=minutes)

    def hand_in(self) -> None:
        if self.record.flag("leaves"):
            # Who has left comes back to hand in, and leaves again when the reviews have been given.
            enrol(learner=self.enrolment.learner, run=self.run)
            self.enrolment.refresh_from_db()
        entries = self.record.rows("entries")
        if entries:
            self._write_journal(entries)
            return
        self.submission = hand_in(
            enrolment=self.enrolment,
            run_assignment=self.row,
            text=_flat(self.record.text("text", LONGEST, required=True)),
            files=self._files(),
            message=self.record.text("message", 500),
        )

    def leave(self) -> None:
        if self.record.flag("leaves"):
            withdraw(enrolment=self.enrolment, by=self.enrolment.learner)

    def _files(self) -> list[KeptFile]:
        name = self.record.text("file", 100)
        if not name:
            return []
        with (self.writer.content.root / "images" / name).open("rb") as opened:
            given = File(opened, name=self.record.text("file_name", 100) or name)
            return [Shelf(self.enrolment.learner_id, self.row.pk).put(check(given, self.row.assignment))]

    def _write_journal(self, entries: list[Record]) -> None:
        for each in entries:
            made = journal.write_entry(
                enrolment=self.enrolment,
                run_assignment=self.row,
                title=each.text("title", 150),
                text=_flat(each.text("text", 2_000)),
            )
            at = self.moment(each)
            type(made).objects.filter(pk=made.pk).update(written_at=at, changed_at=at)
        if self.record.has("day"):
            written = list(journal.entries_of(self.enrolment, self.row))
            seen = journal.digest_of(written)
            self.submission = journal.hand_in_journal(enrolment=self.enrolment, run_assignment=self.row, seen=seen)

    def mark(self) -> None:
        """The first assessment with its comments, the second marker's, what completes it, and what is said of it."""
        record = self.record
        self._comment(record.rows("comments"))
        if record.has("outcome"):
            self._give(record, record.text("by", 40) or RESPONSIBLE)
            for second in part_of(record, "second"):
                self._give(second, OTHER if not record.has("by") else RESPONSIBLE)
        elif record.flag("open"):
            services.claim(submission=self.made, by=account_of(OTHER))
        for again in part_of(record, "again"):
            hand_in(enrolment=self.enrolment, run_assignment=self.row, text=_flat(again.text("text", LONGEST)))
            if again.has("outcome"):
                self._give(again, RESPONSIBLE)
        for each in record.rows("remarks"):
            by = account_of(RESPONSIBLE) if each.flag("is_teacher") else self.enrolment.learner
            remark(submission=self.made, by=by, text=each.text("text", 2_000))

    @property
    def made(self) -> Submission:
        assert self.submission is not None
        return Submission.objects.select_related("run_assignment__assignment", "enrolment").get(pk=self.submission.pk)

    def _give(self, told: Record, by: str) -> None:
        submission = self.made
        assignment = submission.run_assignment.assignment
        criteria = rated(assignment, told.text("marks", 10), told.text("reason", 300))
        proposed = proposed_grade(criteria) if assignment.is_graded else None
        services.give(
            submission=submission,
            by=account_of(by),
            version=self._newest().number,
            seen=submission.marks.count(),
            outcome=told.text("outcome", 10),
            # The teacher gives what the levels come to, where the row does not say otherwise.
            grade=told.whole("grade") or proposed,
            criteria=criteria,
            words=told.text("words", 2_000),
            note=told.text("note", 500),
        )

    def _comment(self, comments: list[Record]) -> None:
        text = Flat.of_json(self._newest().body).text if comments else ""
        for each in comments:
            quote = each.text("quote", 500, required=True)
            start = text.find(quote)
            if start < 0:
                each.problem("quote", "is not in the text")
                continue
            commenting.comment(
                version=self._newest(),
                by=account_of(self.record.text("by", 40) or RESPONSIBLE),
                start=start,
                end=start + len(quote),
                quote=quote,
                text=each.text("text", 1_000),
            )

    def _newest(self) -> SubmissionVersion:
        return self.made.versions.order_by("-number")[0]


def write_draft(run: CourseRun, record: Record) -> None:
    """A work that is being written."""
    row = RunAssignment.objects.get(run=run, assignment__code=record.text("assignment", 40))
    fields: dict[str, Any] = {"body": [_flat(record.text("text", 2_000)).notation()], "body_format": ["notation"]}
    drafts.save(
        writer=DraftWriter(user_id=person_of(record).pk),
        form=FORM,
        object_key=str(row.pk),
        text=Text(fields, None),
    )


def _flat(text: str) -> Flat:
    return Flat.of_html(to_html(text))

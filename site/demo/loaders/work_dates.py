"""When the works of invented people came and were assessed: what services wrote as of now happened over weeks."""

import datetime

from django.utils import timezone

from common.dates import HELSINKI
from demo.loaders.works import Work, part_of
from learning.study.due import LAST_MINUTE
from learning.study.models import (
    PeerReview,
    ReviewAppeal,
    RunAssignment,
    SampleReview,
    Submission,
    SubmissionRemark,
    SubmissionVersion,
)

HOUR = datetime.timedelta(hours=1)
# From the one's message to the other's: the first is written the same evening, and nobody answers at night.
TALKING = 14 * HOUR


class WorkDates:
    """The dates of one assignment of a run."""

    def __init__(self, row: RunAssignment, reviews_due: datetime.datetime | None) -> None:
        self.row, self.reviews_due, self.now = row, reviews_due, timezone.now()

    def backdate(self, works: list[Work]) -> None:
        for work in works:
            if work.submission is not None:
                self._work(work, work.made)
        self._reviews()

    def _past(self, moment: datetime.datetime) -> datetime.datetime:
        return min(moment, self.now - HOUR)

    def _work(self, work: Work, submission: Submission) -> None:
        came = [self._past(work.moment(work.record))]
        marked = [self._past(work.moment(work.record, "marked", 16))] if work.record.has("marked") else []
        for again in part_of(work.record, "again"):
            came.append(self._past(work.moment(again)))
            marked += [self._past(work.moment(again, "marked", 16))] if again.has("marked") else []
        for version, at in zip(submission.versions.all(), came, strict=False):
            is_late = version.number == 1 and work.record.flag("is_late")
            SubmissionVersion.objects.filter(pk=version.pk).update(handed_in_at=at, is_late=is_late)
            given = marked[version.number - 1] if len(marked) >= version.number else at + 2 * HOUR
            self._marks(version, self._past(given))
        self._status(submission, came, marked)
        answered = marked[-1] if marked else came[-1]
        for place, each in enumerate(SubmissionRemark.objects.filter(submission=submission), 1):
            SubmissionRemark.objects.filter(pk=each.pk).update(at=self._past(answered + place * TALKING - 12 * HOUR))

    def _marks(self, version: SubmissionVersion, at: datetime.datetime) -> None:
        for place, mark in enumerate(version.marks.order_by("pk")):
            given = self._past(at + place * 3 * HOUR)
            version.marks.filter(pk=mark.pk).update(at=given)
        last = self._past(at + max(version.marks.count() - 1, 0) * 3 * HOUR)
        version.marks.exclude(released_at=None).update(released_at=last)
        version.comments.update(at=at - HOUR)
        version.comments.exclude(released_at=None).update(released_at=last)

    def _status(self, submission: Submission, came: list[datetime.datetime], marked: list[datetime.datetime]) -> None:
        again_due = submission.again_due
        if again_due is not None and marked:
            # The end of that day, as it is given.
            moved = (again_due + (marked[-1] - self.now)).astimezone(HELSINKI)
            again_due = datetime.datetime.combine(moved.date(), LAST_MINUTE, HELSINKI)
        Submission.objects.filter(pk=submission.pk).update(
            created_at=came[0], handed_in_at=came[-1], again_due=again_due
        )
        if again_due is not None:
            submission.marks.filter(outcome="again").update(again_until=again_due)

    def _reviews(self) -> None:
        """Given when both works had come, written a day or more later, and due when the run says."""
        first = {
            work.enrolment_id: at
            for work in Submission.objects.filter(run_assignment=self.row)
            for at in work.versions.filter(number=1).values_list("handed_in_at", flat=True)
        }
        rows = PeerReview.objects.filter(submission__run_assignment=self.row).select_related("submission")
        for place, review in enumerate(rows):
            theirs = first.get(review.reviewer_id or 0, self.now)
            given = self._past(max(first[review.submission.enrolment_id], theirs) + HOUR)
            left = ((self.reviews_due or self.now) - given) * (0.3 + 0.05 * (place % 12))
            done = self._past(given + max(left, 2 * HOUR))
            read = self._past(done + 6 * HOUR)
            rows.filter(pk=review.pk).update(given_at=given, due=None if review.is_teachers else self.reviews_due)
            rows.filter(pk=review.pk, done_at__isnull=False).update(done_at=done, opened_at=self._past(done - HOUR))
            rows.filter(pk=review.pk, read_at__isnull=False).update(read_at=read)
            rows.filter(pk=review.pk, thanked_at__isnull=False).update(thanked_at=read)
            rows.filter(pk=review.pk, hidden_at__isnull=False).update(hidden_at=read)
            ReviewAppeal.objects.filter(review=review).update(at=read)
            ReviewAppeal.objects.filter(review=review, answered_at__isnull=False).update(answered_at=read + 2 * HOUR)
        for practice in SampleReview.objects.filter(run_assignment=self.row):
            at = self._past(first.get(practice.enrolment_id, self.now) + HOUR)
            SampleReview.objects.filter(pk=practice.pk).update(done_at=at)

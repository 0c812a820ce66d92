"""Peer reviews among invented learners: written, half written, not written by who fell silent, thanked, appealed."""

from collections.abc import Iterator, Sequence

from accounts.models import DEMO_DOMAIN, User
from demo.loaders.accounts import account_of
from demo.loaders.works import RESPONSIBLE, rated
from demo.reading import Record
from learning.study.models import Enrolment, PeerReview, RunAssignment
from learning.study.reviewing import services, stepping_in
from learning.study.reviewing.arranging import arrange

GIVEN, DONE = PeerReview.Status.GIVEN, PeerReview.Status.DONE
# Of the reviews that are read, each third is thanked for.
THANKED = 3
# The reason of a level that is not the best.
CLEARER = "Tätä kohtaa voisi vielä täsmentää."


class Reviews:
    """The reviews of one assignment of a run; `texts` are what its reviewers write, in turn."""

    def __init__(self, row: RunAssignment, told: Record, texts: Sequence[Record]) -> None:
        self.row, self.told = row, told
        self.odd = [each for each in texts if each.flag("is_odd")]
        self.texts = [each for each in texts if not each.flag("is_odd")]
        self.silent = self._people("silent")
        self.half = self._people("half")

    def _people(self, name: str) -> set[str]:
        return {_address(each) for each in self.told.lines(name)}

    def write(self) -> None:
        """Give what can be given, and let everybody write but those who fell silent."""
        arrange(self.row.pk)
        self._practise()
        begun: set[str] = set()
        for at, review in enumerate(self._given()):
            assert review.reviewer is not None
            address = review.reviewer.learner.email
            if address in self.silent or (address in self.half and address in begun) or not self.texts:
                continue
            begun.add(address)
            self._write(review, review.reviewer, self.texts[at % len(self.texts)])
        self._answer()

    def _given(self) -> list[PeerReview]:
        rows = PeerReview.objects.filter(submission__run_assignment=self.row, status=GIVEN, reviewer__isnull=False)
        return list(rows.select_related("reviewer__learner", "submission").order_by("reviewer__learner__email", "pk"))

    def _practise(self) -> None:
        """Whoever reviews has reviewed the sample first, nearly as the teachers did."""
        assignment = self.row.assignment
        if not assignment.sample:
            return
        for review in self._given():
            assert review.reviewer is not None
            is_silent = review.reviewer.learner.email in self.silent
            if is_silent or services.has_practised(review.reviewer, self.row):
                continue
            values = "".join(str(each.sample_value or 0) for each in assignment.criteria.all())
            # The teachers' levels, a step lower on the first where there are steps.
            criteria = rated(assignment, str(max(int(values[0]) - 1, 1)) + values[1:])
            services.practise(enrolment=review.reviewer, run_assignment=self.row, criteria=criteria)

    def _write(self, review: PeerReview, reviewer: Enrolment, text: Record) -> None:
        services.open_work(review=review, enrolment=reviewer)
        services.review(
            review=review,
            enrolment=reviewer,
            version=1,
            criteria=rated(self.row.assignment, text.text("marks", 10), CLEARER),
            answers=self._answers(text),
            words=text.text("words", 2_000),
        )

    def _answers(self, text: Record) -> list[dict[str, object]]:
        questions = self.row.assignment.peer_questions.all()
        said = zip(questions, text.lines("answers"), strict=False)
        return [{"id": each.pk, "question": each.text, "answer": answer} for each, answer in said]

    def _readable(self) -> Iterator[PeerReview]:
        """Written reviews that the reviewed may see: their own are written."""
        rows = PeerReview.objects.filter(submission__run_assignment=self.row, status=DONE, hidden_at=None)
        for review in rows.select_related("submission__enrolment__learner", "reviewer").order_by("pk"):
            reviewed = review.submission.enrolment
            if reviewed.is_studying and not services.reviews_left(reviewed, self.row):
                yield review

    def _answer(self) -> None:
        """The reviewed read, thank and appeal; a teacher writes in the place of who fell silent."""
        readable = list(self._readable())
        services.read(reviews=readable)
        for review in readable[::THANKED]:
            services.thank(review=review, enrolment=review.submission.enrolment)
        if self.odd:
            self._appeal(readable[1], self.odd[0])
        elif self.row.assignment.sample and readable:
            services.appeal(
                review=readable[-1],
                enrolment=readable[-1].submission.enrolment,
                text="Arvioija puhuu kyselystä, mutta suunnitelmassani ei ole kyselyä. Voisiko opettaja katsoa tämän?",
            )
        if self.odd:
            self._rescue()

    def _appeal(self, review: PeerReview, odd: Record) -> None:
        """The reviewed asks about an odd review: the teacher answers that it stays, or takes it out of sight."""
        criteria = rated(self.row.assignment, odd.text("marks", 10), CLEARER)
        PeerReview.objects.filter(pk=review.pk).update(
            words=odd.text("words", 500), answers=self._answers(odd), criteria=criteria
        )
        services.appeal(review=review, enrolment=review.submission.enrolment, text=odd.text("asked", 500))
        is_kept, told = odd.flag("is_kept"), odd.text("told", 500)
        stepping_in.answer_appeal(review=review, by=account_of(RESPONSIBLE), is_upheld=not is_kept, answer=told)
        if not is_kept:
            self._in_place(review.submission_id)

    def _rescue(self) -> None:
        """A work whose reviewer fell silent gets the teacher's review."""
        left = next((each for each in self._given() if _of(each) in self.silent), None)
        if left is not None:
            self._in_place(left.submission_id)

    def _in_place(self, submission_id: int) -> None:
        submission = self.row.submissions.get(pk=submission_id)
        text = self.texts[0]
        stepping_in.write_in_place(
            submission=submission,
            teacher=account_of(RESPONSIBLE),
            version=1,
            criteria=rated(self.row.assignment, text.text("marks", 10)),
            answers=self._answers(text),
            words=text.text("words", 2_000),
        )


def _of(review: PeerReview) -> str:
    reviewer: User | None = review.reviewer.learner if review.reviewer else None
    return reviewer.email if reviewer else ""


def _address(name: str) -> str:
    return f"opiskelija-{int(name):02}@{DEMO_DOMAIN}" if name.isdecimal() else f"{name}@{DEMO_DOMAIN}"

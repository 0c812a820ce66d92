"""What learners do on a run, and what its teachers and fellow learners make of it."""

from learning.study.models.assignments import JournalEntry, RunAssignment, Submission, SubmissionFile, SubmissionVersion
from learning.study.models.attempts import Attempt, AttemptAnswer, PointChange
from learning.study.models.enrolments import Enrolment, EnrolmentEvent
from learning.study.models.feedback import FeedbackAnswer, FeedbackChange, FeedbackRelease, FeedbackTicket
from learning.study.models.gradebook import GradebookExport, ImportedResult, ResultImport
from learning.study.models.marking import FinalGrade, InlineComment, Likeness, Mark, ReusableComment, SubmissionRemark
from learning.study.models.progress import CalendarKey, LessonProgress, Note
from learning.study.models.reviews import LetOff, PeerReview, ReviewAppeal, SampleReview
from learning.study.models.runs import RunQuiz, RunTeacher
from learning.study.models.talking import RoomFile, RoomNote, RunAnswer, RunQuestion, RunSubscription, RunTeacherEvent

__all__ = [
    "Attempt",
    "AttemptAnswer",
    "CalendarKey",
    "Enrolment",
    "EnrolmentEvent",
    "FeedbackAnswer",
    "FeedbackChange",
    "FeedbackRelease",
    "FeedbackTicket",
    "FinalGrade",
    "GradebookExport",
    "ImportedResult",
    "InlineComment",
    "JournalEntry",
    "LessonProgress",
    "LetOff",
    "Likeness",
    "Mark",
    "Note",
    "PeerReview",
    "PointChange",
    "ResultImport",
    "ReusableComment",
    "ReviewAppeal",
    "RoomFile",
    "RoomNote",
    "RunAnswer",
    "RunAssignment",
    "RunQuestion",
    "RunQuiz",
    "RunSubscription",
    "RunTeacher",
    "RunTeacherEvent",
    "SampleReview",
    "Submission",
    "SubmissionFile",
    "SubmissionRemark",
    "SubmissionVersion",
]

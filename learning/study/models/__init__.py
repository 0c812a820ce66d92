"""What learners do on a run: enrolment, progress, notes, attempts at quizzes."""

from learning.study.models.attempts import Attempt, AttemptAnswer, PointChange
from learning.study.models.enrolments import Enrolment, EnrolmentEvent
from learning.study.models.progress import CalendarKey, LessonProgress, Note
from learning.study.models.runs import RunQuiz, RunTeacher

__all__ = [
    "Attempt",
    "AttemptAnswer",
    "CalendarKey",
    "Enrolment",
    "EnrolmentEvent",
    "LessonProgress",
    "Note",
    "PointChange",
    "RunQuiz",
    "RunTeacher",
]

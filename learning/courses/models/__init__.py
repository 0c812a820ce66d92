"""What teachers author: courses and their runs, modules, lessons and questions."""

from learning.courses.models.assignments import Assignment, Criterion, PeerQuestion
from learning.courses.models.course import Course, CourseInstitution, CourseTeacher
from learning.courses.models.pages import CourseIndexPage, CoursePage, LessonPage, ModulePage
from learning.courses.models.questions import Question, QuestionOption, QuestionStep, QuestionVersion
from learning.courses.models.quizzes import Quiz, QuizQuestion
from learning.courses.models.runs import CourseRun

__all__ = [
    "Assignment",
    "Course",
    "CourseIndexPage",
    "CourseInstitution",
    "CoursePage",
    "CourseRun",
    "CourseTeacher",
    "Criterion",
    "LessonPage",
    "ModulePage",
    "PeerQuestion",
    "Question",
    "QuestionOption",
    "QuestionStep",
    "QuestionVersion",
    "Quiz",
    "QuizQuestion",
]

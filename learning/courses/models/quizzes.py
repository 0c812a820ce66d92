"""Quizzes: questions of the bank put together, with what passing takes."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from learning.courses.models.course import Course
from learning.courses.models.questions import Question
from learning.courses.panels import QuizPreviewPanel


class Quiz(index.Indexed, ClusterableModel):
    """Questions answered together and marked. In one language, as its questions are."""

    class Feedback(models.TextChoices):
        AT_ONCE = "at_once", _("When the quiz has been handed in")
        AFTER_DUE = "after_due", _("After the due date")

    course = models.ForeignKey(Course, verbose_name=_("course"), on_delete=models.PROTECT, related_name="quizzes")
    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fi")
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)
    pass_percent = models.PositiveSmallIntegerField(
        _("share of the points that passes, per cent"), default=75, validators=[MaxValueValidator(100)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("time, minutes"), null=True, blank=True, help_text=_("Empty: no timer.")
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), null=True, blank=True, help_text=_("Empty: no limit."))
    shuffles_questions = models.BooleanField(_("questions in an order of chance"), default=False)
    feedback = models.CharField(_("feedback is shown"), max_length=10, choices=Feedback, default=Feedback.AT_ONCE)

    panels = [
        QuizPreviewPanel(),
        FieldPanel("course"),
        FieldPanel("title"),
        FieldPanel("code"),
        FieldPanel("language"),
        FieldPanel("introduction"),
        InlinePanel("questions", label=_("question"), heading=_("Questions")),
        MultiFieldPanel([FieldPanel("pass_percent"), FieldPanel("attempts")], heading=_("Passing")),
        MultiFieldPanel(
            [FieldPanel("minutes"), FieldPanel("shuffles_questions"), FieldPanel("feedback")], heading=_("Answering")
        ),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.SearchField("code")]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(pass_percent__lte=100), name="quiz_passes_at_most_at_all_points"),
            models.CheckConstraint(condition=Q(minutes=None) | Q(minutes__gt=0), name="quiz_time_is_positive"),
            models.CheckConstraint(condition=Q(attempts=None) | Q(attempts__gt=0), name="quiz_attempts_are_positive"),
        ]

    def __str__(self) -> str:
        return self.title


class QuizQuestion(Orderable):
    """A question in its place in a quiz."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="quizzes")
    points = models.PositiveSmallIntegerField(
        _("points"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )

    panels = [FieldPanel("question"), FieldPanel("points")]

    class Meta(Orderable.Meta):
        verbose_name = _("question of a quiz")
        verbose_name_plural = _("questions of a quiz")
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="each_question_once_in_a_quiz"),
            models.CheckConstraint(condition=Q(points__gt=0), name="question_of_a_quiz_gives_points"),
        ]

"""What belongs to a run besides its dates: who teaches, and which quizzes are taken."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class RunTeacher(Orderable):
    """A person who teaches a run, and sees the progress of its learners."""

    class Role(models.TextChoices):
        RESPONSIBLE = "responsible", _("Responsible teacher")
        TEACHER = "teacher", _("Teacher")
        ASSISTANT = "assistant", _("Assistant")

    run = ParentalKey("courses.CourseRun", on_delete=models.CASCADE, related_name="run_teachers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("teacher"), on_delete=models.CASCADE, related_name="teaching"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.TEACHER)

    class Meta(Orderable.Meta):
        verbose_name = _("teacher of a run")
        verbose_name_plural = _("teachers of a run")
        constraints = [models.UniqueConstraint(fields=["run", "user"], name="each_teacher_once_on_a_run")]


# They give marks and grades; assistants help without it.
MARKERS = frozenset({RunTeacher.Role.RESPONSIBLE, RunTeacher.Role.TEACHER})


class RunQuiz(Orderable):
    """A quiz in a run. Both ends of its time are moments, shown and set in Finnish time."""

    run = ParentalKey("courses.CourseRun", on_delete=models.CASCADE, related_name="run_quizzes")
    quiz = models.ForeignKey("courses.Quiz", verbose_name=_("quiz"), on_delete=models.PROTECT, related_name="in_runs")
    module = models.ForeignKey(
        "courses.ModulePage",
        verbose_name=_("module"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The Finnish page of the module that the quiz ends. Empty: it belongs to the whole course."),
    )
    opens = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Empty: open from the start."))
    due = models.DateTimeField(_("due"), null=True, blank=True, help_text=_("Empty: until the run ends."))
    is_required = models.BooleanField(_("has to be passed"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("quiz of a run")
        verbose_name_plural = _("quizzes of a run")
        constraints = [
            models.UniqueConstraint(fields=["run", "quiz"], name="each_quiz_once_on_a_run"),
            models.CheckConstraint(
                condition=Q(opens=None) | Q(due=None) | Q(due__gt=F("opens")),
                name="run_quiz_is_due_after_it_opens",
                violation_error_message=_("The quiz is due before it opens."),
            ),
        ]

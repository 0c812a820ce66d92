"""Questions and their immutable versions.

An editor changes the question; every change that a learner could see makes a new version. Blocks choose the
question, answers keep the version that was asked.
"""

from decimal import Decimal
from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from learning.courses import kinds
from learning.courses.forms import KindSelect, QuestionForm
from learning.courses.kinds.text import LONGEST as LONGEST_TEXT


class QuestionQuerySet(models.QuerySet["Question"]):
    def with_current(self) -> Self:
        """With the newest version of each, in the same query; read it with `services.current_version`."""
        newest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number")
        return self.annotate(
            current_id=Subquery(newest.values("pk")[:1]),
            current_number=Subquery(newest.values("number")[:1]),
            current_content=Subquery(newest.values("content")[:1]),
        )


class Question(index.Indexed, ClusterableModel):
    """A question as the editor keeps it. Saving it also makes its next version, when the content changed."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=kinds.choices)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fi")
    prompt = models.TextField(_("question"), max_length=1000)
    feedback_right = models.TextField(_("feedback when right"), max_length=1000, blank=True)
    feedback_wrong = models.TextField(_("feedback when wrong"), max_length=1000, blank=True)
    tolerance = models.DecimalField(_("tolerance"), max_digits=10, decimal_places=3, default=Decimal(0))
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    model_answer = models.TextField(
        _("model answer"),
        max_length=2000,
        blank=True,
        help_text=_("Shown beside the reader's own text after answering."),
    )
    longest = models.PositiveSmallIntegerField(
        _("longest answer, characters"),
        default=1000,
        validators=[MinValueValidator(20), MaxValueValidator(LONGEST_TEXT)],
    )

    objects = QuestionQuerySet.as_manager()

    base_form_class = QuestionForm

    panels = [
        FieldPanel("code"),
        FieldPanel("kind", widget=KindSelect),
        FieldPanel("language"),
        FieldPanel("prompt"),
        InlinePanel("options", label=_("option"), heading=_("Options")),
        InlinePanel("steps", label=_("step"), heading=_("Steps of a case"), classname="collapsed"),
        MultiFieldPanel([FieldPanel("feedback_right"), FieldPanel("feedback_wrong")], heading=_("Feedback")),
        MultiFieldPanel([FieldPanel("tolerance"), FieldPanel("unit")], heading=_("For numbers"), classname="collapsed"),
        MultiFieldPanel(
            [FieldPanel("model_answer"), FieldPanel("longest")], heading=_("For short texts"), classname="collapsed"
        ),
    ]
    search_fields = [
        index.SearchField("prompt"),
        index.SearchField("code"),
        index.AutocompleteField("prompt"),
        index.AutocompleteField("code"),
    ]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["code"]
        constraints = [
            # Which kinds there are is known to learning.courses.kinds; a version is not made of any other.
            models.CheckConstraint(condition=~models.Q(kind=""), name="question_has_a_kind"),
            models.CheckConstraint(condition=models.Q(longest__lte=LONGEST_TEXT), name="question_takes_a_short_text"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.prompt[:80]}"

    def save(self, **kwargs: Any) -> None:
        """Save the question with its options and keep what it became; no way of saving leaves the version out."""
        from learning.courses.services import keep_version

        with transaction.atomic():
            super().save(**kwargs)
            keep_version(self)

    def content(self) -> dict[str, Any]:
        """What a learner sees and what is right, as the version freezes it."""
        return {
            "kind": self.kind,
            "language": self.language,
            "prompt": self.prompt,
            "feedback_right": self.feedback_right,
            "feedback_wrong": self.feedback_wrong,
            "tolerance": str(Decimal(self.tolerance).normalize()),
            "unit": self.unit,
            "options": [option.content() for option in self.options.all()],
            **kinds.kind_of(self.kind).extra_content(self),
        }


class QuestionOption(Orderable):
    """An answer to choose, one side of a pair, a step of an order, or an accepted word or number."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    step = models.SlugField(_("of step"), max_length=40, blank=True, help_text=_("Only in a case."))
    text = models.CharField(_("text"), max_length=500)
    match = models.CharField(
        _("its pair"),
        max_length=300,
        blank=True,
        help_text=_("Where pairs are matched, the other side; in a case, the step that it leads to (empty: the end)."),
    )
    correct = models.BooleanField(_("right"), default=False)
    feedback = models.TextField(_("feedback"), max_length=1000, blank=True)

    panels = [
        FieldPanel("step"),
        FieldPanel("text"),
        FieldPanel("match"),
        FieldPanel("correct"),
        FieldPanel("feedback"),
    ]

    def __str__(self) -> str:
        return self.text

    def content(self) -> dict[str, Any]:
        content = {"text": self.text, "match": self.match, "correct": self.correct, "feedback": self.feedback}
        return content | {"step": self.step} if self.step else content


class QuestionStep(Orderable):
    """A situation of a case: its options name it."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="steps")
    name = models.SlugField(_("name"), max_length=40, help_text=_("Options refer to it. Learners do not see it."))
    text = models.TextField(_("situation"), max_length=2000)

    panels = [FieldPanel("name"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")
        constraints = [models.UniqueConstraint(fields=["question", "name"], name="each_step_of_a_case_by_its_name")]

    def __str__(self) -> str:
        return self.name


class VersionQuerySet(models.QuerySet["QuestionVersion"]):
    """Versions are written once: bulk changes are refused as well."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise ValidationError(_("A version of a question does not change."))

    def delete(self) -> NoReturn:
        raise ValidationError(_("A version of a question is never deleted."))


class QuestionVersion(models.Model):
    """The question as it was asked. Written once; never changed or deleted."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects: ClassVar[models.Manager["QuestionVersion"]] = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        ordering = ["question", "number"]
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.question.code} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError(_("A version of a question does not change."))
        # Never an update: a row made with the key of a version must not take its place.
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValidationError(_("A version of a question is never deleted."))

    @cached_property
    def options(self) -> list[dict[str, Any]]:
        options: list[dict[str, Any]] = self.content["options"]
        return options

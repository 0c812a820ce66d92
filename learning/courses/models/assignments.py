"""Assignments (oppimistehtävät): what is asked, by which criteria it is marked, and what reviewers are asked."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from common.fields import TEXT, CleanRichTextField
from learning.courses.assignment_form import AssignmentForm
from learning.courses.models.course import Course
from learning.courses.panels import AssignmentRunsPanel

MOST_GRADE = 5
# By content, as common.validators reads it. What may be taken is chosen among these.
FILE_KINDS = ["pdf", "docx", "odt", "pptx", "xlsx", "png", "jpg"]


def usual_file_kinds() -> list[str]:
    return ["pdf", "docx", "odt"]


class Assignment(index.Indexed, ClusterableModel):
    """A piece of work that learners hand in. In one language, as quizzes are. A run says when (study.RunAssignment)."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text written here")
        FILES = "files", _("Files")
        EITHER = "either", _("Text, files or both")
        JOURNAL = "journal", _("Learning journal: entries over the course")

    class Scale(models.TextChoices):
        PASS = "pass", _("Accepted, to be completed or rejected")
        GRADE = "grade", _("Grade 0–5")

    course = models.ForeignKey(Course, verbose_name=_("course"), on_delete=models.PROTECT, related_name="assignments")
    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fi")
    instructions = CleanRichTextField(_("instructions"), features=TEXT)
    kind = models.CharField(_("what is handed in"), max_length=8, choices=Kind, default=Kind.TEXT)
    scale = models.CharField(_("marked by"), max_length=6, choices=Scale, default=Scale.PASS)
    # Advice that the page shows beside the count; nobody is refused by it.
    min_words = models.PositiveIntegerField(_("least words"), null=True, blank=True)
    max_words = models.PositiveIntegerField(_("most words"), null=True, blank=True)
    most_files = models.PositiveSmallIntegerField(
        _("most files"), default=3, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    most_megabytes = models.PositiveSmallIntegerField(
        _("largest file, megabytes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    file_kinds = models.JSONField(_("kinds of files"), default=usual_file_kinds, blank=True)
    resubmissions = models.PositiveSmallIntegerField(
        _("times that it may be completed when asked"), default=1, validators=[MaxValueValidator(10)]
    )
    resubmission_days = models.PositiveSmallIntegerField(
        _("time to complete it, days"), default=14, validators=[MinValueValidator(1), MaxValueValidator(180)]
    )
    entries = models.PositiveSmallIntegerField(
        _("entries of the journal"), null=True, blank=True, help_text=_("How many are expected. Empty: any number.")
    )
    # What everybody reviews first, with the values and reasons of the criteria to compare with. Empty: no sample.
    sample = CleanRichTextField(_("sample work for reviewers"), features=TEXT, blank=True)

    base_form_class = AssignmentForm
    panels = [
        AssignmentRunsPanel(),
        FieldPanel("course"),
        FieldPanel("title"),
        FieldPanel("code"),
        FieldPanel("language"),
        FieldPanel("instructions"),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("min_words"),
                FieldPanel("max_words"),
                FieldPanel("most_files"),
                FieldPanel("most_megabytes"),
                FieldPanel("file_kinds"),
                FieldPanel("entries"),
            ],
            heading=_("What is handed in"),
        ),
        MultiFieldPanel(
            [FieldPanel("scale"), FieldPanel("resubmissions"), FieldPanel("resubmission_days")], heading=_("Marking")
        ),
        InlinePanel("criteria", label=_("criterion"), heading=_("Criteria")),
        InlinePanel("peer_questions", label=_("question"), heading=_("Questions to reviewers")),
        FieldPanel("sample"),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.SearchField("code")]

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_words=None) | Q(max_words=None) | Q(max_words__gte=F("min_words")),
                name="assignment_words_from_least_to_most",
                violation_error_message=_("The most words are fewer than the least."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_text(self) -> bool:
        return self.kind in {self.Kind.TEXT, self.Kind.EITHER}

    @property
    def takes_files(self) -> bool:
        return self.kind in {self.Kind.FILES, self.Kind.EITHER}

    @property
    def is_journal(self) -> bool:
        return self.kind == self.Kind.JOURNAL

    @property
    def is_graded(self) -> bool:
        return self.scale == self.Scale.GRADE


class Criterion(Orderable):
    """One criterion of an assignment: by two levels (0 lacks, 1 fulfils), or 0–5 where the assignment is graded."""

    assignment = ParentalKey(Assignment, on_delete=models.CASCADE, related_name="criteria")
    title = models.CharField(_("criterion"), max_length=120)
    fulfils = models.CharField(_("what fulfils it"), max_length=500)
    lacks = models.CharField(_("what is still lacking"), max_length=500, blank=True)
    # How the sample work does, as the teachers see it; NULL where there is no sample.
    sample_value = models.PositiveSmallIntegerField(
        _("the sample's level"), null=True, blank=True, validators=[MaxValueValidator(MOST_GRADE)]
    )
    sample_reason = models.CharField(_("why the sample is on that level"), max_length=500, blank=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("fulfils"),
        FieldPanel("lacks"),
        FieldPanel("sample_value"),
        FieldPanel("sample_reason"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.CheckConstraint(
                condition=Q(sample_value=None) | Q(sample_value__lte=MOST_GRADE),
                name="sample_is_on_a_level_of_the_scale",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PeerQuestion(Orderable):
    """What reviewers answer in their own words."""

    assignment = ParentalKey(Assignment, on_delete=models.CASCADE, related_name="peer_questions")
    text = models.CharField(_("question"), max_length=300)

    panels = [FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("question to reviewers")
        verbose_name_plural = _("questions to reviewers")

    def __str__(self) -> str:
        return self.text

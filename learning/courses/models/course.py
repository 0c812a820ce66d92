"""Courses: language-neutral, so that a seat or a grade never depends on a page or its translation."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from common.translated import Named, in_reader_language
from learning.courses.panels import CertifyingPanel

HOURS_PER_CREDIT = Decimal(27)


class Course(index.Indexed, ClusterableModel, Named):
    """A course: its size, level and who answers for it. One ECTS credit (opintopiste) is 27 hours of work."""

    class Assessment(models.TextChoices):
        PASS_FAIL = "pass", _("Pass or to be completed")
        GRADE = "grade", _("Grade 0–5")
        NONE = "none", _("Not assessed")

    class Participation(models.TextChoices):
        """Where it is studied: a certificate has to tell it."""

        ONLINE = "online", _("Online")
        BLENDED = "blended", _("Partly online, partly on site")
        ON_SITE = "on_site", _("On site")

    class Quality(models.TextChoices):
        """What stands behind the quality of the course: a certificate has to tell it."""

        INSTITUTION = "institution", _("The audited quality system of the awarding institution")
        PEERS = "peers", _("Review by the institutions that make the course together")
        OWN = "own", _("The maker's own evaluation and the learners' feedback")

    code = models.SlugField(_("code"), max_length=30, unique=True)
    credits = models.DecimalField(
        _("credits (ECTS)"), max_digits=4, decimal_places=1, null=True, blank=True, help_text=_("Empty: no credits.")
    )
    hours = models.DecimalField(_("hours of work"), max_digits=5, decimal_places=1)
    level = models.CharField(_("level"), max_length=40, blank=True, help_text=_("For example EQF 6."))
    assessment = models.CharField(_("assessment"), max_length=10, choices=Assessment, default=Assessment.PASS_FAIL)
    participation = models.CharField(
        _("form of participation"), max_length=10, choices=Participation, default=Participation.ONLINE
    )
    quality = models.CharField(
        _("quality assurance"),
        max_length=12,
        choices=Quality,
        blank=True,
        help_text=_("Told in certificates, which wait until it is known."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("name_fi"), FieldPanel("name_sv"), FieldPanel("name_en")], heading=_("Names")),
        FieldPanel("code"),
        MultiFieldPanel(
            [FieldPanel("credits"), FieldPanel("hours"), FieldPanel("level"), FieldPanel("assessment")],
            heading=_("Size and level"),
        ),
        MultiFieldPanel(
            [CertifyingPanel(), FieldPanel("participation"), FieldPanel("quality")], heading=_("Certificate")
        ),
        InlinePanel("institutions", label=_("institution"), heading=_("Institutions")),
        InlinePanel("teachers", label=_("teacher"), heading=_("Teachers by role")),
    ]
    search_fields = [index.SearchField("name_fi"), index.SearchField("code"), index.AutocompleteField("name_fi")]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["name_fi"]
        constraints = [
            models.CheckConstraint(condition=Q(credits=None) | Q(credits__gt=0), name="course_credits_positive"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="course_hours_positive"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.credits and self.hours and self.hours != self.credits * HOURS_PER_CREDIT:
            expected = self.credits * HOURS_PER_CREDIT
            raise ValidationError(
                {"hours": _("One credit is 27 hours of work, so the hours should be %(hours)s.") % {"hours": expected}}
            )


class CourseInstitution(Orderable):
    """What an organisation does for the course."""

    class Role(models.TextChoices):
        AWARDING = "awarding", _("Awards the credits or the certificate")
        TEACHING = "teaching", _("Teaches")
        COORDINATING = "coordinating", _("Coordinates")

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="institutions")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="course_roles",
    )
    role = models.CharField(_("role"), max_length=15, choices=Role)

    panels = [FieldPanel("organisation"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["course", "organisation", "role"], name="each_institution_role_once")
        ]


class CourseTeacher(Orderable):
    """Somebody who teaches, told by role and not by name."""

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="teachers")
    title_fi = models.CharField(_("role in Finnish"), max_length=150)
    title_sv = models.CharField(_("role in Swedish"), max_length=150, blank=True)
    title_en = models.CharField(_("role in English"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    panels = [
        FieldPanel("title_fi"),
        FieldPanel("title_sv"),
        FieldPanel("title_en"),
        FieldPanel("organisation"),
    ]

    @property
    def title(self) -> str:
        return in_reader_language(self, "title")

"""What went out of a run's gradebook, and what came in to it from elsewhere."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.study.models.enrolments import Enrolment

PERSON = settings.AUTH_USER_MODEL


class GradebookExport(models.Model):
    """That somebody took data of the run's learners out as a file: written before the file is sent, never changed."""

    class Content(models.TextChoices):
        CREDITS = "credits", _("Credits to register")
        COMPLETIONS = "completions", _("Completion list")
        WHOLE = "whole", _("The whole gradebook")

    run = models.ForeignKey("courses.CourseRun", on_delete=models.CASCADE, related_name="gradebook_exports")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    content = models.CharField(_("content"), max_length=11, choices=Content)
    format = models.CharField(_("form"), max_length=4)
    # Whose learners it told of, as it was called then; "" for everybody.
    institution = models.CharField(_("home institution"), max_length=200, blank=True)
    learners = models.PositiveIntegerField(_("learners"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file taken out of a gradebook")
        verbose_name_plural = _("files taken out of gradebooks")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.content}"


class ResultImport(models.Model):
    """A file of results that were done elsewhere, brought in to the run. It can be undone as a whole."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey("courses.CourseRun", on_delete=models.CASCADE, related_name="result_imports")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("name of the file"), max_length=150)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("results from a file")
        verbose_name_plural = _("results from files")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


class ImportedResult(models.Model):
    """One result of such a file: a mark for an assignment or a final grade, with what was in its place before."""

    source = models.ForeignKey(ResultImport, on_delete=models.CASCADE, related_name="results")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    mark = models.OneToOneField(
        "study.Mark", on_delete=models.CASCADE, null=True, blank=True, related_name="imported_result"
    )
    final_grade = models.OneToOneField(
        "study.FinalGrade", on_delete=models.CASCADE, null=True, blank=True, related_name="imported_result"
    )
    # Of the submission: {"status", "mark"}; {} where there was none.
    before = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("result from a file")
        verbose_name_plural = _("results from a file")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mark=None, final_grade__isnull=False)
                | models.Q(mark__isnull=False, final_grade=None),
                name="imported_result_is_a_mark_or_a_final_grade",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.enrolment_id}"

"""What the form of a course shows besides its fields."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from learning.courses import certifying

# How many runs a form leads to, the newest first.
MOST_RUNS = 5


class CertifyingPanel(Panel):
    """Tells the teacher whether certificates can be given of the course as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "learning/courses/_certifying_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            course = self.instance
            context["is_new"] = course.pk is None
            if course.pk is not None:
                context["missing"] = certifying.missing(course)
                context["hides_credits"] = bool(course.credits) and not certifying.awards_credits(course)
                context["waits_for_grade"] = course.assessment == course.Assessment.GRADE
            return context


class QuizPreviewPanel(Panel):
    """Leads to the quiz as a learner meets it. Its page stands above, and is met by its address alone."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "learning/courses/_quiz_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["is_new"] = self.instance.pk is None
            if self.instance.pk is not None:
                context["preview_url"] = reverse("study:quiz_preview", args=[self.instance.code])
            return context


class AssignmentRunsPanel(Panel):
    """Leads to the assignment as the learners of each run meet it, by the address of a page that stands above."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "learning/courses/_assignment_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            assignment = self.instance
            if assignment.pk is not None:
                codes = assignment.in_runs.order_by("-run__starts").values_list("run__code", flat=True)[:MOST_RUNS]
                context["runs"] = [(code, assignment.code) for code in codes]
            return context

"""What the course pages read."""

from typing import Self

from django.db.models import Prefetch
from wagtail.models import PageManager as WagtailPageManager

from common.querysets import PageQuerySet
from learning.courses.models.course import CourseInstitution
from learning.courses.models.runs import CourseRun


class CourseQuerySet(PageQuerySet):
    def for_page(self) -> Self:
        return super().for_page().select_related("course")

    def for_cards(self) -> Self:
        """With the course, its runs and its institutions: three queries however many cards."""
        institutions = CourseInstitution.objects.select_related("organisation")
        return (
            super()
            .for_cards()
            .select_related("course")
            .prefetch_related(
                Prefetch("course__runs", CourseRun.objects.order_by("-starts")),
                Prefetch("course__institutions", institutions),
                "course__teachers__organisation",
            )
            .order_by("path")
        )


CourseManager = WagtailPageManager.from_queryset(CourseQuerySet)

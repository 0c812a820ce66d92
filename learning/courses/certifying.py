"""What a course has to tell before a certificate can be given of it (2022/C 243/02, annex I)."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from learning.courses.models import Course, CourseInstitution

# Kinds of organisation that may award ECTS credits; named by value, since the areas are strangers to each other.
HIGHER_EDUCATION = {"uas", "university"}


def awarding(course: "Course") -> "list[CourseInstitution]":
    return [each for each in course.institutions.all() if each.role == each.Role.AWARDING]


def awards_credits(course: "Course") -> bool:
    """Whether the course gives ECTS credits: it has them, and all that award it are higher-education institutions."""
    bodies = awarding(course)
    return bool(course.credits and bodies) and all(each.organisation.type in HIGHER_EDUCATION for each in bodies)


def missing(course: "Course") -> list[Promise]:
    """What the course does not tell yet, in words for its teacher; certificates wait until the list is empty."""
    has_outcomes = any(page.outcomes for page in course.pages.filter(live=True))
    told: list[tuple[bool, Promise]] = [
        (bool(awarding(course)), _("the institution that awards it (role: awards the credits or the certificate)")),
        (has_outcomes, _("learning outcomes (on the page of the course)")),
        (bool(course.level.strip()), _("level, for example EQF 6")),
        (bool(course.quality), _("quality assurance")),
    ]
    return [name for is_told, name in told if not is_told]

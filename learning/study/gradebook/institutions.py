"""Where the credits of a run's learners are registered: the home institutions that they have told."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q

from common import languages
from common.kept import kept
from common.prepared import Prepared
from learning.courses.models import CourseRun
from learning.study.models import Enrolment
from learning.study.models.enrolments import STUDYING


def institutions_of(run: CourseRun) -> dict[int, str]:
    """The home institutions of the run's learners, by their names in the reader's language."""
    return named(numbers_of(run))


def named(keys: Collection[int | None]) -> dict[int, str]:
    """What these institutions are called, in the order of their Finnish names."""
    return {pk: name for pk, name, _finnish in _names() if pk in keys}


def as_called_here(finnish: str) -> str:
    """What the institution of the Finnish name is called in the reader's language; one not found stays as it is."""
    return next((name for _pk, name, known in _names() if known == finnish), finnish)


@kept
def _names() -> tuple[tuple[int, str, str], ...]:
    model: Any = Enrolment._meta.get_field("home_institution").related_model
    rows = model.objects.order_by("name_fi").values_list("pk", f"name_{languages.current()}", "name_fi")
    return tuple((pk, name or finnish, finnish) for pk, name, finnish in rows)


def numbers_of(run: CourseRun) -> dict[int | None, int]:
    """How many study of each institution that anybody on the run has told, and of none (None); one query."""
    return {institution: number for _run, institution, number in _NUMBERS.of([run.pk])}


_STUDYING = Count("pk", filter=Q(status__in=STUDYING))
_NUMBERS = Prepared(
    lambda: Enrolment.objects.values_list("run_id", "home_institution_id").annotate(number=_STUDYING), by="run_id"
)

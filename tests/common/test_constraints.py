"""What the database itself refuses, whoever writes past the forms."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from common.models import SiteDocument
from learning.courses.models import Question
from learning.themes.models import ThemePage
from network.resources.models import ResourcePage
from tests.factories.pages import OUTSIDE, resource, theme
from tests.learning.factories import make_question

pytestmark = pytest.mark.django_db


def test_a_resource_does_not_have_both_a_file_and_an_address() -> None:
    rows = ResourcePage.objects.filter(pk=resource().pk)
    document = SiteDocument.objects.create(title="Opas", file="opas.pdf")
    rows.update(document=document, external_url="")
    with pytest.raises(IntegrityError, match="resource_has_one_way_to_it"), transaction.atomic():
        rows.update(external_url=OUTSIDE)


def test_the_month_of_a_theme_is_its_first_day_or_none() -> None:
    rows = ThemePage.objects.filter(pk=theme(month=datetime.date(2026, 11, 22)).pk)
    assert rows.get().month == datetime.date(2026, 11, 1)
    rows.update(month=None)
    with pytest.raises(IntegrityError, match="theme_month_is_a_first_day"), transaction.atomic():
        rows.update(month=datetime.date(2026, 11, 22))


def test_a_question_has_a_kind() -> None:
    make_question("single")
    with pytest.raises(IntegrityError, match="question_has_a_kind"), transaction.atomic():
        Question.objects.update(kind="")

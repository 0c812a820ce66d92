"""A row and what its signals write are saved together."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.db.models.signals import post_save

from common.models import SiteDocument
from common.saving import SavedAsOne
from learning.courses.models import Course
from network.events.models import Event, EventSeries
from network.organisations.models import Organisation
from search.filetexts.models import FileText
from search.models import Outbox
from search.synonyms import VOCABULARIES
from vocabulary.models import GlossaryTerm

FOUND = [*VOCABULARIES, GlossaryTerm, Course, Event, EventSeries, Organisation, FileText, SiteDocument]


@pytest.fixture
def cut_off() -> Iterator[None]:
    """The process ends when a term has been written, before anything follows from it."""

    def fail(**kwargs: Any) -> None:
        raise SystemExit

    yield post_save.connect(fail, sender=GlossaryTerm, weak=False, dispatch_uid="cut-off")
    post_save.disconnect(sender=GlossaryTerm, dispatch_uid="cut-off")


@pytest.mark.django_db(transaction=True)
def test_a_row_of_which_the_search_has_not_heard_is_not_left_behind(cut_off: None) -> None:
    with pytest.raises(SystemExit):
        GlossaryTerm(name_fi="Osallisuus", code="osallisuus", definition_fi="Mukana oloa.").save()
    assert not GlossaryTerm.objects.filter(code="osallisuus").exists()
    assert not Outbox.objects.filter(kind=Outbox.Kind.TERM).exists()


@pytest.mark.parametrize("model", FOUND)
def test_all_rows_of_ours_that_the_search_shows_are_saved_so(model: type[Model]) -> None:
    assert issubclass(model, SavedAsOne)

"""The synonym lists and best bets of the demonstration: valid, loaded once, and their pages are there."""

from pathlib import Path

import pytest
from django.db import transaction

from demo import services
from demo.reading import ContentError
from search import pinned, synonyms
from search.editing.models import BestBet, SynonymGroup
from search.query import parse

pytestmark = pytest.mark.django_db


def test_the_lists_are_loaded_and_stay_one_when_changed(content: Path) -> None:
    services.load(content)
    assert SynonymGroup.objects.count() >= 20
    assert BestBet.objects.count() >= 4
    assert pinned.keys_for(parse("ota yhteyttä"), "fi")[0].startswith("page:")
    synonyms.forget()
    others = [name for _typed, names in synonyms.expand(parse("toteuttamissuunnitelma")).alternatives for name in names]
    assert ("toteutussuunnitelma",) in others
    path = content / "synonyms.yaml"
    path.write_text(path.read_text().replace("retired: [esimies]", "retired: [esimies, esimiestyö]"))
    before = SynonymGroup.objects.count()
    assert services.load(content) == 1
    assert SynonymGroup.objects.count() == before
    path.write_text(path.read_text().replace("retired: [Stakes]", "retired: [HVA]"))
    with pytest.raises(ContentError) as refused, transaction.atomic():
        services.load(content)
    assert "synonyms.yaml thl: retired" in str(refused.value)

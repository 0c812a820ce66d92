"""Questions that are put into SQL once and asked of other keys."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import QuerySet, Value
from django.test.utils import CaptureQueriesContext

from common.prepared import Prepared

pytestmark = pytest.mark.django_db


def test_it_reads_the_rows_that_have_one_of_the_keys_as_they_are_now() -> None:
    one, two, hidden = (Group.objects.create(name=name) for name in ("yksi", "kaksi", "piilo"))
    times = 0

    def shown() -> "QuerySet[Group, tuple[int, str, str]]":
        nonlocal times
        times += 1
        return Group.objects.exclude(name="piilo").annotate(said=Value("on 100 %")).values_list("pk", "name", "said")

    groups = Prepared(shown, by="pk")
    assert sorted(groups.of([one.pk, hidden.pk])) == [(one.pk, "yksi", "on 100 %")]
    Group.objects.filter(pk=two.pk).update(name="toinen")
    assert {name for _pk, name, _said in groups.of({one.pk, two.pk, hidden.pk})} == {"yksi", "toinen"}
    assert times == 1


def test_of_no_keys_nothing_is_asked() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert Prepared(lambda: Group.objects.values_list("pk", "name"), by="pk").of([]) == []
    assert not asked.captured_queries

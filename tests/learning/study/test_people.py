"""Lists of people on the desk have one order, that of the alphabet, and one way to write a name."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from learning.study.models import Enrolment
from tests.learning.study.factories import enrolled, make_run, make_teacher

pytestmark = pytest.mark.django_db

IN_ORDER = ["Bo Vuori", "Aatos Wirta", "Eero Åman", "Disa Ängeslevä", "Cilla Örn"]


@pytest.mark.parametrize("name", ["run_dashboard", "run_learners", "run_gradebook"])
def test_every_list_has_the_same_names_in_the_same_order(client: Client, name: str) -> None:
    run = make_run()
    for place, full in enumerate(sorted(IN_ORDER)):
        first, last = full.split()
        learner = enrolled(run, f"oppija-{place}").learner
        User.objects.filter(pk=learner.pk).update(first_name=first, last_name=last)
    client.force_login(make_teacher(run))
    page = BeautifulSoup(client.get(reverse(name, args=[run.code])).content, "html.parser")
    rows: Any = page.select("tbody th[scope=row]")
    assert [row.find("a").get_text(strip=True) for row in rows] == IN_ORDER


def test_who_was_on_the_waiting_list_stands_among_the_others(client: Client) -> None:
    run = make_run()
    for first, last in (("Bo", "Vuori"), ("Aatos", "Aho")):
        learner = enrolled(run, first.lower()).learner
        User.objects.filter(pk=learner.pk).update(first_name=first, last_name=last)
    Enrolment.objects.filter(run=run, learner__last_name="Aho").update(queued_at=timezone.now())
    client.force_login(make_teacher(run))
    page = BeautifulSoup(client.get(reverse("run_learners", args=[run.code])).content, "html.parser")
    assert [row.get_text(strip=True) for row in page.select("tbody th a")] == ["Aatos Aho", "Bo Vuori"]

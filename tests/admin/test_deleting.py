"""Rows that content has chosen in a many-to-many field: deleting tells who would lose them, and is refused."""

from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import ManyToManyField, Model, ProtectedError
from django.test import Client
from wagtail.models import Page, ReferenceIndex

from accounts.models import User
from common.usage import CountedManyToManyField, users_of
from network.organisations.models import Organisation
from tests.admin.conftest import SignIn
from tests.factories import pages
from vocabulary.models import Phenomenon, Region, Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("background")]


@pytest.fixture
def admin(administrator: User, sign_in: SignIn) -> Client:
    return sign_in(administrator)


def place_of(row: Model, view: str) -> str:
    return f"/hallinta/snippets/{row._meta.app_label}/{row._meta.model_name}/{view}/{row.pk}/"


def term_of_a_post() -> tuple[Model, Any]:
    row = pages.term(Phenomenon, "asunnottomuus")
    return row, pages.post(phenomena=[row])


def term_of_a_resource() -> tuple[Model, Any]:
    row = pages.term(Phenomenon, "yksinaisyys")
    return row, pages.resource(phenomena=[row])


def region_of_an_organisation() -> tuple[Model, Any]:
    row = pages.region("20", "Kainuu", 2, 4)
    return row, pages.organisation(regions=[row])


def organiser_of_an_event() -> tuple[Model, Any]:
    row = pages.organisation()
    return row, pages.event(organisers=[row])


MAKERS = [term_of_a_post, term_of_a_resource, region_of_an_organisation, organiser_of_an_event]
made = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)


@made
def test_the_use_is_told_before_deleting(make: Any, admin: Client) -> None:
    row, user = make()
    asked = admin.get(place_of(row, "delete"))
    assert asked.context["usage_count"] == 1
    assert asked.context["is_protected"]
    assert f'action="{place_of(row, "delete")}"' not in asked.content.decode()
    assert str(user) in admin.get(place_of(row, "usage")).content.decode()
    assert users_of(row) == [user]


@made
@pytest.mark.parametrize("knows", [True, False], ids=["known to the index", "not yet known"])
def test_deleting_is_refused_one_by_one_and_in_bulk(make: Any, knows: bool, admin: Client) -> None:
    row, user = make()
    if not knows:
        ReferenceIndex.objects.all().delete()
    bulk = f"/hallinta/bulk/{row._meta.app_label}/{row._meta.model_name}/delete/?id={row.pk}"
    for path in [place_of(row, "delete"), bulk]:
        answer = admin.post(path, follow=True)
        assert answer.status_code == 200
        assert knows or str(user) in " ".join(str(message) for message in answer.context["messages"])
        assert type(row)._default_manager.filter(pk=row.pk).exists()
        assert users_of(row) == [user]


def test_what_nobody_uses_any_more_can_go(admin: Client) -> None:
    row, user = term_of_a_post()
    user.phenomena = []
    user.save_revision().publish()
    asked = admin.get(place_of(row, "delete"))
    assert (asked.context["usage_count"], asked.context["is_protected"]) == (0, False)
    admin.post(place_of(row, "delete"))
    assert not Phenomenon.objects.filter(pk=row.pk).exists()


def test_what_uses_a_row_can_go_and_then_the_row(admin: Client) -> None:
    row, user = region_of_an_organisation()
    admin.post(place_of(user, "delete"))
    assert not Organisation.objects.filter(pk=user.pk).exists()
    Region.objects.all().delete()
    assert not ReferenceIndex.objects.filter(to_object_id=str(row.pk)).exists()


def test_a_queryset_deletes_all_or_nothing() -> None:
    free = pages.term(Phenomenon, "vapaa")
    row, _user = term_of_a_post()
    with pytest.raises(ProtectedError), transaction.atomic():
        Phenomenon.objects.filter(pk__in=[free.pk, row.pk]).delete()
    assert Phenomenon.objects.filter(pk__in=[free.pk, row.pk]).count() == 2


def test_a_theme_is_counted_and_may_be_deleted_after_all(admin: Client) -> None:
    theme = pages.theme(title="Mittarit")
    pages.post(themes=[theme])
    asked = admin.get(f"/hallinta/pages/{theme.pk}/delete/")
    assert (asked.context["usage_count"], asked.context["is_protected"]) == (1, False)
    admin.post(f"/hallinta/pages/{theme.pk}/delete/")
    assert not Page.objects.filter(pk=theme.pk).exists()


def test_every_field_that_chooses_rows_of_ours_counts_them() -> None:
    ours = ("learning", "blog", "network", "vocabulary", "home")
    choosing = [
        field
        for model in apps.get_models()
        if model.__module__.startswith(ours)
        for field in model._meta.local_many_to_many
        if issubclass(field.related_model, Term | Organisation | Page)
    ]
    assert len(choosing) >= 15
    assert all(isinstance(field, CountedManyToManyField) for field in choosing)


def test_migrations_know_the_field_by_its_old_name() -> None:
    field: ManyToManyField[Any, Any] = Organisation._meta.get_field("regions")
    assert field.deconstruct()[1] == "modelcluster.fields.ParentalManyToManyField"

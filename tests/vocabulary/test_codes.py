"""A term keeps its code: addresses and colours refer to it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from vocabulary.models import Phenomenon

pytestmark = pytest.mark.django_db
FORM = {"name_fi": "Köyhyys", "name_sv": "", "name_en": "", "aliases": "", "description_fi": "", "sort_order": "0"}


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("yllapitaja@example.org", "pitka-salasana-1"))
    return client


def test_names_change_and_the_code_does_not() -> None:
    term = Phenomenon.objects.create(code="koyhyys", name_fi="Köyhyys")
    term.name_fi = "Pienituloisuus"
    term.full_clean()
    term.code = "pienituloisuus"
    with pytest.raises(ValidationError) as refusal:
        term.full_clean()
    assert list(refusal.value.message_dict) == ["code"]


def test_a_new_term_is_given_its_code_in_the_form(administrator: Client) -> None:
    answer = administrator.post(reverse("wagtailsnippets_vocabulary_phenomenon:add"), FORM | {"code": "koyhyys"})
    assert answer.status_code == 302
    assert Phenomenon.objects.filter(code="koyhyys").exists()


def test_the_form_of_a_kept_term_takes_no_other_code(administrator: Client) -> None:
    term = Phenomenon.objects.create(code="koyhyys", name_fi="Köyhyys")
    address = reverse("wagtailsnippets_vocabulary_phenomenon:edit", args=[term.pk])
    assert administrator.get(address).context["form"].fields["code"].disabled
    assert administrator.post(address, FORM | {"name_fi": "Pienituloisuus", "code": "toinen"}).status_code == 302
    term.refresh_from_db()
    assert (term.code, term.name_fi) == ("koyhyys", "Pienituloisuus")

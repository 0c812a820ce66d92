"""What no page of the administration sends is refused as such."""

import pytest
from django.test import Client

from accounts.models import User
from tests.admin.conftest import SignIn
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of_editor(sign_in: SignIn, editor: User) -> Client:
    return sign_in(editor)


@pytest.mark.parametrize(
    "blocks",
    [
        {},
        {"body-count": "many"},
        {"body-count": "1"},
        {"body-count": "1", "body-0-deleted": "", "body-0-order": "first", "body-0-type": "text", "body-0-id": ""},
    ],
    ids=["no count", "no number", "no block", "no order"],
)
def test_a_form_without_the_numbers_of_its_blocks(client_of_editor: Client, blocks: dict[str, str]) -> None:
    page = pages.event_page()
    whole = {"title": "Uusi", "slug": "uusi", "programme-count": "0"}
    answer = client_of_editor.post(f"/hallinta/pages/{page.pk}/edit/", {**whole, **blocks})
    assert answer.status_code == 400
    page.refresh_from_db()
    assert page.title != "Uusi"
    assert not page.revisions.exists()

"""The administration runs the scripts that it has written itself, and no other that a page may hold."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from accounts.models import User
from common.csp import current_nonce
from tests.admin.conftest import SignIn
from tests.factories import pages
from tests.learning.factories import make_course

pytestmark = pytest.mark.django_db
SNIPPETS = "/hallinta/snippets"
FORMS = [
    *(f"{SNIPPETS}/{kind}/add/" for kind in ("events/event", "courses/course", "courses/question")),
    f"{SNIPPETS}/organisations/organisation/add/",
    *("/hallinta/workflows/add/", "/hallinta/groups/new/", "/hallinta/redirects/add/", "/hallinta/users/new/"),
    *("/hallinta/images/add/", "/hallinta/documents/add/", "/hallinta/pages/", "/hallinta/reports/site-history/"),
]
# Types of scripts that are data.
DATA = {"application/json", "text/django-form-template", "text/x-template"}


@pytest.fixture
def client_of_administrator(sign_in: SignIn, administrator: User) -> Client:
    return sign_in(administrator)


def nonce_of(answer: Any) -> str:
    found = re.search(r"script-src 'self' 'nonce-([\w-]{20,})';", answer["Content-Security-Policy"])
    assert found, answer["Content-Security-Policy"]
    return found[1]


def unmarked(answer: Any) -> list[str]:
    """Scripts that would not run: those of the page, and those of forms that are kept for adding rows."""
    html, nonce = answer.content.decode(), nonce_of(answer)
    kept = [str(tag.string) for tag in BeautifulSoup(html, "html.parser").find_all("script", type=list(DATA))]
    scripts = [tag for part in [html, *kept] for tag in BeautifulSoup(part, "html.parser").find_all("script")]
    inline = [tag for tag in scripts if not tag.get("src") and tag.get("type") not in DATA]
    return [str(tag)[:200] for tag in inline if isinstance(tag, Tag) and tag.get("nonce") != nonce]


@pytest.mark.parametrize("path", FORMS)
def test_every_script_of_a_form_is_marked(client_of_administrator: Client, path: str) -> None:
    answer = client_of_administrator.get(path)
    assert answer.status_code == 200
    assert not unmarked(answer)


def test_every_script_of_a_pages_form_is_marked(client_of_administrator: Client) -> None:
    make_course(modules=1, lessons=1)
    for page in (pages.post(), pages.theme(), pages.event_page(), pages.organisation_page(), pages.resource()):
        answer = client_of_administrator.get(f"/hallinta/pages/{page.pk}/edit/")
        assert answer.status_code == 200
        assert f'<script nonce="{nonce_of(answer)}">' in answer.content.decode(), page
        assert not unmarked(answer), page


def test_each_answer_has_a_nonce_of_its_own(client_of_administrator: Client) -> None:
    assert nonce_of(client_of_administrator.get("/hallinta/")) != nonce_of(client_of_administrator.get("/hallinta/"))
    assert current_nonce() == ""


def test_what_is_typed_is_not_marked(client_of_administrator: Client) -> None:
    post = pages.post(title="<script>alert(1)</script>")
    html = client_of_administrator.get(f"/hallinta/pages/{post.pk}/edit/").content.decode()
    assert not re.search(r"<script[^>]*>alert", html)


def test_public_pages_have_none(client: Client) -> None:
    assert "nonce" not in client.get(pages.post().url)["Content-Security-Policy"]

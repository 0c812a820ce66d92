"""The words that are put into Wagtail's own classes are still where Wagtail shows them: an upgrade may move any."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.utils import translation
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.contrib.simple_translation.models import SimpleTranslation
from wagtail.models import Locale, Page
from wagtail.sites.views import IndexView
from wagtail.users.forms import PagePermissionsForm

from accounts.models import User
from home.admin_words import SITE_COLUMNS, permission_label
from search.editing.models import SynonymGroup
from search.models import SearchWish
from tests.admin.conftest import SignIn
from tests.factories import pages

pytestmark = pytest.mark.django_db


def text(sign_in: SignIn, administrator: User, path: str) -> str:
    """What a page of the administration says in Finnish, without its tags."""
    answer = sign_in(administrator).get(f"/hallinta/{path}")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<script.*?</script>|<[^>]*>", " ", answer.content.decode(), flags=re.DOTALL).split())


def test_the_columns_of_the_list_of_sites(sign_in: SignIn, administrator: User) -> None:
    assert set(SITE_COLUMNS) <= {column.name for column in IndexView.columns}
    assert "Portti Sivuston nimi Etusivu" in text(sign_in, administrator, "sites/")


def test_the_page_of_a_workflow(sign_in: SignIn, administrator: User) -> None:
    with translation.override("fi"):
        assert WorkflowPageForm().fields["page"].label == "Sivu"
    assert "Sivu *" in text(sign_in, administrator, "workflows/add/")


def test_the_page_and_the_permissions_of_a_group(sign_in: SignIn, administrator: User) -> None:
    assert PagePermissionsForm().fields["permissions"].label_from_instance is permission_label
    said = text(sign_in, administrator, "groups/new/")
    assert "Sivu * Valitse toinen sivu Valitse sivu Sivu: Lisää" in said
    assert "Sisällön kieli: Lisää" in said


def test_the_names_of_models() -> None:
    with translation.override("en"):
        assert str(SimpleTranslation._meta.verbose_name) == "translation of pages"
        assert str(Locale._meta.verbose_name) == "language of the content"
        assert str(Locale._meta.verbose_name_plural) == "languages of the content"


def test_the_number_of_rows_below_a_list(sign_in: SignIn, administrator: User) -> None:
    pages.post()
    assert f"Sivut: {Page.objects.filter(depth=2).count()} " in text(sign_in, administrator, "pages/")
    assert f"Käyttäjät: {User.objects.count()} " in text(sign_in, administrator, "users/")


@pytest.mark.parametrize(("titles", "said"), [(["yksi"], "sivu 1–1 / 1"), (["yksi", "kaksi"], "sivut 1–2 / 2")])
def test_the_header_of_the_search_for_pages(
    titles: list[str], said: str, sign_in: SignIn, administrator: User, background: None
) -> None:
    for title in titles:
        pages.post(title=f"Lumikenkä {title}")
    shown = text(sign_in, administrator, "pages/search/?q=lumikenkä")
    assert f"Otsikko {said}" in shown
    assert "None" not in shown


def message(answer: Any) -> str:
    """What the administration says after a form was sent, in Finnish."""
    return " ".join(re.sub(r"<[^>]*>", " ", str(list(get_messages(answer.wsgi_request))[-1])).split())


def test_what_is_said_after_saving(sign_in: SignIn, administrator: User) -> None:
    client, lists = sign_in(administrator), "/hallinta/search/synonyms/"
    form = {"words": "xylitoli\r\nkoivusokeri", "retired": "", "note": ""}
    said = []
    for path in ["add/", "edit/{}/", "delete/{}/"]:
        made = SynonymGroup.objects.filter(words__startswith="xylitoli").first()
        answer = client.post(lists + path.format(made.pk if made else ""), form)
        assert answer.status_code == 302
        said.append(message(answer))
    assert ["on luotu." in said[0], "on tallennettu." in said[1], "on poistettu." in said[2]] == [True] * 3
    assert all(text.startswith("Synonyymilista ”xylitoli") for text in said), said


def test_yes_and_no_in_a_list_are_words_of_the_reader(sign_in: SignIn, administrator: User) -> None:
    SearchWish.objects.create(words="asumisneuvonta", language="fi")
    SearchWish.objects.create(words="velkaneuvonta", language="fi", is_done=True)
    said = text(sign_in, administrator, "search/wishes/")
    assert "Käsitelty" in said
    assert "Hoidettu" not in said
    assert not re.search(r"\b(?:True|False)\b", said)
    rows = said[said.index("asumisneuvonta") :]
    assert re.search(r"\bEi\b", rows[: rows.index("velkaneuvonta")])
    assert re.search(r"\bKyllä\b", rows[rows.index("velkaneuvonta") :])

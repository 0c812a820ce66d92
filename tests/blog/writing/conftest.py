"""A writer's browser, and the text of a form that could be sent."""

import io
import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from blog.models import Submission
from blog.submitting import services
from tests.factories.submissions import body, latest, sent, text
from texts import Change, Flat

KEY = uuid.UUID("5f6a6f6e-0000-4000-8000-000000000001")
WRITE = f"/blogi/kirjoita/{KEY}/"
CHECK, RECEIPT = f"{WRITE}tarkista/", f"{WRITE}lahetetty/"
# No two of its sentences are alike.
SENTENCES = " ".join(f"Virke {number} kertoo siitä, mitä odottaminen maksaa." for number in range(1, 51))
DISTINCT = Flat.of_notation(f"## Väliotsikko\n\n{SENTENCES}")


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def own(writer: User) -> Client:
    return client_of(writer)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def filled(characters: int = 2_500, **fields: Any) -> dict[str, Any]:
    """What a form sends whose text lacks nothing."""
    return {
        "title": "Odotusaika on rakenne",
        "lead": "Kuusi viikkoa on kaksi vuokraa.",
        "body": body(characters).notation(),
        "body_format": "notation",
        "language": "fi",
        "author-0-title": "Sosiaaliohjaaja",
        "author-0-byline": "role",
        **fields,
    }


def picture(name: str = "kuva.png", kind: str = "PNG") -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(data, kind)
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/png")


def seen(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    """What the page's own part says, its soft hyphens left out."""
    main = seen(response).main
    assert main is not None
    return " ".join(main.get_text(" ").replace("\xad", "").replace("\xa0", " ").split())


def fields_of(response: Any, within: str = "form[data-draft]") -> dict[str, Any]:
    """What the page's form would send, without its buttons and files; also controls elsewhere that belong to it."""
    soup = seen(response)
    form = soup.select_one(within)
    assert form is not None
    outside = soup.select(f"[form={form['id']}]") if form.get("id") else []
    controls = [*form.select("[name]"), *(each for each in outside if each.get("name"))]
    data: dict[str, Any] = {}
    for control in controls:
        if _is_sent(control):
            data.setdefault(str(control["name"]), []).extend(_values(control))
    data.pop("csrfmiddlewaretoken", None)
    return data


def _is_sent(control: Tag) -> bool:
    kind = str(control.get("type", ""))
    is_off = kind in {"checkbox", "radio"} and not control.has_attr("checked")
    return control.name != "button" and kind not in {"file", "submit"} and not is_off


def _values(control: Tag) -> list[str]:
    if control.name == "textarea":
        return [control.get_text().removeprefix("\n")]
    if control.name == "select":
        return [str(each["value"]) for each in control.select("option[selected]")]
    return [str(control.get("value", ""))]


def address_of(submission: Submission, more: str = "") -> str:
    return f"/blogi/kirjoitukseni/{submission.public_id}/{more}"


def returned(writer: User, editor: User, words: list[tuple[str, str]] | None = None) -> Submission:
    """A text with the writer, in which the editor suggests the given words in place of others."""
    submission = services.take(submission=sent(writer, text=text(body=DISTINCT)), editor=editor)
    flat = Flat.of_html(latest(submission).body)
    changes = []
    for old, new in words or []:
        start = flat.text.index(old)
        changes.append(Change(start, start + len(old), Flat(new)))
    if changes:
        services.suggest(submission=submission, author=editor, version=1, changes=changes, reason="Näin on tarkempi.")
    return services.return_to_writer(submission=submission, editor=editor, words="Katso ehdotukset.")

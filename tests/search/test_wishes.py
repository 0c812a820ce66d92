"""Telling the editors what was not found."""

import datetime
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from search import wishes
from search.models import SearchWish

pytestmark = pytest.mark.django_db
TELL = "/haku/kerro/"


@pytest.fixture(autouse=True)
def nobody_has_sent_yet() -> None:
    cache.clear()


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_form_knows_what_was_searched(client: Client) -> None:
    page = client.get(TELL, {"q": 'hyvinvointi"<b>'})
    assert 'value="hyvinvointi&quot;&lt;b&gt;"' in text(page)
    assert page["Cache-Control"] == "private, no-store"


def test_a_wish_is_kept_without_a_trace_of_who_sent_it(client: Client) -> None:
    answer: Any = client.post("/sv/haku/kerro/", {"words": "hembesök", "message": "Finns det en handbok?"})
    assert answer.status_code == 302
    assert answer["Location"] == "/sv/haku/kerro/kiitos/"
    assert client.get(answer["Location"]).status_code == 200
    (wish,) = SearchWish.objects.values()
    assert (wish["words"], wish["message"], wish["language"]) == ("hembesök", "Finns det en handbok?", "sv")
    assert set(wish) == {"id", "words", "message", "language", "sent_at", "is_done"}


@pytest.mark.parametrize(
    "sent",
    [
        {"words": ""},
        {"words": "x" * 201},
        {"words": "x", "message": "y" * 1_001},
        {"words": "x", "message": "Asiakas 131052-308T jäi ilman apua."},
        {"words": "010594Y9032"},
        {"words": "131052 308T"},
        {"words": "13.10.52 – 308T"},
        {"words": "131052308T"},
        {"words": "x", "message": "hän on 010203 a 123b ja odottaa"},
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(client: Client, sent: dict[str, str]) -> None:
    page = client.post(TELL, sent)
    assert page.status_code == 400
    assert "error-summary" in text(page)
    assert not SearchWish.objects.exists()


@pytest.mark.parametrize(
    "message", ["Kysy 020 123 4567.", "asia 2026/123456789", "13.10.2026 klo 12.30", "ISBN 9513000000"]
)
def test_numbers_that_are_no_identity_code_may_be_told(client: Client, message: str) -> None:
    assert client.post(TELL, {"words": "x", "message": message}).status_code == 302


def test_what_seems_to_be_personal_data_is_asked_about_once_more(client: Client) -> None:
    sent = {"words": "kotikäynti", "message": "Kysy 040 123 4567 tai aino.k@perhe.example."}
    page = client.post(TELL, sent)
    assert page.status_code == 400
    assert "<mark>040 123 4567</mark>" in text(page)
    assert "<mark>aino.k@perhe.example</mark>" in text(page)
    assert "error-summary--note" in text(page)
    assert not SearchWish.objects.exists()
    seen = re.findall(r'name="personal_data_seen" value="([^"]+)"', text(page))
    assert client.post(TELL, sent | {"personal_data_seen": seen}).status_code == 302
    assert SearchWish.objects.get().message == sent["message"]


def test_the_button_lets_through_what_was_seen_and_nothing_else(client: Client) -> None:
    sent = {"words": "kotikäynti", "message": "Kysy 040 123 4567."}
    seen = re.findall(r'name="personal_data_seen" value="([^"]+)"', text(client.post(TELL, sent)))
    sent["message"] += " Hän asuu osoitteessa Koulukatu 5."
    page = client.post(TELL, sent | {"personal_data_seen": seen})
    assert page.status_code == 400
    assert "<mark>Koulukatu 5</mark>" in text(page)


def test_an_identity_code_is_refused_and_no_button_lets_it_through(client: Client) -> None:
    page = client.post(TELL, {"words": "x", "message": "Hän on 131052-308T, puh. 040 123 4567."})
    assert page.status_code == 400
    assert "Lähetä silti" not in text(page)
    assert "<mark>" not in text(page)


def test_a_form_without_its_token_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(TELL, {"words": "x"}).status_code == 403


def test_the_sixth_message_of_an_hour_waits_and_keeps_its_text(client: Client) -> None:
    for number in range(5):
        assert client.post(TELL, {"words": f"sana {number}"}).status_code == 302
    refused = client.post(TELL, {"words": "kuudes sana"})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3_600
    assert "kuudes sana" in text(refused)
    assert client.post(TELL, {"words": "toisaalta"}, REMOTE_ADDR="192.0.2.7").status_code == 302
    assert SearchWish.objects.count() == 6


def test_wishes_are_forgotten_after_half_a_year() -> None:
    now = timezone.now()
    SearchWish.objects.create(words="vanha", sent_at=now - datetime.timedelta(days=181))
    SearchWish.objects.create(words="uusi", sent_at=now - datetime.timedelta(days=179))
    assert not wishes.forget_old()
    assert [wish.words for wish in SearchWish.objects.all()] == ["uusi"]

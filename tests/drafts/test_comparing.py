"""Two texts side by side, and choosing one of them without a script."""

import re
import time
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from drafts import services
from drafts.comparing import compared
from drafts.models import Draft, DraftCopy
from drafts.services import MOST_COPIES
from drafts.writers import Writer
from tests.drafts.conftest import Tab

pytestmark = pytest.mark.django_db


def marked(kept: str, other: str) -> tuple[str, str]:
    left, right = compared(kept, other)
    return tuple("".join(f"[{piece.text}]" if piece.is_own else piece.text for piece in side) for side in (left, right))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("kept", "other", "left", "right"),
    [
        ("sama", "sama", "sama", "sama"),
        ("", "", "", ""),
        ("", "uusi", "", "[uusi]"),
        ("yksi kaksi", "yksi kolme", "yksi [kaksi]", "yksi [kolme]"),
        ("a\nb\nc", "a\nx\nc", "a\n[b]\nc", "a\n[x]\nc"),
        ("a\nc", "a\nb\nc", "a\nc", "a\n[b\n]c"),
        ("kyllä.", "kyllä!", "kyllä[.]", "kyllä[!]"),
    ],
)
def test_what_only_one_text_has_is_marked(kept: str, other: str, left: str, right: str) -> None:
    assert marked(kept, other) == (left, right)


@pytest.mark.parametrize("line", ["a b " * 25_000, "a\n" * 50_000, "a\nb\n" * 25_000])
def test_long_texts_of_few_words_are_compared_soon(line: str) -> None:
    """The worst that a comparison can meet: everything looks like everything else."""
    began = time.process_time()
    left, right = compared("x" + line + "y", "z" + line[::-1] + "w")
    assert time.process_time() - began < 2
    assert "".join(piece.text for piece in left) == "x" + line + "y"
    assert "".join(piece.text for piece in right) == "z" + line[::-1] + "w"


@pytest.fixture
def clash(tab: Tab, other_tab: Tab) -> Tab:
    """Two tabs wrote; the first one won."""
    tab.write("Asunnottomuus kasvaa <b>keskustassa</b>.")
    assert other_tab.write("Asunnottomuus kasvaa lähiöissä.").status_code == 409
    return tab


def page_of(tab: Tab) -> Any:
    return tab.client.get(f"{tab.path}vertaa/")


def test_both_texts_are_shown_with_their_differences(clash: Tab) -> None:
    html = page_of(clash).content.decode()
    marks = re.findall(r'<(ins|del) class="diff"><span class="hidden">[^<]*</span>([^<]*)', html)
    assert ("ins", "lähiöissä") in marks
    assert ("del", "&lt;b&gt;keskustassa&lt;/b&gt;") in marks
    assert "Havainto" in html
    assert "no-store" in page_of(clash)["Cache-Control"]


def test_the_other_text_can_be_chosen_and_the_first_is_still_there(clash: Tab, other_tab: Tab) -> None:
    copy = DraftCopy.objects.get()
    answer = clash.client.post(f"{clash.path}vertaa/", {"choose": str(copy.public_id)})
    assert answer.status_code == 302
    assert Draft.objects.get().fields == {"text": ["Asunnottomuus kasvaa lähiöissä."]}
    assert DraftCopy.objects.get().fields == {"text": ["Asunnottomuus kasvaa <b>keskustassa</b>."]}
    # Neither tab knows of it yet.
    assert clash.write("jatkoa").status_code == 409
    assert other_tab.write("jatkoa tännekin").status_code == 409


def test_keeping_the_saved_text_erases_the_others(clash: Tab) -> None:
    assert clash.client.post(f"{clash.path}vertaa/", {"choose": "kept"}).status_code == 302
    assert Draft.objects.get().fields == {"text": ["Asunnottomuus kasvaa <b>keskustassa</b>."]}
    assert not DraftCopy.objects.exists()
    assert page_of(clash).status_code == 200


@pytest.mark.parametrize("choice", ["", "x", "00000000-0000-0000-0000-000000000000", "\x00"])
def test_a_text_that_is_not_there_cannot_be_chosen(clash: Tab, choice: str) -> None:
    answer = clash.client.post(f"{clash.path}vertaa/", {"choose": choice})
    assert answer.status_code == 302
    assert Draft.objects.get().fields == {"text": ["Asunnottomuus kasvaa <b>keskustassa</b>."]}


def test_nobody_else_sees_or_chooses(clash: Tab, stranger: User) -> None:
    copy = DraftCopy.objects.get()
    client = Client()
    for _turn in range(2):
        for page in ("vertaa", "hylkaa"):
            assert client.get(f"{clash.path}{page}/").status_code == 404
            assert client.post(f"{clash.path}{page}/", {"choose": str(copy.public_id)}).status_code == 404
        client.force_login(stranger)
    assert Draft.objects.get().is_open


def test_what_was_sent_cannot_be_compared(clash: Tab, learner: User) -> None:
    services.finish(writer=Writer.person(learner), form="test.plain", object_key="1")
    assert page_of(clash).status_code == 404


def test_discarding_without_a_script_can_be_undone(clash: Tab) -> None:
    address = f"{clash.path}hylkaa/"
    assert clash.client.get(address).status_code == 200
    assert Draft.objects.get().is_open
    clash.client.post(address)
    assert not Draft.objects.get().is_open
    assert 'name="restore"' in clash.client.get(address).content.decode()
    clash.client.post(address, {"restore": ""})
    assert Draft.objects.get().is_open


def test_only_so_many_other_texts_are_kept(tab: Tab) -> None:
    tab.write("alku")
    for number in range(MOST_COPIES + 3):
        Tab(tab.client, f"laite{number}").write(f"teksti {number}")
    texts = [copy.fields["text"][0] for copy in DraftCopy.objects.all()]
    assert texts == [f"teksti {number}" for number in reversed(range(3, MOST_COPIES + 3))]


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_costs_the_same_for_one_text_and_many(
    tab: Tab, number: int, django_assert_max_num_queries: Any
) -> None:
    tab.write("alku")
    for each in range(number):
        Tab(tab.client, f"laite{each}").write(f"teksti {each}")
    page_of(tab)
    with django_assert_max_num_queries(8):
        page_of(tab)

"""Many who save the same draft at the same moment: one text wins, every other one is kept beside it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from accounts.models import User
from drafts import services
from drafts.errors import Finished
from drafts.models import Draft, DraftCopy
from drafts.services import Clash, Saved
from drafts.texts import Text
from drafts.writers import Writer
from tests.drafts.conftest import OPEN, PLAIN

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do all of them at the same moment, each on a connection of its own; what they return or raise."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        try:
            barrier.wait()
            outcomes[place] = acts[place]()
        except Exception as error:
            outcomes[place] = error  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def writer() -> Writer:
    return Writer.person(User.objects.create_user("oppija@kunta.example", "pitka-salasana-1"))


def saving(writer: Writer, name: str, base: int, turn: int = 1) -> Callable[[], Saved | Clash]:
    text = Text({"text": [name]}, base, name, turn)
    return lambda: services.save(writer=writer, form=PLAIN, object_key="1", text=text)


@pytest.mark.parametrize("base", [0, 1])
def test_of_tabs_that_start_from_the_same_version_exactly_one_wins(writer: Writer, base: int) -> None:
    """Also where none of them knows of a draft yet, so that there is no row to lock."""
    if base:
        saving(writer, "alku", 0)()
    names = [f"laite{number}" for number in range(6)]
    outcomes = at_once([saving(writer, name, base) for name in names])
    won = [name for name, outcome in zip(names, outcomes, strict=True) if isinstance(outcome, Saved)]
    assert len(won) == 1
    assert all(isinstance(outcome, Saved | Clash) for outcome in outcomes)
    draft = Draft.objects.get()
    assert (draft.version, draft.fields) == (base + 1, {"text": won})
    assert sorted(copy.fields["text"][0] for copy in DraftCopy.objects.all()) == sorted(set(names) - set(won))


def test_saves_of_one_tab_that_overtake_each_other_leave_the_latest(writer: Writer) -> None:
    texts = [Text({"text": [str(turn)]}, 0, "laite", turn) for turn in range(1, 7)]
    acts: list[Callable[[], Any]] = [
        lambda text=text: services.save(writer=writer, form=PLAIN, object_key="1", text=text)  # type: ignore[misc]
        for text in texts
    ]
    assert all(isinstance(outcome, Saved) for outcome in at_once(acts))
    assert Draft.objects.get().fields == {"text": ["6"]}
    assert not DraftCopy.objects.exists()


def test_what_is_saved_while_the_form_is_sent_is_either_sent_or_refused(writer: Writer) -> None:
    for base in range(5):
        found = services.find(writer=writer, form=PLAIN, object_key="1")
        version = found.version if found else 0
        save = saving(writer, f"teksti {base}", version)
        sent, saved = at_once([lambda: services.finish(writer=writer, form=PLAIN, object_key="1"), save])
        assert (sent == {"text": [f"teksti {base}"]}) == isinstance(saved, Saved) or isinstance(saved, Finished)
        if isinstance(saved, Finished):
            assert sent == {}
        assert Draft.objects.get().fields == {}


def test_signing_in_twice_at_once_hands_the_drafts_over_once(writer: Writer) -> None:
    visitor = Writer(visitor="v" * 64)
    services.save(writer=visitor, form=OPEN, object_key="1", text=Text({"text": ["vieraana"]}, 0, "laite", 1))
    outcomes = at_once([lambda: services.hand_over(visitor=visitor, to=writer)] * 3)
    assert sum(outcomes) == 1
    assert Draft.objects.get().fields == {"text": ["vieraana"]}
    assert not DraftCopy.objects.exists()

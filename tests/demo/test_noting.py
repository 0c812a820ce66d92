"""While the demonstration is loaded, Wagtail's notes are kept back, and none is lost."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django_tasks.signals import task_enqueued
from wagtail.models import Page, ReferenceIndex

from demo.noting import once_for_each
from tests.factories import pages as make
from vocabulary.models import Phenomenon

pytestmark = pytest.mark.django_db


@pytest.fixture
def noted() -> Iterator[Counter[tuple[Any, ...]]]:
    """How often each thing was noted, by task and thing."""
    seen: Counter[tuple[Any, ...]] = Counter()

    def see(sender: Any, task_result: Any, **kwargs: Any) -> None:
        seen[task_result.task.module_path, *task_result.args] += 1

    task_enqueued.connect(see)
    yield seen
    task_enqueued.disconnect(see)


@pytest.mark.usefixtures("background")
def test_what_is_saved_often_is_noted_once(noted: Counter[tuple[Any, ...]]) -> None:
    with once_for_each():
        post = make.post(title="Merkitään kerran", phenomena=[make.term(Phenomenon, "yksinaisyys")])
        post.save_revision().publish()
        assert not noted

    of_post = {thing: count for thing, count in noted.items() if thing[-1] == str(post.pk) and "postpage" in thing}
    assert list(of_post.values()) == [1, 1]
    assert [page.pk for page in Page.objects.search("merkitään")] == [post.pk]
    assert ReferenceIndex.get_references_for_object(post).exists()


@pytest.mark.usefixtures("background")
def test_what_is_deleted_again_leaves_no_note(noted: Counter[tuple[Any, ...]]) -> None:
    phenomenon = make.term(Phenomenon, "yksinaisyys")
    with once_for_each():
        post = make.post(phenomena=[phenomenon])
        number = post.pk
        post.delete()

    assert not [thing for thing in noted if thing[-1] == str(number) and "postpage" in thing]
    assert not ReferenceIndex.get_references_to(phenomenon).exists()


def test_saves_are_noted_at_once_afterwards(noted: Counter[tuple[Any, ...]]) -> None:
    with once_for_each():
        pass
    assert not noted

    make.post()
    assert {thing[0].split(".")[0] for thing in noted} == {"wagtail", "modelsearch"}

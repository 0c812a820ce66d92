"""What Wagtail notes after each save, noted once for each thing that was loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler as note_for_search
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signal_handlers import update_reference_index_on_save as note_references


@contextmanager
def once_for_each() -> Iterator[None]:
    """Within it things may be saved often; at the end each is noted once for the administration's search and usages.

    A page that is loaded is saved up to six times, and each note costs the worker some hundredths of a second.
    """
    saved: dict[tuple[type[Model], Any], Model] = {}

    def remember(sender: type[Model], instance: Model, **kwargs: Any) -> None:
        saved[sender, instance.pk] = instance

    def forget(sender: type[Model], instance: Model, **kwargs: Any) -> None:
        saved.pop((sender, instance.pk), None)
        if sender in ReferenceIndex.tracked_models:
            ReferenceIndex.remove_for_object(instance)
            ReferenceIndex.remove_references_to(instance)

    searched = [model for model in get_indexed_models() if post_save.disconnect(note_for_search, sender=model)]
    post_save.connect(remember)
    post_delete.connect(forget)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(remember)
        post_delete.disconnect(forget)
        for model in searched:
            post_save.connect(note_for_search, sender=model)
    for (model, _key), instance in saved.items():
        if model in searched:
            note_for_search(instance)
        if model in ReferenceIndex.tracked_models:
            note_references(instance)

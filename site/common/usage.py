"""Many-to-many fields whose use is counted: who deletes a row is told first what would lose it.

Wagtail's index of references, which its pages for deleting show, knows foreign keys and blocks alone; and the
database empties a many-to-many field without a word. Here what a row is chosen by protects it, as a foreign key would.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.signals import m2m_changed, pre_delete
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page


class CountedManyToManyField(ParentalManyToManyField):
    """A many-to-many field that Wagtail counts, and that keeps the rows it has chosen from being deleted.

    Pages are counted alone: who deletes one has read how often it is used, and has gone on.
    """

    if TYPE_CHECKING:
        # Rows are read from it and lists are assigned to it.
        def __get__(self, instance: object, owner: type | None = None) -> Any: ...
        def __set__(self, instance: object, value: Any) -> None: ...

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        # To migrations it is the field that it extends: the tables are the same.
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        # The rows are written after the object, whose saving alone Wagtail hears of.
        m2m_changed.connect(_count_anew, sender=self.remote_field.through)

    def contribute_to_related_class(self, cls: type[models.Model], related: Any) -> None:
        super().contribute_to_related_class(cls, related)
        if not issubclass(cls, Page):
            # Django has no use for it here. Wagtail reads from it what deleting would do.
            related.on_delete = models.PROTECT
            pre_delete.connect(_refuse_while_used, sender=cls)

    def extract_references(self, chosen: models.QuerySet[Any]) -> Iterator[tuple[type[models.Model], str, str, str]]:
        """What Wagtail asks of every field: (model, key, path in the model, path in the content)."""
        for row in chosen:
            yield self.related_model, str(row.pk), "item", str(row.pk)


def users_of(row: models.Model) -> list[models.Model]:
    """Everything that has chosen the row in a counted field."""
    relations = [each for each in row._meta.get_fields(include_hidden=True) if each.many_to_many and each.auto_created]
    return [
        user
        for relation in relations
        if isinstance(field := getattr(relation, "field", None), CountedManyToManyField)
        for user in field.model._base_manager.filter(**{field.name: row}).distinct()
    ]


def _count_anew(sender: Any, instance: models.Model, action: str, reverse: bool, **kwargs: Any) -> None:
    # Can be imported only when all models are loaded.
    from wagtail.signal_handlers import update_reference_index_on_save

    if action in {"post_add", "post_remove", "post_clear"} and not reverse:
        update_reference_index_on_save(instance)


def _refuse_while_used(sender: Any, instance: models.Model, **kwargs: Any) -> None:
    users = users_of(instance)
    if users:
        raise models.ProtectedError(f"{instance} is used {len(users)} times.", users)  # type: ignore[arg-type]

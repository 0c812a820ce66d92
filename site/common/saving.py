"""Rows that are saved together with what their signals write."""

from typing import Any

from django.db import models, transaction


class SavedAsOne(models.Model):
    """Saved in one transaction with what follows from it, as Django itself does with pages.

    Elsewhere Django tells of a row only after it has been committed: a process that is killed just then would leave a
    row of which the search, for one, has not heard.
    """

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save_base(*args, **kwargs)

"""Names kept in three columns: one row in the database, the reader's language on the page."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common import languages
from common.saving import SavedAsOne


def in_reader_language(row: models.Model, field: str) -> str:
    """Return `field_<language>` of the row for the active language, or the Finnish text where that is empty."""
    return str(getattr(row, f"{field}_{languages.current()}", "") or getattr(row, f"{field}_fi"))


class Named(SavedAsOne):
    """Something with a Finnish name and, where known, a Swedish and an English one."""

    name_fi = models.CharField(_("name in Finnish"), max_length=200)
    name_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_reader_language(self, "name")

    def all_names(self) -> list[str]:
        """Every known name, for search and for telling near-twins apart."""
        names: list[Any] = [self.name_fi, self.name_sv, self.name_en]
        return [name for name in names if name]

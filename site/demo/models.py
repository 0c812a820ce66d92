"""What the loader has loaded, so that a second run changes nothing."""

from django.db import models


class LoadedFile(models.Model):
    """A content file and the fingerprint of what was loaded from it."""

    path = models.CharField(max_length=200, unique=True)
    fingerprint = models.CharField(max_length=64)
    loaded_on = models.DateField(help_text="Relative dates of the content count from this day.")

    def __str__(self) -> str:
        return self.path

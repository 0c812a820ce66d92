"""What the authors of a post and of a text on its way have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Affiliated(models.Model):
    """Of an organisation of the directory, of another one, or of none."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    other_organisation = models.CharField(_("other organisation"), max_length=150, blank=True)

    class Meta:
        abstract = True

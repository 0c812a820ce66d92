"""The roles of people who work with the content. Each is a group; its name is what the Finnish admin shows."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Value: the name of the group. Label: what the role is called in the reader's language."""

    EDITOR = "Toimittajat", _("Editor")
    TEACHER = "Opettajat", _("Teacher")
    PARTNER_COORDINATOR = "Kumppanikoordinaattorit", _("Partner coordinator")
    NETWORK_COORDINATOR = "Verkostokoordinaattorit", _("Network coordinator")
    ADMINISTRATOR = "Ylläpitäjät", _("Administrator")


def role_names(groups: Iterable[str]) -> list[str]:
    """The groups as roles in the reader's language; a group that is no role keeps its name."""
    labels = {str(value): str(label) for value, label in Role.choices}
    return [labels.get(group, group) for group in groups]

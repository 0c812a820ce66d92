"""How editors choose terms: a box for each, in one panel that all content shares."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel


def checkboxes(field: str) -> FieldPanel:
    """The rows of a many-to-many field as boxes: with few rows all of them are seen at once."""
    return FieldPanel(field, widget=forms.CheckboxSelectMultiple)


def vocabulary_panel(*fields: str | Panel, is_folded: bool = True) -> MultiFieldPanel:
    """What the content is about. A name stands for a many-to-many field, shown as boxes; a panel is taken as it is."""
    panels = [checkboxes(field) if isinstance(field, str) else field for field in fields]
    return MultiFieldPanel(panels, heading=_("Vocabularies"), classname="collapsed" if is_folded else "")

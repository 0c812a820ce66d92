"""Terms are chosen in the same way wherever content is edited."""

from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, get_edit_handler
from wagtail.models import Page

from blog.models import Submission
from vocabulary.models import Term
from vocabulary.panels import vocabulary_panel


def edited() -> list[type[models.Model]]:
    """The models whose forms choose terms of a vocabulary."""
    return [
        model
        for model in apps.get_models()
        # A text on its way is no form of the administration.
        if model is not Submission
        and any(issubclass(field.related_model, Term) for field in model._meta.many_to_many if field.related_model)
    ]


def test_posts_events_resources_themes_and_organisations_choose_terms() -> None:
    assert {model.__name__ for model in edited()} >= {
        *("PostPage", "Event", "ResourcePage", "ThemePage", "Organisation"),
    }


@pytest.mark.parametrize("model", edited(), ids=lambda model: model.__name__)
def test_every_vocabulary_is_a_row_of_boxes(model: type[models.Model]) -> None:
    typed: Any = model
    handler = typed.get_edit_handler() if issubclass(model, Page) else get_edit_handler(model)
    fields = handler.get_form_class().base_fields
    for field in model._meta.many_to_many:
        if field.related_model and issubclass(field.related_model, Term):
            assert isinstance(fields[field.name].widget, forms.CheckboxSelectMultiple), field.name


def test_the_panel_takes_names_and_panels_in_their_order() -> None:
    own = FieldPanel("task_area")
    panel = vocabulary_panel(own, "methods", is_folded=False)
    assert isinstance(panel, MultiFieldPanel)
    assert [child.field_name for child in panel.children] == ["task_area", "methods"]
    assert panel.children[0] is own
    assert (panel.classname, vocabulary_panel("methods").classname) == ("", "collapsed")

"""Lists of rows in the admin, in the menu only of those who may change them."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

WORK = ["add", "change", "delete"]
MOST_WORDS = 10


class SearchForm(BaseFilterForm):
    """The search of a chooser: every word somewhere in the fields that the list searches too."""

    q = forms.CharField(
        label=_("Search term"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )

    def filter(self, objects: "QuerySet[Any]") -> "QuerySet[Any]":
        found = super().filter(objects)
        typed = self.cleaned_data.get("q") or ""
        if typed.strip():
            self.is_searching = True
            self.search_query = typed
            fields = found.model.snippet_viewset.search_fields
            for word in typed.split()[:MOST_WORDS]:
                found = found.filter(reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields)))
        return found


class ChooseView(chooser.ChooseView):
    filter_form_class = SearchForm


class ChooseResultsView(chooser.ChooseResultsView):
    filter_form_class = SearchForm


def _said_about(sentence: str, name: Any) -> str:
    """A sentence of Wagtail's about an object, in the language of whoever reads it."""
    return gettext(sentence) % {"object": name}


_about = lazy(_said_about, str)


class RowChooser(AdminSnippetChooser):
    """Wagtail keeps the words of the buttons in the language of whoever opened the form first."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        name = self.model._meta.verbose_name
        self.choose_one_text = _about("Choose %(object)s", name)
        self.choose_another_text = _about("Choose another %(object)s", name)
        self.link_to_chosen_text = _about("Edit this %(object)s", name)


class RowChooserViewSet(chooser.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    base_widget_class = RowChooser


class RowViewSet(SnippetViewSet):
    """A list of rows: who may only choose a row in a form does not meet the list in the menu."""

    # A copy would keep the unique code, so copying only leads to an error.
    copy_view_enabled = False
    list_per_page = 50
    chooser_per_page = 20
    chooser_viewset_class = RowChooserViewSet
    # The database looks inside words, which Finnish compounds need; the search index knows word beginnings.
    search_backend_name = None

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        policy = policy_registry.get_by_type(self.model)

        def is_shown(item: MenuItem, request: HttpRequest) -> bool:
            return bool(policy.user_has_any_permission(request.user, WORK))

        return type(f"{self.model.__name__}MenuItem", (MenuItem,), {"is_shown": is_shown})


class NamedViewSet(RowViewSet):
    """Rows that have a name in three languages and a code."""

    search_fields = ["name_fi", "name_sv", "name_en", "code"]
    ordering = ["name_fi"]
    list_display: list[Any] = [
        "name_fi",
        Column("name_sv", label=_("In Swedish"), sort_key="name_sv"),
        Column("name_en", label=_("In English"), sort_key="name_en"),
        Column("code", label=pgettext_lazy("identifier", "Code"), sort_key="code"),
    ]

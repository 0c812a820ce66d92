"""Lists of rows in the admin, in the menu only of those who may change them."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet

WORK = ["add", "change", "delete"]


class RowViewSet(SnippetViewSet):
    """A list of rows: who may only choose a row in a form does not meet the list in the menu."""

    # A copy would keep the unique code, so copying only leads to an error.
    copy_view_enabled = False
    list_per_page = 50
    chooser_per_page = 20
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

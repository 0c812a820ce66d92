"""Organisations in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column

from common.viewsets import NamedViewSet
from network.organisations.models import Organisation


class OrganisationViewSet(NamedViewSet):
    model = Organisation
    icon = "group"
    menu_name = "organisations"
    menu_order = 530
    add_to_admin_menu = True
    search_fields = [*NamedViewSet.search_fields, "short_name"]
    list_display = [
        "name_fi",
        Column("short_name", label=_("Short name"), sort_key="short_name"),
        Column("type", label=_("Type"), accessor="get_type_display", sort_key="type"),
        BooleanColumn("is_key_partner", label=_("Key partner"), sort_key="is_key_partner"),
        BooleanColumn("is_fictional", label=_("Invented"), sort_key="is_fictional"),
        Column("ends", label=_("Existed until"), sort_key="ends"),
    ]
    list_filter = ["type", "is_key_partner", "is_fictional", "regions"]

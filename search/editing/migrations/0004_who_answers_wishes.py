"""What searchers did not find is for those who keep the lists of the search."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

KEEPERS = ["Toimittajat", "Verkostokoordinaattorit", "Ylläpitäjät"]
CODENAMES = ["view_searchwish", "change_searchwish", "delete_searchwish"]


def grant(apps: Any, schema_editor: Any) -> None:
    # Permissions are normally made after all migrations; this one needs them now.
    config = apps.get_app_config("search")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="search", codename__in=CODENAMES
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=KEEPERS):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("search_editing", "0003_counted_searches"),
        ("search", "0003_search_wishes"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

"""Who keeps the lists of the search: editors, network coordinators and administrators."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

KEEPERS = ["Toimittajat", "Verkostokoordinaattorit", "Ylläpitäjät"]
MODELS = ("synonymgroup", "bestbet")


def grant(apps: Any, schema_editor: Any) -> None:
    # Permissions are normally made after all migrations; this one needs them now.
    config = apps.get_app_config("search_editing")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="search_editing", content_type__model__in=MODELS
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=KEEPERS):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("search_editing", "0001_synonyms_and_best_bets"),
        ("home", "0003_role_permissions"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

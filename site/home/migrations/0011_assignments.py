"""Who may make and change assignments: those who may make and change quizzes."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

GRANTS = {
    "Toimittajat": ("view", "add", "change"),
    "Opettajat": ("view", "add", "change"),
    "Ylläpitäjät": ("view", "add", "change", "delete"),
}


def _permissions(apps: Any, actions: tuple[str, ...]) -> Any:
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="courses", codename__in=[f"{action}_assignment" for action in actions]
    )


def grant(apps: Any, schema_editor: Any) -> None:
    # Permissions are normally made after all migrations; this one needs them now.
    config = apps.get_app_config("courses")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTS):
        group.permissions.add(*_permissions(apps, GRANTS[group.name]))


def take_back(apps: Any, schema_editor: Any) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTS):
        group.permissions.remove(*_permissions(apps, GRANTS[group.name]))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0010_submissions"),
        ("courses", "0010_assignments_and_marking"),
    ]

    operations = [migrations.RunPython(grant, take_back)]

"""Who works on the texts that people send to the blog: editors and administrators."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

KEEP = ("view", "add", "change")
MODELS = ("channel", "declinetemplate")
GRANTS = {
    "Toimittajat": ["edit_submission", *(f"{action}_{model}" for model in MODELS for action in KEEP)],
    "Ylläpitäjät": ["edit_submission", *(f"{action}_{model}" for model in MODELS for action in (*KEEP, "delete"))],
}


def _permissions(apps: Any, codenames: list[str]) -> Any:
    return apps.get_model("auth", "Permission").objects.filter(content_type__app_label="blog", codename__in=codenames)


def grant(apps: Any, schema_editor: Any) -> None:
    # Permissions are normally made after all migrations; this one needs them now.
    config = apps.get_app_config("blog")
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
        ("home", "0009_quizzes"),
        ("blog", "0004_submissions_and_readers"),
    ]

    operations = [migrations.RunPython(grant, take_back)]

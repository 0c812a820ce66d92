"""Editors and administrators translate pages; administrators alone keep the redirects and the collections."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

TRANSLATORS = ["Toimittajat", "Ylläpitäjät"]
ADMINISTRATORS = "Ylläpitäjät"
COLLECTION_ACTIONS = ("add", "change", "delete")


def _permission(apps: Any, app_label: str, codename: str) -> Any:
    return apps.get_model("auth", "Permission").objects.get(content_type__app_label=app_label, codename=codename)


def grant(apps: Any, schema_editor: Any) -> None:
    # Permissions are normally made after all migrations; this one needs them now.
    config = apps.get_app_config("simple_translation")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    Group = apps.get_model("auth", "Group")
    translate = _permission(apps, "simple_translation", "submit_translation")
    for group in Group.objects.filter(name__in=TRANSLATORS):
        group.permissions.add(translate)
    editors = Group.objects.get(name="Toimittajat")
    editors.permissions.remove(*editors.permissions.filter(content_type__app_label="wagtailredirects"))
    # Wagtail asks for these on the collection itself, not on the model.
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for action in COLLECTION_ACTIONS:
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
            group_id=Group.objects.get(name=ADMINISTRATORS).pk,
            collection_id=root.pk,
            permission_id=_permission(apps, "wagtailcore", f"{action}_collection").pk,
        )


class Migration(migrations.Migration):
    dependencies = [("home", "0003_role_permissions"), ("simple_translation", "0001_initial")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

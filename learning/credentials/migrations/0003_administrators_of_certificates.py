"""Administrators answer for the certificates of every run; teachers need no right but that of their run."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ADMINISTRATORS = "Ylläpitäjät"


def _permission(apps):
    return apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="credentials", codename="change_certificate"
    )


def grant(apps, schema_editor):
    # Permissions are normally made after all migrations; this one needs its own now.
    config = apps.get_app_config("credentials")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    for group in apps.get_model("auth", "Group").objects.filter(name=ADMINISTRATORS):
        group.permissions.add(_permission(apps))


def take_back(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name=ADMINISTRATORS):
        group.permissions.remove(_permission(apps))


class Migration(migrations.Migration):
    dependencies = [("credentials", "0002_events_and_what_is_shown"), ("accounts", "0003_roles")]

    operations = [migrations.RunPython(grant, take_back)]

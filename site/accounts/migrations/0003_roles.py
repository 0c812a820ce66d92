"""The five roles as groups. What each may do is granted in home/migrations, where all areas are known."""

from typing import Any

from django.db import migrations

ROLES = ["Toimittajat", "Opettajat", "Kumppanikoordinaattorit", "Verkostokoordinaattorit", "Ylläpitäjät"]


def make_roles(apps: Any, schema_editor: Any) -> None:
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.get_or_create(name=name)


def remove_roles(apps: Any, schema_editor: Any) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_organisation_of_user"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_roles, remove_roles)]

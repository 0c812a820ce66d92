"""What each role may do, and the approval workflow of new content."""

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from home.migrations._grants_0003 import GRANTS, PAGE_GRANTS

SECTION_LABELS = {
    "home": ("home", "homepage"),
    "courses": ("courses", "courseindexpage"),
    "organisations": ("organisations", "organisationindexpage"),
    "events": ("events", "eventindexpage"),
    "resources": ("resources", "resourceindexpage"),
}


def _make_permissions(apps: Any) -> None:
    """Permissions are normally made after all migrations; this one needs them now."""
    for config in installed.get_app_configs():
        try:
            historical = apps.get_app_config(config.label)
        except LookupError:
            continue
        historical.models_module = True
        create_permissions(historical, apps=apps, verbosity=0)
        historical.models_module = None


def _permission(apps: Any, name: str) -> Any:
    label, codename = name.split(".")
    permissions = apps.get_model("auth", "Permission").objects.select_related("content_type")
    return permissions.get(content_type__app_label=label, codename=codename)


def _pages(apps: Any, section: str) -> Any:
    app_label, model = SECTION_LABELS[section]
    return apps.get_model("wagtailcore", "Page").objects.filter(
        content_type__app_label=app_label, content_type__model=model
    )


def grant(apps: Any, schema_editor: Any) -> None:
    _make_permissions(apps)
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    PagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    CollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for role, names in GRANTS.items():
        group = Group.objects.get(name=role)
        for name in names:
            permission = _permission(apps, name)
            if permission.content_type.app_label in {"wagtailimages", "wagtaildocs"}:
                CollectionPermission.objects.get_or_create(
                    group_id=group.pk, collection_id=root.pk, permission_id=permission.pk
                )
            else:
                group.permissions.add(permission)
    for role, sections in PAGE_GRANTS.items():
        group = Group.objects.get(name=role)
        for section, codenames in sections.items():
            for page in _pages(apps, section):
                for codename in codenames:
                    permission = _permission(apps, f"wagtailcore.{codename}_page")
                    PagePermission.objects.get_or_create(
                        group_id=group.pk, page_id=page.pk, permission_id=permission.pk
                    )


def make_workflow(apps: Any, schema_editor: Any) -> None:
    ContentType = apps.get_model("contenttypes", "ContentType")
    apps.get_model("wagtailcore", "WorkflowPage").objects.all().delete()
    apps.get_model("wagtailcore", "WorkflowTask").objects.all().delete()
    apps.get_model("wagtailcore", "Workflow").objects.all().delete()
    apps.get_model("wagtailcore", "Task").objects.all().delete()
    kind = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")[0]
    task = apps.get_model("wagtailcore", "GroupApprovalTask").objects.create(
        name="Toimituksen hyväksyntä", content_type=kind, active=True
    )
    task.groups.add(*apps.get_model("auth", "Group").objects.filter(name__in=["Toimittajat", "Ylläpitäjät"]))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name="Sisällön hyväksyntä", active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow_id=workflow.pk, task_id=task.pk, sort_order=0
    )
    for page in apps.get_model("wagtailcore", "Page").objects.filter(depth=2):
        apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow_id=workflow.pk, page_id=page.pk)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_site_tree"),
        ("accounts", "0003_roles"),
        ("common", "0001_initial"),
        ("vocabulary", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunPython(make_workflow, migrations.RunPython.noop),
    ]

"""Have the index built anew where there are glossary terms: they lead to the glossary now."""

from typing import Any

from django.db import migrations


def index_anew(apps: Any, schema_editor: Any) -> None:
    if apps.get_model("vocabulary", "GlossaryTerm").objects.exists():
        apps.get_model("search", "Outbox").objects.create(kind="all")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_outbox"), ("home", "0006_glossary_pages"), ("vocabulary", "0002_glossary_page")]

    operations = [migrations.RunPython(index_anew, migrations.RunPython.noop)]

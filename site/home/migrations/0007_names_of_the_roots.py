"""The top of the page tree and of the files has a name that people meet in the administration: give it in Finnish."""

from typing import Any

from django.db import migrations

NAMES = {("wagtailcore", "Page", "title"): "Kaikki sivut", ("wagtailcore", "Collection", "name"): "Yhteiset tiedostot"}
WAGTAIL = "Root"


def rename(apps: Any, *, finnish: bool) -> None:
    for (app, model, field), name in NAMES.items():
        old, new = (WAGTAIL, name) if finnish else (name, WAGTAIL)
        changes = {field: new} | ({"draft_title": new} if model == "Page" else {})
        apps.get_model(app, model).objects.filter(depth=1, **{field: old}).update(**changes)


def to_finnish(apps: Any, _editor: Any) -> None:
    rename(apps, finnish=True)


def to_english(apps: Any, _editor: Any) -> None:
    rename(apps, finnish=False)


class Migration(migrations.Migration):
    dependencies = [("home", "0006_glossary_pages")]
    operations = [migrations.RunPython(to_finnish, to_english)]

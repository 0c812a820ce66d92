"""The network's own blog: every text comes out somewhere."""

from typing import Any

from django.db import migrations

CODE = "verkosto"


def make_channel(apps: Any, schema_editor: Any) -> None:
    apps.get_model("blog", "Channel").objects.get_or_create(
        code=CODE,
        defaults={
            "name_fi": "Verkoston blogi",
            "name_sv": "Nätverkets blogg",
            "name_en": "The network's blog",
            "description_fi": "Ammattilaisten, opiskelijoiden ja kokemusasiantuntijoiden vaikuttamistekstejä.",
            "description_sv": "Påverkanstexter av yrkespersoner, studerande och erfarenhetsexperter.",
            "description_en": "Advocacy texts by professionals, students and experts by experience.",
            "is_default": True,
        },
    )


def remove_channel(apps: Any, schema_editor: Any) -> None:
    apps.get_model("blog", "Channel").objects.filter(code=CODE, posts=None, submissions=None).delete()


class Migration(migrations.Migration):
    dependencies = [("blog", "0004_submissions_and_readers")]

    operations = [migrations.RunPython(make_channel, remove_channel)]

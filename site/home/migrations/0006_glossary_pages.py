"""The glossary's page under each front page: one translation group.

Written with historical models, so the tree columns (path, depth, numchild) are set by hand.
"""

import uuid
from typing import Any

from django.db import migrations
from django.db.models import F

PAGES = {"fi": ("Sanasto", "sanasto"), "sv": ("Ordlista", "ordlista"), "en": ("Glossary", "glossary")}
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEP = 4


def _content_type(apps: Any) -> Any:
    ContentType = apps.get_model("contenttypes", "ContentType")
    return ContentType.objects.get_or_create(app_label="vocabulary", model="glossarypage")[0]


def _after(last_path: str) -> str:
    """The next step of the tree after the last child's."""
    number, text = int(last_path[-STEP:], len(DIGITS)) + 1, ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return text.zfill(STEP)


def _free(slug: str, taken: set[str]) -> str:
    """The slug, or with a number where an editor has made a page of that address."""
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


def make_pages(apps: Any, schema_editor: Any) -> None:
    Page = apps.get_model("wagtailcore", "Page")
    key = uuid.uuid4()
    homes = apps.get_model("home", "HomePage").objects.filter(depth=2).select_related("locale").order_by("path")
    for home in homes:
        if home.locale.language_code not in PAGES:
            continue
        title, slug = PAGES[home.locale.language_code]
        children = Page.objects.filter(path__startswith=home.path, depth=3)
        last = children.order_by("-path").values_list("path", flat=True).first()
        slug = _free(slug, set(children.values_list("slug", flat=True)))
        apps.get_model("vocabulary", "GlossaryPage").objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            path=home.path + (_after(last) if last else "1".zfill(STEP)),
            depth=3,
            numchild=0,
            url_path=f"{home.url_path}{slug}/",
            live=True,
            show_in_menus=True,
            content_type=_content_type(apps),
            locale_id=home.locale_id,
            translation_key=key,
        )
        Page.objects.filter(pk=home.pk).update(numchild=F("numchild") + 1)


def remove_pages(apps: Any, schema_editor: Any) -> None:
    Page = apps.get_model("wagtailcore", "Page")
    for page in apps.get_model("vocabulary", "GlossaryPage").objects.all():
        Page.objects.filter(path=page.path[:-STEP]).update(numchild=F("numchild") - 1)
        page.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_italics_and_longer_text_alternatives"),
        ("vocabulary", "0002_glossary_page"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_pages, remove_pages)]

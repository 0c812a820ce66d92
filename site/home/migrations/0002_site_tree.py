"""The site tree in three languages: a front page and the section lists, the same translation group in each.

Written with historical models, so the tree columns (path, depth, numchild) are set by hand.
"""

import uuid
from typing import Any

from django.db import migrations

LANGUAGES = ["fi", "sv", "en"]
HOMES = {
    "fi": ("Etusivu", "etusivu", "Asiakastyön tieto kantaa muutosta"),
    "sv": ("Startsida", "startsida", "Kunskap från klientarbetet bär förändring"),
    "en": ("Front page", "front-page", "Knowledge from client work carries change"),
}
SECTIONS = [
    ("themes", "ThemeIndexPage", {"fi": ("Teemat", "teemat"), "sv": ("Teman", "teman"), "en": ("Themes", "themes")}),
    (
        "courses",
        "CourseIndexPage",
        {"fi": ("Kurssit", "kurssit"), "sv": ("Kurser", "kurser"), "en": ("Courses", "courses")},
    ),
    ("blog", "BlogIndexPage", {"fi": ("Blogi", "blogi"), "sv": ("Blogg", "blogg"), "en": ("Blog", "blog")}),
    (
        "events",
        "EventIndexPage",
        {"fi": ("Tapahtumat", "tapahtumat"), "sv": ("Evenemang", "evenemang"), "en": ("Events", "events")},
    ),
    (
        "organisations",
        "OrganisationIndexPage",
        {"fi": ("Verkosto", "verkosto"), "sv": ("Nätverket", "natverk"), "en": ("Network", "network")},
    ),
    (
        "resources",
        "ResourceIndexPage",
        {"fi": ("Aineistot", "aineistot"), "sv": ("Resurser", "resurser"), "en": ("Resources", "resources")},
    ),
]
STEP = 4
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _step(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return text.zfill(STEP)


def _content_type(apps: Any, app_label: str, model: str) -> Any:
    ContentType = apps.get_model("contenttypes", "ContentType")
    return ContentType.objects.get_or_create(app_label=app_label, model=model.lower())[0]


def make_tree(apps: Any, schema_editor: Any) -> None:
    Page = apps.get_model("wagtailcore", "Page")
    Locale = apps.get_model("wagtailcore", "Locale")
    Site = apps.get_model("wagtailcore", "Site")
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()

    keys = {name: uuid.uuid4() for name in ["home", *(app for app, _model, _names in SECTIONS)]}
    homes = {}
    for number, code in enumerate(LANGUAGES, start=1):
        title, slug, hero = HOMES[code]
        homes[code] = apps.get_model("home", "HomePage").objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            hero=hero,
            path=root.path + _step(number),
            depth=2,
            numchild=len(SECTIONS),
            url_path=f"/{slug}/",
            live=True,
            show_in_menus=False,
            content_type=_content_type(apps, "home", "homepage"),
            locale_id=locales[code].pk,
            translation_key=keys["home"],
        )
        for place, (app, model, names) in enumerate(SECTIONS, start=1):
            section_title, section_slug = names[code]
            apps.get_model(app, model).objects.create(
                title=section_title,
                draft_title=section_title,
                slug=section_slug,
                path=homes[code].path + _step(place),
                depth=3,
                numchild=0,
                url_path=f"/{slug}/{section_slug}/",
                live=True,
                show_in_menus=True,
                content_type=_content_type(apps, app, model),
                locale_id=locales[code].pk,
                translation_key=keys[app],
            )
    Page.objects.filter(pk=root.pk).update(numchild=len(LANGUAGES))
    Site.objects.create(
        hostname="localhost", port=80, site_name="Osaamisverkosto", root_page_id=homes["fi"].pk, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("themes", "0001_initial"),
        ("courses", "0002_institutions_and_questions"),
        ("blog", "0003_themes"),
        ("organisations", "0001_initial"),
        ("events", "0003_themes_and_sessions"),
        ("resources", "0002_themes"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # Going back leaves the pages: removing the tables of their types removes them.
    operations = [migrations.RunPython(make_tree, migrations.RunPython.noop)]

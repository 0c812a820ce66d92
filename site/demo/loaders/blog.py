"""Blog posts."""

from blog.models import MAX_CHARACTERS, MIN_CHARACTERS, BlogIndexPage, PostPage
from demo.content_set import stem_of
from demo.loaders.accounts import account_of
from demo.markdown import to_html
from demo.writing import Writer, key_of
from learning.themes.models import ThemePage
from network.organisations.models import Organisation
from texts.counting import characters_in
from vocabulary.models import ActorGroup, Method, Phenomenon, TaskArea


def load(writer: Writer) -> None:
    content = writer.content
    parent = BlogIndexPage.objects.get(locale=writer.locales["fi"])
    themes = {stem_of(record) for record in content.themes}
    for record in content.posts:
        record.text("slug", 100, required=True)
        record.text("title", 200, required=True)
        body = to_html(record.body)
        length = characters_in(body)
        if not MIN_CHARACTERS <= length <= MAX_CHARACTERS:
            record.problem("body", f"has {length} characters; write {MIN_CHARACTERS}–{MAX_CHARACTERS}")
        values = {
            "lead": record.text("lead", 500, required=True),
            "date": record.date("date", writer.day_of(record), required=True),
            "author_title": record.text("author_title", 150, required=True),
            "author_group_id": key_of(ActorGroup, code=record.code("author_group", content.codes("actor_groups"))),
            "organisation_id": key_of(
                Organisation, code=record.code("organisation", content.slugs(content.organisations))
            ),
            "task_area_id": key_of(TaskArea, code=record.code("task_area", content.codes("task_areas"))),
            "body": body,
            "phenomena": list(
                Phenomenon.objects.filter(code__in=record.codes("phenomena", content.codes("phenomena")))
            ),
            "methods": list(Method.objects.filter(code__in=record.codes("methods", content.codes("methods")))),
            "themes": list(
                ThemePage.objects.filter(slug__in=record.codes("themes", themes), locale=writer.locales["fi"])
            ),
            "is_example": True,
            "editor_note": record.text("plausible", 3000),
        }
        if not record.problems and writer.is_new(record):
            writer.page(PostPage, parent, record, values, owner=account_of("kirjoittaja"))
            writer.done(record)

"""Resources with their files."""

from typing import Any

from demo.content_set import stem_of
from demo.markdown import Chunk, References, to_blocks
from demo.reading import Record
from demo.writing import Writer, key_of
from learning.themes.models import ThemePage
from network.organisations.models import Organisation
from network.resources.models import ResourceIndexPage, ResourcePage
from vocabulary.models import Method, Phenomenon, TaskArea


def _check_file(writer: Writer, record: Record) -> None:
    name, url = record.text("file", 150), record.text("url", 200)
    if bool(name) == bool(url):
        record.problem("file", "give either a file or a url")
    if name and not (writer.content.root / "files" / name).is_file():
        record.problem("file", f"{name!r} is not in the folder files")


def _values(writer: Writer, record: Record, references: References) -> dict[str, Any]:
    content = writer.content
    theme_slugs = {stem_of(each) for each in content.themes}
    kind = record.choice("type", set(ResourcePage.Type.values))
    alternative = record.text("text_alternative", 10_000, required=kind in {"infographic", "video"})
    return {
        "lead": record.text("lead", 500, required=True),
        "type": kind,
        "publisher_id": key_of(Organisation, code=record.code("publisher", content.slugs(content.organisations))),
        "year": record.whole("year"),
        "licence": record.text("licence", 100),
        "external_url": record.text("url", 200),
        "opens_on": record.text("opens_on", 100),
        "page_count": record.whole("pages"),
        "body": to_blocks(record, references),
        "text_alternative": to_blocks(record, references, [Chunk("text", {}, [alternative])]) if alternative else [],
        "themes": list(
            ThemePage.objects.filter(slug__in=record.codes("themes", theme_slugs), locale=writer.locales["fi"])
        ),
        "task_areas": list(TaskArea.objects.filter(code__in=record.codes("task_areas", content.codes("task_areas")))),
        "phenomena": list(Phenomenon.objects.filter(code__in=record.codes("phenomena", content.codes("phenomena")))),
        "methods": list(Method.objects.filter(code__in=record.codes("methods", content.codes("methods")))),
        "editor_note": record.text("plausible", 3000),
    }


def load(writer: Writer, references: References) -> None:
    parent = ResourceIndexPage.objects.get(locale=writer.locales["fi"])
    for record in writer.content.resources:
        record.text("slug", 100, required=True)
        record.text("title", 200, required=True)
        _check_file(writer, record)
        values = _values(writer, record, references)
        if record.problems or not writer.is_new(record):
            continue
        publisher = Organisation.objects.filter(pk=values["publisher_id"]).first()
        # What is on another site is no example of ours, whoever made it.
        values["is_example"] = publisher.is_fictional if publisher else not record.has("url")
        if record.has("file"):
            path = writer.content.root / "files" / str(record.data["file"])
            values["document"] = writer.document(
                str(record.data["title"]), path, record.choice("language", {"fi", "sv", "en"}, default="fi")
            )
        writer.page(ResourcePage, parent, record, values)
        writer.done(record)

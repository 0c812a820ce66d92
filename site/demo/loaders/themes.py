"""Monthly themes and their translations."""

from typing import Any

from wagtail.models import Page

from demo.content_set import language_of, stem_of
from demo.markdown import References, chunks, line_blocks, to_blocks, to_html
from demo.reading import Record
from demo.writing import Writer
from learning.courses.models import CoursePage, ModulePage
from learning.themes.models import ThemeCourseLink, ThemeIndexPage, ThemePage
from vocabulary.models import Method, Phenomenon, TaskArea

MANY = {"task_areas": TaskArea, "phenomena": Phenomenon, "methods": Method}


def _values(writer: Writer, record: Record, references: References) -> dict[str, Any]:
    body = chunks(record)
    tasks = [chunk for chunk in body if chunk.name == "task"]
    if len(tasks) > 1:
        record.problem("body", "has several :::task blocks; a theme has one")
    values: dict[str, Any] = {
        "lead": record.text("lead", 500, required=True),
        "aims": line_blocks(record.lines("aims"), f"{record.path}/aims"),
        "discussion": line_blocks(record.lines("discussion"), f"{record.path}/discussion"),
        "body": to_blocks(record, references, [chunk for chunk in body if chunk.name != "task"]),
        "task_title": tasks[0].arguments.get("title", "") if tasks else "",
        "task_text": to_html(tasks[0].text) if tasks else "",
        "editor_note": record.text("plausible", 3000),
    }
    return values


def _course_page(code: str) -> Page | None:
    module = ModulePage.objects.filter(code=code, locale__language_code="fi").first()
    return module or CoursePage.objects.filter(course__code=code.lower(), locale__language_code="fi").first()


def load(writer: Writer, references: References) -> None:
    originals: dict[str, ThemePage] = {}
    # Finnish first: translations need their original.
    for record in sorted(writer.content.themes, key=lambda each: language_of(each) != "fi"):
        language = language_of(record)
        record.text("slug", 100, required=True)
        record.text("title", 200, required=True)
        values = _values(writer, record, references)
        parent = ThemeIndexPage.objects.get(locale=writer.locales[language])
        original = originals.get(stem_of(record))
        month = record.date("month", writer.day_of(record))
        order = record.whole("order")
        codes = {name: record.codes(name, writer.content.codes(name)) for name in MANY}
        modules = record.codes("modules", writer.content.course_codes())
        if record.problems:
            continue
        if not writer.is_new(record):
            originals.setdefault(stem_of(record), ThemePage.objects.child_of(parent).get(slug=record.data["slug"]))
            continue
        if original is None:
            values |= {"month": month, "order": order or 0}
            values |= {name: list(model.objects.filter(code__in=codes[name])) for name, model in MANY.items()}
            pages = [page for page in map(_course_page, modules) if page]
            values["course_links"] = [
                ThemeCourseLink(sort_order=place, page_id=page.pk) for place, page in enumerate(pages)
            ]
        else:
            values |= {"month": original.month, "order": original.order}
            values |= {name: list(getattr(original, name).all()) for name in MANY}
        page = writer.page(ThemePage, parent, record, values, translation_of=original)
        originals.setdefault(stem_of(record), page)
        writer.done(record)

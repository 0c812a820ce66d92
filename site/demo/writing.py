"""Writing pages and files, each only where its content file is new or has changed."""

import datetime
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.core.files import File
from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.models import Locale, Page

from common.models import SiteDocument, SiteImage
from demo.content_set import ContentSet
from demo.markdown import References
from demo.models import LoadedFile
from demo.reading import Record

PageType = TypeVar("PageType", bound=Page)
Row = TypeVar("Row", bound=models.Model)


class Writer:
    """One run of the loader: what was loaded before, what changes now."""

    def __init__(self, content: ContentSet, today: datetime.date, progress: Callable[[str], None]) -> None:
        self.content = content
        self.today = today
        self.progress = progress
        self.loaded = {row.path: row for row in LoadedFile.objects.all()}
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.written = 0

    def day_of(self, record: Record) -> datetime.date:
        """The day that relative dates of the file count from: the day it was first loaded."""
        row = self.loaded.get(record.path)
        return row.loaded_on if row else self.today

    def is_new(self, record: Record) -> bool:
        """Whether the file has not been loaded in its present form."""
        row = self.loaded.get(record.path)
        return row is None or row.fingerprint != record.fingerprint

    def done(self, record: Record) -> None:
        row, _made = LoadedFile.objects.update_or_create(
            path=record.path,
            defaults={"fingerprint": record.fingerprint, "loaded_on": self.day_of(record)},
        )
        self.loaded[record.path] = row
        self.written += 1
        self.progress(record.path)

    def row(self, model: type[Row], code: str, values: dict[str, Any]) -> Row:
        """Make or change the row with the code."""
        manager: models.Manager[Row] = model._default_manager
        made, _new = manager.update_or_create(code=code, defaults=values)
        return made

    def page(
        self,
        model: type[PageType],
        parent: Page,
        record: Record,
        values: dict[str, Any],
        translation_of: Page | None = None,
        owner: models.Model | None = None,
    ) -> PageType:
        """Make or change the page at the record's slug under the parent, and publish it."""
        slug = str(record.data["slug"])
        page = model.objects.child_of(parent).filter(slug=slug).first() or model(slug=slug)
        page.title = str(record.data["title"])
        page.locale = parent.locale
        page.search_description = str(record.data.get("meta_description") or "")
        for name, value in values.items():
            setattr(page, name, value)
        if translation_of is not None:
            page.translation_key = translation_of.translation_key
        if owner is not None:
            page.owner_id = owner.pk
        if page.pk is None:
            parent.add_child(instance=page)
        page.save_revision().publish()
        parent.refresh_from_db()
        return page

    def document(self, title: str, path: Path, language: str) -> SiteDocument:
        """The document with the file's content; the same content is stored once."""
        digest = hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
        found = SiteDocument.objects.filter(file_hash=digest).first()
        if found:
            return found
        document = SiteDocument(title=title, language=language)
        with path.open("rb") as stream:
            document.file.save(path.name, File(stream), save=False)
            document.file_size = path.stat().st_size
            document.file_hash = digest
            document.save()
        return document

    def image(self, path: Path, description: str) -> SiteImage:
        """The image with the file's content; the same content is stored once."""
        digest = hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
        found = SiteImage.objects.filter(file_hash=digest).first()
        if found:
            return found
        image = SiteImage(title=path.stem.replace("-", " ").capitalize(), description=description[:255])
        image.credit = "Osaamisverkosto"
        image.licence = "CC BY 4.0"
        with path.open("rb") as stream:
            image.file.save(path.name, File(stream), save=False)
            image.file_size = path.stat().st_size
            image.file_hash = digest
            image.save()
        return image


def give(parent: ClusterableModel, relation: str, rows: Sequence[models.Model]) -> None:
    """Replace the child rows of a relation; they are written when the parent is saved."""
    setattr(parent, relation, list(rows))


def key_of(model: type[models.Model], **query: Any) -> int | None:
    """The primary key of the row, or None."""
    return model._default_manager.filter(**query).values_list("pk", flat=True).first()


def references_for(writer: Writer) -> References:
    """How blocks find what they choose, once vocabularies, questions and resources are written."""
    from learning.courses.models import Question
    from vocabulary.models import GlossaryTerm

    def document(slug: str) -> int | None:
        for record in writer.content.resources:
            if record.data.get("slug") == slug and record.data.get("file"):
                path = writer.content.root / "files" / str(record.data["file"])
                return writer.document(str(record.data["title"]), path, "fi").pk
        return None

    def image(name: str) -> int | None:
        path = writer.content.root / "images" / name
        return writer.image(path, "").pk if path.is_file() else None

    def file(name: str, title: str) -> int | None:
        path = writer.content.root / "files" / name
        return writer.document(title, path, "fi").pk if path.is_file() else None

    return References(
        term=lambda code: key_of(GlossaryTerm, code=code),
        question=lambda code: key_of(Question, code=code),
        document=document,
        image=image,
        file=file,
    )

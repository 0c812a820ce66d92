"""Search listens to what changes; the areas know nothing of it. Each handler writes an outbox row.

Page.save is one transaction that holds these signals too, so a page and its row are saved together; rows of our own
are saved likewise (common.saving).
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from common.generation import only_draft
from common.models import SiteDocument
from learning.courses.models import Course
from network.events.models import Event, EventSeries
from network.organisations.models import Organisation
from search import pinned, remembered, synonyms
from search.access import with_aliases
from search.editing.models import BestBet, BestBetPage, SynonymGroup
from search.filetexts.models import FileText
from search.models import Outbox
from search.sources import ROWS
from vocabulary.models import CompetenceArea, GlossaryPage, GlossaryTerm

# A change in one of these shows in the documents of its pages.
_PRESENTED = (Course, Event, Organisation)


def _note(kind: str, *ids: int) -> None:
    Outbox.objects.bulk_create(Outbox(kind=kind, object_id=pk) for pk in ids)


def _says_nothing_new(signal: Mapping[str, Any]) -> bool:
    """Fixtures bring what belongs to them themselves; and a draft, saved many times a minute, nobody finds yet."""
    return bool(signal.get("raw")) or only_draft(signal.get("update_fields"))


def page_about_to_change(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Remember where the page is: Wagtail tells of a new address only after the transaction, when it may be lost."""
    if isinstance(instance, Page) and instance.pk and not _says_nothing_new(kwargs):
        known = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True)
        instance.__dict__["_place_before"] = known.first()


def page_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if not isinstance(instance, Page) or _says_nothing_new(kwargs):
        return
    before = instance.__dict__.pop("_place_before", None)
    if before not in (None, instance.url_path):
        tree_changed(instance)
        return
    _note(Outbox.Kind.PAGE, instance.pk)
    if isinstance(instance, GlossaryPage):
        _note_terms()


def _note_terms() -> None:
    """Terms have their address in the glossary, which has another one now, or none."""
    _note(Outbox.Kind.TERM, *GlossaryTerm.objects.values_list("pk", flat=True))


def tree_changed(page: Page) -> None:
    """A new address or place changes those of all pages below."""
    _note(Outbox.Kind.PAGE, *page.get_descendants(inclusive=True).values_list("pk", flat=True))
    if GlossaryPage.objects.descendant_of(page, inclusive=True).exists():
        _note_terms()


def restriction_changed(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    for each in with_aliases(page) if page else ():
        tree_changed(each)


def presented_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    _note(Outbox.Kind.PAGE, *instance.pages.values_list("pk", flat=True))
    if isinstance(instance, Organisation):
        # Its name stands in what it publishes, writes and holds.
        _note(Outbox.Kind.PAGE, *instance.posts.values_list("pk", flat=True))
        _note(Outbox.Kind.PAGE, *instance.resources.values_list("pk", flat=True))
        _note(Outbox.Kind.PAGE, *instance.events.values_list("pages", flat=True).exclude(pages=None))
        taught = instance.course_roles.exclude(course__pages=None)
        _note(Outbox.Kind.PAGE, *taught.values_list("course__pages", flat=True).distinct())


def series_changed(sender: type[Model], instance: EventSeries, **kwargs: Any) -> None:
    """Its name stands in the pages of its events."""
    _note(Outbox.Kind.PAGE, *instance.events.exclude(pages=None).values_list("pages", flat=True))


def file_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """A document, or what its file says: resources are found by that, where it is for the same readers."""
    document = instance.document if isinstance(instance, FileText) else instance
    _note(Outbox.Kind.PAGE, *document.resources.values_list("pk", flat=True))


def collection_changed(sender: type[Model], **kwargs: Any) -> None:
    """Who may open its files may have changed; it seldom does."""
    if not kwargs.get("created") or sender is not Collection:
        _note(Outbox.Kind.ALL, 0)


def readers_changed(sender: type[Model], action: str, **kwargs: Any) -> None:
    """The groups whose members may open a collection's files."""
    if action.startswith("post_"):
        collection_changed(sender)


def row_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """A row that is found by itself, such as a glossary term."""
    if isinstance(instance, GlossaryTerm):
        words_changed(sender)
    for source in ROWS.values():
        if isinstance(instance, source.model):
            _note(source.kind, instance.pk)


def vocabulary_changed(sender: type[Model], **kwargs: Any) -> None:
    words_changed(sender)
    # A name that nothing uses yet is in no document. Always a row of its own: a rebuild that is under way
    # may have read the old name, and takes with it only the rows that it found.
    if not kwargs.get("created"):
        _note(Outbox.Kind.ALL, 0)


def words_changed(sender: type[Model], **kwargs: Any) -> None:
    """What the editors tell the search is read at each search: at once here, elsewhere when it is committed."""
    synonyms.forget()
    pinned.forget()
    remembered.changed()


def connect() -> None:
    """Start listening; called once when the app is ready."""
    pre_save.connect(page_about_to_change, dispatch_uid="search-place")
    for signal in (post_save, post_delete):
        signal.connect(page_changed, dispatch_uid=f"search-page-{id(signal)}")
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid=f"search-access-{id(signal)}")
        for source in ROWS.values():
            signal.connect(row_changed, sender=source.model, dispatch_uid=f"search-{source.kind}-{id(signal)}")
        for vocabulary in synonyms.VOCABULARIES:
            signal.connect(vocabulary_changed, sender=vocabulary, dispatch_uid=f"search-{vocabulary}-{id(signal)}")
        for filed in (SiteDocument, FileText):
            signal.connect(file_changed, sender=filed, dispatch_uid=f"search-{filed}-{id(signal)}")
        for collected in (Collection, CollectionViewRestriction):
            signal.connect(collection_changed, sender=collected, dispatch_uid=f"search-{collected}-{id(signal)}")
        for told in (SynonymGroup, BestBet, BestBetPage, CompetenceArea):
            signal.connect(words_changed, sender=told, dispatch_uid=f"search-{told}-{id(signal)}")
    for presented in _PRESENTED:
        post_save.connect(presented_changed, sender=presented, dispatch_uid=f"search-{presented}")
    post_save.connect(series_changed, sender=EventSeries, dispatch_uid="search-series")
    m2m_changed.connect(
        restriction_changed, sender=PageViewRestriction.groups.through, dispatch_uid="search-access-groups"
    )
    m2m_changed.connect(
        readers_changed, sender=CollectionViewRestriction.groups.through, dispatch_uid="search-file-access-groups"
    )

"""What waits for a person in the administration: a sentence with a number, and the pages to open."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from blog.models import ReaderComment
from blog.submitting.permissions import may_edit
from blog.submitting.querysets import waiting_for_editor
from home.reports import lacking, may_see_reports
from learning.courses.models import CourseRun, LessonPage, ModulePage
from learning.study.models.enrolments import Status
from network.events.models import Event, EventPage
from network.organisations.models import Organisation
from notifications.models import OutgoingMail

# How many pages a row names before it only counts them.
NAMED = 4
SOON = datetime.timedelta(days=14)


@dataclass(frozen=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True)
class Waiting:
    """One row. `number` counts all of them, `links` lead to the first ones, `rest` to where all of them are."""

    number: int
    text: str
    links: list[Link]
    rest: str = ""

    @property
    def more(self) -> int:
        return self.number - len(self.links) if self.links else 0


def waiting_for(user: Any) -> list[Waiting]:
    """The rows that have something in them, the person's own work first."""
    rows = (row for source in SOURCES for row in source(user))
    return [row for row in rows if row.number]


def _pages(text: Callable[[int], str], pages: Iterable[Page], rest: str = "") -> Waiting:
    found = list(pages)
    named = [Link(page.get_admin_display_title(), _edit(page)) for page in islice(found, NAMED)]
    return Waiting(len(found), text(len(found)), named, rest)


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _editable(user: Any, model: type[Page]) -> Any:
    """The live Finnish pages of the type that the person may change."""
    allowed = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    mine = model.objects.live().filter(pk__in=allowed.values("pk"), locale__language_code=settings.LANGUAGE_CODE)
    return mine.select_related("locale")


def _drafts(user: Any) -> Iterator[Waiting]:
    drafts = Page.objects.filter(latest_revision__user=user, has_unpublished_changes=True)
    # What has been sent for approval waits for somebody else.
    kind = ContentType.objects.get_for_model(Page)
    sent = WorkflowState.objects.filter(base_content_type=kind, status=WorkflowState.STATUS_IN_PROGRESS)
    # They name the page in text, which PostgreSQL compares with no number.
    drafts = drafts.exclude(pk__in=[int(page) for page in sent.values_list("object_id", flat=True)])
    yield _pages(
        lambda number: ngettext("draft of yours is not published", "drafts of yours are not published", number),
        drafts.select_related("locale").order_by("-latest_revision_created_at"),
    )


def _moderation(user: Any) -> Iterator[Waiting]:
    states = TaskState.objects.reviewable_by(user).select_related("revision", "task").distinct()
    found = [state.revision.as_object() for state in states.order_by("-started_at")]
    rest = reverse("wagtailadmin_reports:workflow_tasks") if may_see_reports(user) else ""
    yield _pages(
        lambda number: ngettext("page waits for your approval", "pages wait for your approval", number), found, rest
    )


def _applications(user: Any) -> Iterator[Waiting]:
    waiting = Count("enrolments", filter=Q(enrolments__status=Status.APPLIED))
    runs = CourseRun.objects.filter(run_teachers__user=user).annotate(applied=waiting).filter(applied__gt=0)
    found = list(runs.select_related("course").order_by("starts"))
    links = [
        Link(f"{run.course} ({run.code}): {run.applied}", reverse("run_learners", args=[run.code])) for run in found
    ]
    number = len(found)
    text = ngettext("run has applications that wait for you", "runs have applications that wait for you", number)
    rest = reverse("wagtailsnippets_courses_courserun:list")
    yield Waiting(number, text, links[:NAMED], rest)


def _texts(user: Any) -> Iterator[Waiting]:
    """Texts that people have sent to the blog, and what readers have said of posts, for their editors."""
    if not may_edit(user):
        return
    found = waiting_for_editor(user)
    links = [Link(row.title, reverse("blog_text", args=[row.public_id])) for row in found[:NAMED]]
    number = found.count()
    text = ngettext("text sent to the blog waits for you", "texts sent to the blog wait for you", number)
    yield Waiting(number, text, links, reverse("blog_queue"))
    comments = ReaderComment.objects.filter(status=ReaderComment.Status.WAITING).count()
    text = ngettext("reader's comment waits for an editor", "readers' comments wait for an editor", comments)
    yield Waiting(comments, text, [], reverse("blog_comments"))


def _events(user: Any) -> Iterator[Waiting]:
    now = timezone.now()
    coming = [
        page
        for page in _editable(user, EventPage).select_related("event").with_times().coming_at(now)
        if not page.event.is_cancelled
    ]
    yield _pages(
        lambda number: ngettext("coming event has no programme", "coming events have no programme", number),
        [page for page in coming if not page.programme],
    )
    provisional = Event.ProgrammeStatus.PROVISIONAL
    yield _pages(
        lambda number: ngettext(
            "event within two weeks has a provisional programme",
            "events within two weeks have a provisional programme",
            number,
        ),
        [page for page in coming if page.event.programme_status == provisional and page.first_starts < now + SOON],
    )


def _modules(user: Any) -> Iterator[Waiting]:
    written = LessonPage.objects.live().values_list("path", flat=True)
    parents = {path[: -Page.steplen] for path in written}
    yield _pages(
        lambda number: ngettext("module has no published lessons", "modules have no published lessons", number),
        [page for page in _editable(user, ModulePage) if page.path not in parents],
    )


def _organisations(user: Any) -> Iterator[Waiting]:
    if not user.has_perm("organisations.change_organisation"):
        return
    unseen = Organisation.objects.filter(~Q(pages__live=True), ends=None).order_by("name_fi").distinct()
    links = [
        Link(str(each), reverse("wagtailsnippets_organisations_organisation:edit", args=[each.pk]))
        for each in unseen[:NAMED]
    ]
    number = unseen.count()
    yield Waiting(
        number,
        ngettext("organisation has no page in the directory", "organisations have no page in the directory", number),
        links,
        reverse("wagtailsnippets_organisations_organisation:list"),
    )


def _translations(user: Any) -> Iterator[Waiting]:
    # The reports open to more people than may translate.
    if not (user.has_perm("simple_translation.submit_translation") and may_see_reports(user)):
        return
    url = reverse("untranslated_pages")
    # What is not translated is much and known: the row leads to the list and names none.
    texts: dict[str, Callable[[int], str]] = {
        "sv": lambda n: ngettext("page is not in Swedish", "pages are not in Swedish", n),
        "en": lambda n: ngettext("page is not in English", "pages are not in English", n),
    }
    for language, text in texts.items():
        number = lacking(language).count()
        yield Waiting(number, text(number), [], f"{url}?language={language}")


def _mail(user: Any) -> Iterator[Waiting]:
    if not user.has_perm("accounts.change_user"):
        return
    failed = OutgoingMail.objects.exclude(last_error="").count()
    yield Waiting(failed, ngettext("message could not be sent yet", "messages could not be sent yet", failed), links=[])


# What stands above this app adds rows of its own when it starts.
SOURCES: list[Callable[[Any], Iterator[Waiting]]] = [
    _moderation,
    _applications,
    _texts,
    _drafts,
    _events,
    _modules,
    _organisations,
    _translations,
    _mail,
]

"""Every kind of change that shows somewhere makes what is cached stale; what shows nowhere does not."""

import datetime
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from pytest_django import Settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    Site,
)

from blog.models import BlogIndexPage, Channel, Correction, PostAuthor, PostPage, ReaderComment
from common import generation
from common.models import SiteDocument, SiteImage
from common.scheduled import publish_scheduled
from demo import services
from home.models import HomePage, StandardPage
from learning.study.models import RunTeacher
from network.events.models import EventPage
from network.organisations.models import Contact, Relation
from notifications.models import OutgoingMail
from tests.factories import pages as make
from tests.learning.factories import make_course
from tests.learning.study.factories import make_person, make_run
from vocabulary import uses
from vocabulary.models import GlossaryTerm, Region, TaskArea

pytestmark = pytest.mark.django_db
Changed = Callable[[Callable[[], object]], bool]
AN_HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def post() -> PostPage:
    return make.post()


@pytest.fixture
def image() -> SiteImage:
    file = BytesIO()
    Picture.new("RGB", (4, 4)).save(file, "PNG")
    return SiteImage.objects.create(title="Koe", file=ContentFile(file.getvalue(), "koe.png"))


class TestPages:
    def test_publishing_but_not_autosaving(self, changed: Changed, post: PostPage) -> None:
        post.title = "Uusi otsikko"
        assert not changed(post.save_revision)
        revision = post.save_revision()
        assert changed(revision.publish)

    def test_unpublishing_and_deleting(self, changed: Changed, post: PostPage) -> None:
        assert changed(post.unpublish)
        assert changed(post.delete)

    def test_a_new_address(self, changed: Changed, post: PostPage) -> None:
        post.slug = "uusi-osoite"
        revision = post.save_revision()
        assert changed(revision.publish)

    def test_another_place_in_the_tree(self, changed: Changed) -> None:
        front = HomePage.objects.get(locale=Locale.get_default())
        first, second = (front.add_child(instance=StandardPage(title=title)) for title in ("Yksi", "Kaksi"))
        assert changed(lambda: Page.objects.get(pk=second.pk).move(Page.objects.get(pk=first.pk), pos="first-child"))

    def test_another_place_among_its_siblings(self, changed: Changed, post: PostPage) -> None:
        other = make.post()
        assert changed(lambda: Page.objects.get(pk=other.pk).move(Page.objects.get(pk=post.pk), pos="left"))

    def test_a_copy_and_a_translation(self, changed: Changed, post: PostPage) -> None:
        assert changed(lambda: post.copy(update_attrs={"slug": "kopio"}, keep_live=True))
        assert changed(lambda: make.translated(post, "sv", title="Inlägg"))

    def test_privacy(self, changed: Changed, post: PostPage) -> None:
        restriction = PageViewRestriction(page=post, restriction_type=PageViewRestriction.GROUPS)
        assert changed(restriction.save)
        assert changed(lambda: restriction.groups.add(Group.objects.create(name="Koe")))
        assert changed(restriction.delete)

    def test_going_live_on_schedule(self, changed: Changed, post: PostPage) -> None:
        post.unpublish()
        post.refresh_from_db()
        post.save_revision(approved_go_live_at=timezone.now() - AN_HOUR)
        assert changed(publish_scheduled)

    def test_expiring_on_schedule(self, changed: Changed) -> None:
        make.post(expire_at=timezone.now() - AN_HOUR)
        assert changed(publish_scheduled)
        assert not changed(publish_scheduled)

    def test_an_announced_event_counts_its_changes_in_bulk(self, changed: Changed) -> None:
        page = EventPage.objects.get(pk=make.event_page().pk)
        page.title = "Toinen"
        assert changed(page.save)


class TestWhatPagesPresent:
    def test_terms_of_vocabularies(self, changed: Changed) -> None:
        for term in (
            TaskArea(code="koe", name_fi="Koe"),
            GlossaryTerm(code="koe", name_fi="Koe", definition_fi="Koe."),
            Region(code="99", name_fi="Koe", short_fi="Koe", tile_label="Koe", row=1, column=1),
        ):
            assert changed(term.save)
            term.name_fi = "Muu"
            assert changed(term.save)
            assert changed(term.delete)

    def test_organisations_and_what_belongs_to_them(self, changed: Changed) -> None:
        organisation, other = make.organisation(), make.organisation()
        assert changed(organisation.save)
        organisation.regions.add(make.region("09", "Etelä-Karjala", 9, 9))
        assert changed(organisation.save)
        contact = Contact(organisation=organisation, role_fi="Ohjaaja")
        assert changed(contact.save)
        assert changed(contact.delete)
        relation = Relation(organisation=organisation, kind=Relation.Kind.FUNDS, to=other)
        assert changed(relation.save)
        assert changed(relation.delete)

    def test_events_and_their_sessions(self, changed: Changed) -> None:
        event = make.event()
        session = event.sessions.get()
        assert changed(event.save)
        assert changed(session.save)
        assert changed(session.delete)

    def test_courses_and_their_runs(self, changed: Changed) -> None:
        course = make_course(0, 0, "kurssi").course
        run = course.runs.model(course=course, code="k1", starts=timezone.localdate())
        assert changed(course.save)
        assert changed(run.save)
        assert changed(run.delete)

    def test_which_pages_use_a_term(self, changed: Changed) -> None:
        changed(uses.notice_uses)
        assert not changed(uses.notice_uses)
        term = GlossaryTerm.objects.create(code="koe", name_fi="Koe", definition_fi="Koe.")
        page = make.theme(body=[("term", term)])
        ReferenceIndex.create_or_update_for_object(page)
        assert changed(uses.notice_uses)

    def test_who_teaches_a_run(self, changed: Changed) -> None:
        run, person = make_run(), make_person("opettaja")
        assert changed(lambda: RunTeacher.objects.create(run=run, user=person, role=RunTeacher.Role.TEACHER))
        assert changed(RunTeacher.objects.get().delete)


class TestFiles:
    def test_the_focus_of_an_image_and_its_going(self, changed: Changed, image: SiteImage) -> None:
        image.focal_point_x = image.focal_point_y = image.focal_point_width = image.focal_point_height = 1
        assert changed(image.save)
        assert changed(image.delete)

    def test_a_new_size_of_an_image_shows_nowhere_until_it_goes(self, changed: Changed, image: SiteImage) -> None:
        sizes: list[Any] = []
        assert not changed(lambda: sizes.append(image.get_rendition("width-2")))
        assert changed(sizes[0].delete)

    def test_who_may_open_a_document(self, changed: Changed) -> None:
        collection = Collection.get_first_root_node().add_child(name="Koe")
        document = SiteDocument.objects.create(title="Koe", collection=collection)
        document.access = SiteDocument.Access.STAFF
        assert changed(document.save)
        restriction = CollectionViewRestriction(collection=collection, restriction_type="login")
        assert changed(restriction.save)
        assert changed(restriction.delete)


class TestTheSite:
    def test_redirects_and_the_address_of_the_site(self, changed: Changed, post: PostPage) -> None:
        redirect = Redirect(old_path="/vanha", redirect_page=post)
        assert changed(redirect.save)
        assert changed(redirect.delete)
        assert changed(Site.objects.get().save)

    def test_the_demonstration_loaded_in_bulk(self, changed: Changed, settings: Settings, media: Any) -> None:
        assert changed(lambda: services.load(today=datetime.date(2026, 11, 22)))

    def test_bulk_writes_say_so_themselves(self, changed: Changed) -> None:
        TaskArea.objects.create(code="koe", name_fi="Koe")
        assert not changed(lambda: TaskArea.objects.filter(code="koe").update(name_fi="Muu"))
        assert changed(generation.bump)


class TestWhatShowsNowhere:
    def test_what_concerns_one_person(self, changed: Changed) -> None:
        mail = OutgoingMail(from_email="a@example.org", recipients=["b@example.org"], subject="x", body="y")
        assert not changed(mail.save)
        assert not changed(lambda: Session.objects.create(session_key="x", expire_date=timezone.now()))

    def test_every_model_on_the_list_exists(self, settings: Settings) -> None:
        known = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
        assert set(settings.PAGE_CACHE_IGNORED_MODELS) <= known | {"wagtailsearch.sqliteftsindexentry"}
        assert set(settings.PAGE_CACHE_LINKED_MODELS) <= set(settings.PAGE_CACHE_IGNORED_MODELS)

    def test_no_page_vocabulary_or_relation_is_on_the_list(self) -> None:
        areas = ("vocabulary", "themes", "courses", "organisations", "events", "resources", "home")
        ours = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in areas]
        # A text on its way shows on no page that readers share; what became of it does.
        ours += [BlogIndexPage, PostPage, PostAuthor, Correction, Channel, ReaderComment]
        assert ours
        assert all(generation.changes_pages(model) for model in ours)
        others = (
            "wagtailcore.page",
            "wagtailcore.pageviewrestriction",
            "common.siteimage",
            "wagtailredirects.redirect",
        )
        assert all(generation.changes_pages(apps.get_model(label)) for label in others)


def test_no_bulk_write_of_ours_changes_pages_without_saying_so() -> None:
    """A list of the bulk writes in the code, so that a new one is looked at."""
    from tests.test_architecture import ROOT

    found = set()
    # Nothing of the search is cached.
    for folder in ("site", "learning", "blog", "network"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for line in path.read_text().splitlines():
                if any(call in line for call in (".bulk_create(", ".bulk_update(", "_raw_delete(", ".update(")) and (
                    "objects" in line or "filter(" in line or "_due(" in line
                ):
                    found.add(str(path.relative_to(ROOT)))
    assert found == {
        # People, tasks and mail: none of them shows on a page.
        "site/demo/loaders/accounts.py",
        "site/common/queued_tasks.py",
        # A draft loses its moment of going live.
        "site/common/scheduled.py",
        "site/notifications/services.py",
        "site/notifications/sending.py",
        "site/notifications/backends.py",
        # A learner's own: drafts, notes, progress, answers. Their pages are never kept.
        "site/drafts/services.py",
        "learning/study/attempts/services.py",
        "learning/study/finding.py",
        "learning/study/assignments/journal.py",
        "learning/study/services/notes.py",
        "learning/study/services/progress.py",
        "learning/study/attempts/closing.py",
        "learning/study/course_feedback/services.py",
        "learning/study/co_teaching/services.py",
        # A text on its way, and counts that a page tells when it is drawn anew.
        "blog/readers/daily.py",
        "blog/submitting/reminding.py",
        "blog/submitting/services/confirming.py",
        # The demonstration is loaded before anybody is served.
        "site/demo/loaders/backdating.py",
        "site/demo/loaders/coursework.py",
        "site/demo/loaders/gradebook.py",
        "site/demo/loaders/reviews.py",
        "site/demo/loaders/talking.py",
        "site/demo/loaders/work_dates.py",
        "site/demo/loaders/works.py",
        "site/demo/loaders/submissions.py",
        "site/demo/loaders/sitting.py",
        "site/demo/loaders/studies.py",
        # Counts a change of the page that is being saved.
        "network/events/models.py",
    }

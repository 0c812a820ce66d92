"""What happens to published texts in the administration's own forms of pages, which know nothing of writers."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import Page, Revision
from wagtail.signals import page_unpublished

from blog.models import PostPage, Submission
from blog.models.posts import BEFORE_PUBLISHING
from blog.models.submissions import State, Turn
from blog.submitting import addresses, letters, sentences
from blog.submitting.moving import lock, move
from blog.submitting.states import Act
from blog.submitting.versions import flat_of
from common.errors import Refused
from texts import Flat


class PastItsWriter(Refused):
    """What would be published past the writer of the `submission`."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.path = addresses.desk(str(submission.public_id))
        super().__init__()


class OffTheSite(PastItsWriter):
    message = _("The text was taken off the site. It is published again on its own page, with its writers' consent.")


class NotTheWritersWords(PastItsWriter):
    message = _("The text has a writer, who approves each change: suggest a correction on the page of the text.")


class NotTheWritersByline(PastItsWriter):
    message = _(
        "The writer has approved the byline and the picture, too. Names and the picture can be left out here; other "
        "changes are the writer's, who can send the text again once it has been taken off the site."
    )


def connect() -> None:
    page_unpublished.connect(follow_the_page, sender=PostPage, dispatch_uid="blog.submitting")
    BEFORE_PUBLISHING.append(check_revision)


def follow_the_page(sender: Any, instance: PostPage, **kwargs: Any) -> None:
    """The page was taken off the site, or deleted, past the desk: the text is told to be so, and its writer, too."""
    found = Submission.objects.filter(page=instance.pk, state=State.PUBLISHED).first()
    if found is None:
        return
    with transaction.atomic():
        submission = lock(found)
        if submission.state != State.PUBLISHED:
            # The desk was quicker.
            return
        move(submission, Act.UNPUBLISH, by=None, side=Turn.EDITOR, correction="")
        letters.tell_writers(submission, sentences.UNPUBLISHED, must_act=True)


def check_approved(page: Page) -> None:
    """Refuse to publish a page that is not, word for word, what its writer has approved and the editors published.

    A text that was taken off the site, too: its writer may have asked for that. Who wrote it and the picture with its
    text alternative are held against what readers see now.
    """
    submission = Submission.objects.filter(page=page.pk).select_related("published_version").first()
    if submission is None or not isinstance(page, PostPage):
        return
    if submission.state != State.PUBLISHED:
        raise OffTheSite(submission)
    if _words_differ(page, submission):
        raise NotTheWritersWords(submission)
    if _byline_differs(page, PostPage.objects.get(pk=page.pk)):
        raise NotTheWritersByline(submission)


def check_revision(revision: Revision) -> None:
    """The same of what is published, or given a moment to go live, by whatever way: at once, in bulk, by a workflow."""
    check_approved(revision.as_object())


def _words_differ(page: PostPage, submission: Submission) -> bool:
    version = submission.published_version
    if version is None:
        return False
    # The administration's editor writes the same text in markup of its own.
    same_body = Flat.of_html(str(page.body)) == flat_of(version)
    return (page.title, page.lead) != (version.title, version.lead) or not same_body


def _byline_differs(page: PostPage, shown: PostPage) -> bool:
    """Whether it tells of authors or has a picture otherwise than approved. What is left out harms nobody."""
    names = zip(_names(page), _names(shown), strict=False)
    picture = (page.picture_id, page.picture_alt)
    has_other_picture = page.picture_id is not None and picture != (shown.picture_id, shown.picture_alt)
    return _roles(page) != _roles(shown) or has_other_picture or any(new not in {"", old} for new, old in names)


def _roles(page: PostPage) -> list[tuple[str, int | None, str]]:
    told = (page.author_title, page.organisation_id, page.other_organisation)
    others = page.other_authors.all()
    return [told, *((each.title, each.organisation_id, each.other_organisation) for each in others)]


def _names(page: PostPage) -> list[str]:
    return [page.author_name, *(each.name for each in page.other_authors.all())]


def refuse_other_words(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a page is published in its form: other words than the approved ones go through the writer."""
    try:
        check_approved(page)
    except PastItsWriter as refusal:
        _tell(request, refusal)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def refuse_other_words_in_bulk(request: HttpRequest, action: str, objects: list[Any], view: Any) -> HttpResponse | None:
    """Before pages are published together: where one may not be, none is, and it is told which."""
    if action != "publish":
        return None
    refused = False
    for post in _to_publish(objects, with_drafts_below="include_descendants" in request.POST):
        try:
            check_approved(post.get_latest_revision_as_object())
        except PastItsWriter as refusal:
            _tell(request, refusal, f"{post.get_admin_display_title()}: ")
            refused = True
    return redirect(view.next_url) if refused else None


def _to_publish(objects: Iterable[Any], *, with_drafts_below: bool) -> list[PostPage]:
    """The posts that have writers, among the things and, if asked for, the drafts below them."""
    pages = [each for each in objects if isinstance(each, Page)]
    posts = PostPage.objects.filter(submission__isnull=False)
    found = {post.pk: post for post in posts.filter(pk__in=[page.pk for page in pages])}
    for page in pages if with_drafts_below else ():
        found |= {post.pk: post for post in posts.descendant_of(page).not_live()}
    return list(found.values())


def _tell(request: HttpRequest, refusal: PastItsWriter, before: str = "") -> None:
    messages.error(request, f"{before}{refusal.message}", buttons=[messages.button(refusal.path, _("To the text"))])

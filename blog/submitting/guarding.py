"""What happens to published texts in the administration's own forms of pages, which know nothing of writers."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.signals import page_unpublished

from blog.models import PostPage, Submission
from blog.models.submissions import State, Turn
from blog.submitting import addresses, letters, sentences
from blog.submitting.moving import lock, move
from blog.submitting.states import Act
from blog.submitting.versions import flat_of
from texts import Flat


def connect() -> None:
    page_unpublished.connect(follow_the_page, sender=PostPage, dispatch_uid="blog.submitting")


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


def words_differ(page: Page) -> bool:
    """Whether the page says something else than what its writer has approved."""
    submission = Submission.objects.filter(page=page.pk).select_related("published_version").first()
    version = submission.published_version if submission else None
    if version is None or not isinstance(page, PostPage):
        return False
    # The administration's editor writes the same text in markup of its own.
    same_body = Flat.of_html(str(page.body)) == flat_of(version)
    return (page.title, page.lead) != (version.title, version.lead) or not same_body


def refuse_other_words(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a page is published in the administration: other words than the approved ones go through the writer.

    So does a text that was taken off the site: its writer may have asked for that.
    """
    submission = Submission.objects.filter(page=page.pk).first()
    if submission is None:
        return None
    if submission.state != State.PUBLISHED:
        told = _("The text was taken off the site. It is published again on its own page, with its writers' consent.")
    elif words_differ(page):
        told = _("The text has a writer, who approves each change: suggest a correction on the page of the text.")
    else:
        return None
    messages.error(
        request, told, buttons=[messages.button(addresses.desk(str(submission.public_id)), _("To the text"))]
    )
    return redirect("wagtailadmin_pages:edit", page.pk)

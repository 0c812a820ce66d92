"""Who wrote a text and its picture are approved with its words: the administration's own forms leave them so."""

from collections.abc import Callable

import pytest

from accounts.models import User
from blog.models import PostAuthor, PostPage, Submission
from blog.submitting.guarding import NotTheWritersByline
from common.models import SiteImage
from tests.factories.submissions import bring_to, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(writer: User, editor: User) -> PostPage:
    """A post with a writer who is told of by role, one more author by name, and a picture."""
    submission: Submission = bring_to("published", sent(writer), editor)
    page = PostPage.objects.get(submission=submission)
    page.picture, page.picture_alt = image(), "Tyhjä odotushuone"
    page.other_authors.add(PostAuthor(name="Toinen Kirjoittaja", title="Sosiaaliohjaaja"))
    page.save()
    return PostPage.objects.get(pk=page.pk)


def image() -> SiteImage:
    """A picture among the site's; what is in its file matters to nobody here."""
    return SiteImage.objects.create(title="Kuva", file="original_images/kuva.png", width=10, height=10)


def with_a_name(page: PostPage) -> None:
    page.author_name = "Aino Kirjoittaja"


def with_another_role(page: PostPage) -> None:
    page.author_title = "Johtaja"


def with_another_organisation(page: PostPage) -> None:
    page.other_organisation = "Toinen järjestö"


def with_one_author_more(page: PostPage) -> None:
    page.other_authors.add(PostAuthor(title="Päällikkö"))


def with_one_author_less(page: PostPage) -> None:
    page.other_authors = []


def with_another_picture(page: PostPage) -> None:
    page.picture = image()


def with_other_words_for_the_picture(page: PostPage) -> None:
    page.picture_alt = "Ihmiset, joilla on kiire"


@pytest.mark.parametrize(
    "change",
    [
        with_a_name,
        with_another_role,
        with_another_organisation,
        with_one_author_more,
        with_one_author_less,
        with_another_picture,
        with_other_words_for_the_picture,
    ],
)
def test_authors_and_picture_are_not_changed_past_the_writer(
    change: Callable[[PostPage], None], page: PostPage, editor: User
) -> None:
    change(page)
    revision = page.save_revision()
    with pytest.raises(NotTheWritersByline):
        revision.publish(user=editor)


def test_a_name_and_the_picture_may_be_left_out_and_what_is_the_editors_changed(page: PostPage) -> None:
    page.picture, page.takes_comments = None, True
    [other] = page.other_authors.all()
    other.name = ""
    page.other_authors = [other]
    page.save_revision().publish()
    shown = PostPage.objects.get(pk=page.pk)
    assert (shown.picture, shown.takes_comments) == (None, True)
    assert [(each.name, each.title) for each in shown.other_authors.all()] == [("", "Sosiaaliohjaaja")]


def test_what_is_published_again_as_it_is_stays(page: PostPage) -> None:
    page.save_revision().publish()
    assert [each.name for each in PostPage.objects.get(pk=page.pk).other_authors.all()] == ["Toinen Kirjoittaja"]

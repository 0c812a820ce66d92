"""From an approved version to the post: the page, its byline and its picture."""

from django.utils import timezone
from django.utils.text import slugify
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Collection

from accounts.models import User
from blog.models import BlogIndexPage, Correction, PostAuthor, PostPage, Submission, SubmissionAuthor, TextVersion
from blog.submitting import errors
from blog.submitting.deciding import undecided
from blog.submitting.versions import check_length_of, latest_of
from common.errors import Refused
from common.models import SiteImage
from common.sanitise import sanitise

COLLECTION = "Blogikirjoitusten kuvat"
LONGEST_SLUG = 80


def hindrances(submission: Submission) -> list[Refused]:
    """Everything that keeps the text from being published, as the sentences to show."""
    version = latest_of(submission)
    found: list[Refused] = []
    if not has_consent(submission):
        found.append(errors.NoConsent())
    if submission.approved_version_id != version.pk:
        found.append(errors.NotApproved())
    try:
        check_length_of(submission, version.characters)
    except errors.LengthRefused as refusal:
        found.append(refusal)
    if submission.picture and not submission.picture_alt:
        found.append(errors.NoAltText())
    count = undecided(submission)
    if count:
        found.append(errors.Undecided(count))
    return found


def has_consent(submission: Submission) -> bool:
    """Whether every author with an account has consented; the sender answers for guests who have none."""
    waiting = submission.authors.filter(user__isnull=False, consented_at=None)
    return submission.consented_at is not None and not waiting.exists()


def check_publishable(submission: Submission) -> None:
    for hindrance in hindrances(submission):
        raise hindrance


def put_on_site(submission: Submission, *, by: User | None) -> PostPage:
    """Make the post, or bring the one there is up to date, and publish it through Wagtail."""
    version = latest_of(submission)
    page = submission.page or PostPage(date=timezone.localdate(), owner=_owner(submission))
    _fill(page, submission, version)
    if page.pk is None:
        index = BlogIndexPage.objects.filter(locale__language_code=submission.language).first()
        if index is None:
            raise errors.NoBlog
        page.slug = _free_slug(index, version.title)
        page.live = False
        index.add_child(instance=page)
    _publish(page, by)
    page.refresh_from_db()
    return page


def correct_page(submission: Submission, version: TextVersion, note: str) -> None:
    """Put the corrected version on the page, with the day and what was corrected."""
    page = submission.page
    if page is None:
        return
    _fill(page, submission, version)
    if note:
        page.corrections.add(Correction(text=note, sort_order=page.corrections.count()))
    _publish(page, None)


def _publish(page: PostPage, by: User | None) -> None:
    """What is approved here becomes what the page is held against; so it isn't yet."""
    PublishPageRevisionAction(page.save_revision(user=by, log_action=True), user=by).execute()


def take_off_site(submission: Submission, *, by: User | None) -> None:
    if submission.page is not None and submission.page.live:
        submission.page.unpublish(user=by)


def _owner(submission: Submission) -> User | None:
    first = submission.authors.first()
    return first.user if first else None


def _fill(page: PostPage, submission: Submission, version: TextVersion) -> None:
    first, *others = submission.authors.all()
    page.title, page.lead = version.title, version.lead
    page.body = sanitise(version.body)  # type: ignore[assignment]  # the field itself, to mypy
    page.draft_title = version.title
    page.channel = submission.channel
    page.author_name = first.name if first.shows_name else ""
    page.author_title, page.author_group = first.title, first.group
    page.organisation, page.other_organisation = first.organisation, first.other_organisation
    page.other_authors = [_other(author, order) for order, author in enumerate(others)]
    page.task_area = submission.task_area
    page.phenomena = list(submission.phenomena.all())
    page.themes = list(submission.themes.all())
    page.picture, page.picture_alt = _picture(page, submission), submission.picture_alt


def _other(author: SubmissionAuthor, order: int) -> PostAuthor:
    return PostAuthor(
        name=author.name if author.shows_name else "",
        title=author.title,
        organisation=author.organisation,
        other_organisation=author.other_organisation,
        sort_order=order,
    )


def _picture(page: PostPage, submission: Submission) -> SiteImage | None:
    """The picture among the site's images, in a collection of its own; made once for each file."""
    if not submission.picture:
        return None
    name = str(submission.picture.name).rsplit("/", 1)[-1]
    title = f"{submission.public_id} {name}"
    image = page.picture
    if image is None or image.title != title:
        image = SiteImage(title=title, collection=_collection())
        with submission.picture.open("rb") as file:
            image.file.save(name, file, save=False)
    image.description, image.credit = submission.picture_alt, submission.picture_credit
    image.save()
    return image


def _collection() -> Collection:
    found = Collection.objects.filter(name=COLLECTION).first()
    return found or Collection.get_first_root_node().add_child(name=COLLECTION)


def _free_slug(index: BlogIndexPage, title: str) -> str:
    """The title as an address that no other post of the blog has."""
    start = slugify(title)[:LONGEST_SLUG].strip("-") or "kirjoitus"
    taken = set(index.get_children().filter(slug__startswith=start).values_list("slug", flat=True))
    number, slug = 1, start
    while slug in taken:
        number += 1
        slug = f"{start}-{number}"
    return slug

"""A text on its way from its writers to the blog: whose turn it is, its immutable versions, its history."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from blog.models.bylines import Affiliated
from common.usage import CountedManyToManyField


class State(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("Waits for the e-mail address to be confirmed")
    SENT = "sent", _("Sent")
    EDITING = "editing", _("With the editors")
    WITH_WRITER = "with_writer", _("With the writer")
    APPROVAL = "approval", _("Waits for the writer's approval")
    APPROVED = "approved", _("Approved by the writer")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Not published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNPUBLISHED = "unpublished", _("Taken off the site")


class Turn(models.TextChoices):
    WRITER = "writer", _("Writer")
    EDITOR = "editor", _("Editor")
    NOBODY = "nobody", _("Nobody")


# Something is still to come of it.
OPEN = {State.SENT, State.EDITING, State.WITH_WRITER, State.APPROVAL, State.APPROVED, State.SCHEDULED}
ENDED = {State.DECLINED, State.WITHDRAWN, State.UNPUBLISHED}


class Submission(ClusterableModel):
    """One text that somebody has sent. What has not been sent lives in `drafts` alone.

    The newest version is the text; which one the writer has approved is told by `approved_version`, and a later
    version voids it.
    """

    State = State
    Turn = Turn

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.ForeignKey(
        "blog.Channel", verbose_name=_("channel"), on_delete=models.PROTECT, related_name="submissions"
    )
    state = models.CharField(_("state"), max_length=12, choices=State)
    turn = models.CharField(_("whose turn"), max_length=6, choices=Turn)
    turn_since = models.DateTimeField(_("turn since"))
    due = models.DateField(_("due"), null=True, blank=True, help_text=_("The day by which whose turn it is acts."))
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("editor"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="edited_submissions",
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fi")
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)

    # "" once the address is confirmed: then the sender has an account, and is an author of the text.
    unconfirmed_email = models.EmailField(_("e-mail address"), blank=True)

    task_area = models.ForeignKey(
        "vocabulary.TaskArea",
        verbose_name=_("task area"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    phenomena = CountedManyToManyField("vocabulary.Phenomenon", verbose_name=_("topics"), blank=True, related_name="+")
    themes = CountedManyToManyField(
        "themes.ThemePage",
        verbose_name=_("themes"),
        blank=True,
        related_name="+",
        limit_choices_to={"locale__language_code": "fi"},
    )
    picture = models.ImageField(
        _("picture"), upload_to="submissions/", blank=True, max_length=200, help_text="In the private storage."
    )
    picture_alt = models.CharField(_("text alternative of the picture"), max_length=300, blank=True)
    picture_credit = models.CharField(_("credit of the picture"), max_length=200, blank=True)

    message = models.TextField(_("message to the editors"), max_length=2_000, blank=True)
    consented_at = models.DateTimeField(_("consent to publish"), null=True, blank=True)
    employer_reminded = models.BooleanField(_("employer's permission remembered"), default=False)
    length_passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    length_reason = models.CharField(_("why the length may differ"), max_length=500, blank=True)

    approved_version = models.ForeignKey(
        "blog.TextVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_version = models.ForeignKey(
        "blog.TextVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    page = models.OneToOneField(
        "blog.PostPage",
        verbose_name=_("post"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="submission",
    )
    # Set while a correction of a published text is on its way: what the reader will be told of it.
    correction = models.CharField(_("what is corrected"), max_length=500, blank=True)
    unpublish_asked_at = models.DateTimeField(null=True, blank=True)
    unpublish_reason = models.CharField(_("why it should be taken off"), max_length=1_000, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        permissions = [("edit_submission", "Can work on submissions")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="submission_is_in_a_known_state"),
            models.CheckConstraint(condition=Q(turn__in=Turn.values), name="submission_is_somebodys_turn"),
            models.CheckConstraint(
                condition=Q(state="unconfirmed") | Q(unconfirmed_email=""), name="only_unconfirmed_have_a_bare_address"
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False), name="scheduled_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "scheduled"]) | Q(approved_version__isnull=False),
                name="approval_names_its_version",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["scheduled", "published"]) | Q(consented_at__isnull=False),
                name="published_only_with_consent",
            ),
        ]
        indexes = [
            models.Index(fields=["turn", "turn_since"], name="submissions_by_turn"),
            models.Index(fields=["state", "publish_at"], name="submissions_due"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.state}"


class SubmissionAuthor(Affiliated):
    """Who wrote the text, in the byline's order. The first one sent it; guests may have no account."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="authors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="written_submissions"
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    shows_name = models.BooleanField(_("name is shown"), default=False)
    title = models.CharField(_("role"), max_length=150, help_text=_("For example: Social worker."))
    group = models.ForeignKey(
        "vocabulary.ActorGroup",
        verbose_name=_("role in the field"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    consented_at = models.DateTimeField(_("consent to publish"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("author of a submission")
        verbose_name_plural = _("authors of submissions")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "user"], condition=Q(user__isnull=False), name="each_author_once"
            ),
            models.CheckConstraint(condition=Q(shows_name=False) | ~Q(name=""), name="a_shown_name_is_there"),
        ]

    def __str__(self) -> str:
        return self.title


class TextVersion(models.Model):
    """What the text was when somebody handed it on. Never changed: who changes the text makes the next one."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(_("lead"), max_length=500, blank=True)
    body = models.TextField(_("text"), help_text="Sanitised HTML in the normal form of texts.")
    characters = models.PositiveIntegerField(_("characters"), help_text="Of the body, as texts counts them.")
    made_at = models.DateTimeField(auto_now_add=True)
    # NULL: an account that is gone, or a visitor whose address is not confirmed.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    side = models.CharField(max_length=6, choices=Turn)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_text_per_number"),
            models.CheckConstraint(condition=Q(number__gt=0), name="versions_are_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.number}"


class Step(models.Model):
    """One act on a submission, written with it and never changed: the whole history."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)
    # NULL: the service itself, or an account that is gone.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    side = models.CharField(max_length=6, choices=Turn, default=Turn.NOBODY)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12, choices=State)
    version = models.PositiveIntegerField(null=True, blank=True, help_text="The newest one after the act.")
    words = models.TextField(max_length=2_000, blank=True)
    is_private = models.BooleanField(default=False, help_text="Among editors.")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("step of a submission")
        verbose_name_plural = _("steps of submissions")
        ordering = ["at", "pk"]
        indexes = [models.Index(F("act"), F("at"), name="steps_by_act")]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.act}"

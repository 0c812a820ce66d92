from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IndexTarget(models.Model):
    """An index that changes are brought to: the file of one host, or the cluster's.

    The cluster has one writer at a time: the host that holds it, until the moment named.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    # When a worker last looked after it: an index that nobody keeps any more is forgotten with its rows.
    seen_at = models.DateTimeField(_("seen"), default=timezone.now)
    held_by = models.CharField(_("held by"), max_length=100, blank=True)
    held_until = models.DateTimeField(_("held until"), default=timezone.now)
    # Which build of the index the changes were brought to, and how far it had come; empty where it does not tell.
    build = models.CharField(max_length=40, blank=True)
    written = models.BigIntegerField(default=0)
    # Why changes cannot be brought to it; empty once they have been.
    trouble = models.CharField(_("trouble"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("index")
        verbose_name_plural = _("indices")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Outbox(models.Model):
    """Something changed and an index doesn't know yet: which thing, not how.

    Rows are written in the transaction of the change, and then handed out: each index has one of its own.
    Whoever applies them reads the present state and then deletes exactly the rows read; never "all up to an id",
    because a lower id may commit later.
    """

    class Kind(models.TextChoices):
        PAGE = "page", _("Page")
        TERM = "term", _("Glossary term")
        ALL = "all", _("Everything")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    object_id = models.BigIntegerField(_("id of the thing"), default=0)
    # None: not handed out yet.
    target = models.ForeignKey(IndexTarget, models.CASCADE, null=True, blank=True, verbose_name=_("index"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("to be tried at"), default=timezone.now, db_index=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class SearchWish(models.Model):
    """What somebody looked for in vain and told the editors. Who it was is not asked and not known."""

    words = models.CharField(_("searched words"), max_length=200)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    language = models.CharField(_("language of the page"), max_length=10)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, db_index=True)
    is_done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("wish of a searcher")
        verbose_name_plural = _("wishes of searchers")
        ordering = ["is_done", "-sent_at"]

    def __str__(self) -> str:
        return self.words

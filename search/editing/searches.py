"""What people search, counted so that nobody is known by it.

One row for the words of one day. The words themselves are a keyed digest until enough people have searched for
them; only then are they written down. Who searched is not kept in any form: see `counting`.
"""

import datetime
import hashlib
import hmac
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_DAYS = 90
# Words are shown when they have been searched so many times, a visitor counting once a day,
FEWEST = 5
# and by so many visitors on one day. Visitors are told apart within a day alone: one person who comes back on five days
# would else pass for five.
FEWEST_AT_ONCE = 3
LONGEST = 80


class Sought(NamedTuple):
    """The words of a search and the language of the site where it was made."""

    words: str
    language: str

    @property
    def digest(self) -> str:
        """Tells the words from others, without telling them to who has no key."""
        said = f"search words\n{self.language}\n{self.words}"
        return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:32]


class SearchCountQuerySet(models.QuerySet["SearchCount"]):
    def shown(self) -> Self:
        """Those whose words may be read."""
        return self.exclude(words="")

    def totals(self) -> Any:
        """A dict for each wording that may be read: words, language, times, unanswered, days, last."""
        return (
            self.shown()
            .values("words", "language")
            .annotate(
                times=Sum("visitors"),
                unanswered=Sum("without_hits"),
                days=Count("day", distinct=True),
                last=Max("day"),
            )
        )

    def add(self, day: datetime.date, sought: Sought, visitors: int, without_hits: int) -> None:
        """Add what was counted of a day; the words are written down once enough have searched for them."""
        row, _new = self.get_or_create(day=day, digest=sought.digest, defaults={"language": sought.language})
        self.filter(pk=row.pk).update(
            visitors=models.F("visitors") + visitors, without_hits=models.F("without_hits") + without_hits
        )
        same = self.filter(digest=sought.digest)
        if _enough(same):
            same.update(words=sought.words)

    def forget_old(self) -> None:
        """Delete what is too old, and take back the words of what is then too rare."""
        self.filter(day__lte=timezone.localdate() - datetime.timedelta(days=KEPT_DAYS)).delete()
        counted = self.values("digest").annotate(times=Sum("visitors"), most=Max("visitors"))
        # Not both: exclude() takes its conditions together.
        rare = counted.exclude(times__gte=FEWEST, most__gte=FEWEST_AT_ONCE).values("digest")
        self.shown().filter(digest__in=rare).update(words="")


def _enough(same: "models.QuerySet[SearchCount]") -> bool:
    found = same.aggregate(times=Sum("visitors"), most=Max("visitors"))
    return (found["times"] or 0) >= FEWEST and (found["most"] or 0) >= FEWEST_AT_ONCE


class SearchCount(models.Model):
    """How many visitors searched for some words on one day, and how many of them found nothing."""

    day = models.DateField(_("day"), db_index=True)
    digest = models.CharField(_("digest of the words"), max_length=32)
    language = models.CharField(_("language of the site"), max_length=2)
    words = models.CharField(_("searched words"), max_length=LONGEST, blank=True)
    visitors = models.PositiveIntegerField(_("visitors"), default=0)
    without_hits = models.PositiveIntegerField(_("found nothing"), default=0)

    objects = SearchCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("counted search")
        verbose_name_plural = _("counted searches")
        constraints = [models.UniqueConstraint(fields=["digest", "day"], name="one_count_of_words_and_day")]
        indexes = [models.Index(fields=["words"], condition=~Q(words=""), name="counted_words_shown")]

    def __str__(self) -> str:
        return f"{self.day} {self.words or self.digest}"

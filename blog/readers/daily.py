"""Counting by day, when several processes count at once."""

from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from blog.models import DailyReads, Thanks

Row = TypeVar("Row", DailyReads, Thanks)


@transaction.atomic
def add_today(rows: type[Row], *, page: int, number: int = 1) -> None:
    """Add to today's row of the post."""
    today = timezone.localdate()
    row = rows.objects.filter(page_id=page, day=today)
    if not row.update(count=F("count") + number):
        # Two may make the row at the same moment: one of them does, both add to it.
        rows.objects.bulk_create([rows(page_id=page, day=today)], ignore_conflicts=True)
        row.update(count=F("count") + number)

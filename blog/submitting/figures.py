"""How the work on texts goes, for editors."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from blog.models import Channel, Step, Submission
from blog.models.submissions import State
from blog.submitting.states import Act

SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Figures:
    """Of the texts sent in a period: what became of them. Numbers that nothing is known of are None.

    `days` is the median from sending to publishing, `rounds` the median of returns to the writer of published texts,
    `accepted` the share of published ones among those that were published or declined.
    """

    sent: int
    published: int
    declined: int
    withdrawn: int
    open: int
    days: float | None
    rounds: float | None
    accepted: float | None


@dataclass(frozen=True)
class Report:
    total: Figures
    channels: list[tuple[Channel, Figures]]


def figures(since: datetime.date, until: datetime.date) -> Report:
    """Of the texts sent on these days, both included."""
    rows = list(
        Submission.objects.exclude(state=State.UNCONFIRMED)
        .filter(created_at__date__range=(since, until))
        .select_related("channel")
    )
    returns = Step.objects.filter(act=Act.RETURN, submission__in=rows).values_list("submission_id", flat=True)
    rounds = Counter(returns)
    channels = {row.channel_id: row.channel for row in rows}
    by_channel = [
        (channel, _of([row for row in rows if row.channel_id == pk], rounds)) for pk, channel in channels.items()
    ]
    by_channel.sort(key=lambda pair: (pair[0].sort_order, pair[0].name_fi))
    return Report(_of(rows, rounds), by_channel)


def _of(rows: "list[Submission]", rounds: "Counter[int]") -> Figures:
    # Taken off the site later, it was published all the same.
    out = [row for row in rows if row.published_at is not None]
    declined = sum(row.state == State.DECLINED for row in rows)
    withdrawn = sum(row.state == State.WITHDRAWN and row.published_at is None for row in rows)
    return Figures(
        sent=len(rows),
        published=len(out),
        declined=declined,
        withdrawn=withdrawn,
        open=len(rows) - len(out) - declined - withdrawn,
        days=_median(
            (row.published_at - row.created_at).total_seconds() / SECONDS_A_DAY for row in out if row.published_at
        ),
        rounds=_median(rounds[row.pk] for row in out),
        accepted=len(out) / (len(out) + declined) if out or declined else None,
    )


def _median(numbers: Iterable[float]) -> float | None:
    known = list(numbers)
    return median(known) if known else None

"""What stands beside a text: its conversations and suggested changes, in the order of the words they are about."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from blog.models import Remark, Submission, Suggestion, Thread
from blog.working.stories import who
from texts import Change, Flat

LONGEST_SHOWN = 90
OPEN = Suggestion.Status.OPEN


@dataclass(frozen=True)
class Said:
    """One message of a conversation."""

    who: str
    remark: Remark


@dataclass(frozen=True)
class ThreadCard:
    number: int
    row: Thread
    said: list[Said]
    # What the reader has begun to answer and not sent.
    begun: str = ""
    is_thread: bool = True

    @property
    def quote(self) -> str:
        return clipped(self.row.quote)


@dataclass(frozen=True)
class SuggestionCard:
    """`state` is open, accepted or rejected; a decision that has not been sent yet counts."""

    number: int
    row: Suggestion
    who: str
    words: str
    state: str
    is_thread: bool = False


Card = ThreadCard | SuggestionCard


@dataclass(frozen=True)
class Cards:
    """`waiting` has numbers and is in the order of the text; `settled` is what has been decided and handled."""

    waiting: list[Card] = field(default_factory=list)
    settled: list[Card] = field(default_factory=list)

    @property
    def suggestions(self) -> list[SuggestionCard]:
        return [each for each in self.waiting if isinstance(each, SuggestionCard)]

    @property
    def undecided(self) -> list[SuggestionCard]:
        return [each for each in self.suggestions if each.state == OPEN]

    @property
    def questions(self) -> list[ThreadCard]:
        return [each for each in self.waiting if isinstance(each, ThreadCard)]

    @property
    def threads_json(self) -> list[dict[str, Any]]:
        """Where the conversations are, for the editor in the browser; those about all of the text have no place."""
        return [
            {
                "id": str(card.row.pk),
                "start": card.row.start,
                "end": card.row.end,
                "certain": card.row.is_certain,
                "number": card.number,
            }
            for card in self.questions
            if card.row.quote
        ]


def cards_of(
    submission: Submission,
    reader: Any,
    *,
    decisions: Mapping[str, str] | None = None,
    fields: Mapping[str, list[str]] | None = None,
    sees_private: bool = False,
) -> Cards:
    """Four queries, however many there are. Without `sees_private` what editors say among themselves is left out.

    `fields` are those of the reader's draft, with what they have decided and begun to answer.
    """
    threads = submission.threads.select_related("author").prefetch_related("remarks__author")
    if not sees_private:
        threads = threads.filter(is_private=False)
    suggestions = submission.suggestions.select_related("author").exclude(status=Suggestion.Status.WITHDRAWN)
    rows: list[Any] = sorted([*threads, *suggestions], key=lambda row: (row.start, row.end, row.pk))
    waiting = [row for row in rows if not _is_settled(row)]
    made = [_card(row, number, reader, decisions or {}, fields or {}) for number, row in enumerate(waiting, start=1)]
    return Cards(made, [_card(row, 0, reader, {}, {}) for row in rows if _is_settled(row)])


def _is_settled(row: Thread | Suggestion) -> bool:
    return row.resolved_at is not None if isinstance(row, Thread) else row.status != OPEN


def _card(
    row: Thread | Suggestion, number: int, reader: Any, decisions: Mapping[str, str], fields: Mapping[str, list[str]]
) -> Card:
    if isinstance(row, Thread):
        said = [Said(who(each.author, each.side, reader), each) for each in row.remarks.all()]
        return ThreadCard(number, row, said, (fields.get(f"reply-{row.pk}") or [""])[-1])
    state = decisions.get(str(row.pk), row.status)
    return SuggestionCard(number, row, who(row.author, row.side, reader), said_of(row), state)


def said_of(suggestion: Suggestion) -> str:
    """The change in words: ”was” → ”becomes”."""
    was, becomes = suggestion.quote, Flat.of_json(suggestion.replacement)
    if was == becomes.text and was:
        return f"{quoted(was)} → " + _("other formatting")
    if not was.strip():
        return _("add %(words)s") % {"words": quoted(becomes.text)}
    if not becomes.text.strip():
        return _("take out %(words)s") % {"words": quoted(was)}
    return f"{quoted(was)} → {quoted(becomes.text)}"


def quoted(words: str) -> str:
    return f"”{clipped(words)}”"


def clipped(words: str) -> str:
    line = words.replace("\u2028", " ").strip().replace("\n", " ¶ ")
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1].rstrip() + "…"


def decisions_in(text: str) -> dict[str, str]:
    """What the form's hidden field says of suggestions; what is not a decision is left out."""
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    known = {Suggestion.Status.ACCEPTED.value, Suggestion.Status.REJECTED.value}
    found = told if isinstance(told, dict) else {}
    return {pk: each for pk, each in found.items() if isinstance(each, str) and each in known}


def change_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [change.json() | {"certain": change.certain} for change in changes]

"""What a page says of findings: by kind, with the words in their place, and what to do."""

import re
from dataclasses import dataclass, field

from django.templatetags.static import static
from django.utils.translation import gettext as _

from common.personal_data.finding import find
from common.personal_data.kinds import Kind

# More than these would make a page of them; the number of the rest is told.
MOST_SHOWN = 6
_AROUND = 24


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that were found, and what stands around them."""

    before: str
    words: str
    after: str


@dataclass(slots=True)
class Noticed:
    """All findings of a kind in one text."""

    kind: Kind
    quotes: list[Quote] = field(default_factory=list)
    more: int = 0

    @property
    def name(self) -> str:
        return str(self.kind.label)

    @property
    def advice(self) -> str:
        return self.kind.advice

    @property
    def rest(self) -> str:
        return _("and %(number)s more") % {"number": self.more} if self.more else ""


def notice(text: str) -> list[Noticed]:
    """What was found in the text, the kind that stands first in it first."""
    kinds: dict[Kind, Noticed] = {}
    shown = 0
    for each in find(text):
        noticed = kinds.setdefault(each.kind, Noticed(each.kind))
        shown += 1
        if shown > MOST_SHOWN:
            noticed.more += 1
            continue
        before, after = text[max(0, each.start - _AROUND) : each.start], text[each.end : each.end + _AROUND]
        noticed.quotes.append(Quote(_end_of(before), text[each.start : each.end], _start_of(after)))
    return list(kinds.values())


def _end_of(text: str) -> str:
    """The last whole words of a text that was cut, with an ellipsis where something was left out."""
    line = re.split("[\r\n]", text)[-1]
    return line if len(line) < _AROUND else "…" + line[line.find(" ") + 1 :]


def _start_of(text: str) -> str:
    line = re.split("[\r\n]", text)[0]
    return line if len(line) < _AROUND else line[: line.rfind(" ") + 1 or len(line)].rstrip() + "…"


def words_for_script() -> dict[str, object]:
    """What the page's script says, and the address of the patterns, which it fetches when somebody begins to write."""
    return {
        "data": static("data/personal-data.json"),
        "title": _("Does the text hold a client's personal data?"),
        "more": _("and %(number)s more") % {"number": "{number}"},
        "kinds": {kind.value: [str(kind.label), kind.advice] for kind in Kind},
    }

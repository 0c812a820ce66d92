"""What a writer chooses from: read once for a page, each list with a query of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from blog.models import Channel, Submission, SubmissionAuthor
from common import languages
from common.querysets import shown_in

Choice = tuple[str, str]


@dataclass(frozen=True)
class Choices:
    """Pairs of an id and what it is called in the reader's language."""

    channels: list[Channel] = field(default_factory=list)
    organisations: list[Choice] = field(default_factory=list)
    groups: list[Choice] = field(default_factory=list)
    task_areas: list[Choice] = field(default_factory=list)
    phenomena: list[Choice] = field(default_factory=list)
    themes: list[Choice] = field(default_factory=list)

    @classmethod
    def read(cls, *, kept_channel: int | None = None) -> "Choices":
        """All that is on offer; a channel that takes no texts any more stays for the text that has it."""
        return cls(
            channels=[each for each in Channel.objects.all() if each.takes_texts or each.pk == kept_channel],
            organisations=sorted(_named(_rows(SubmissionAuthor, "organisation")), key=lambda pair: pair[1].casefold()),
            groups=_named(_rows(SubmissionAuthor, "group")),
            task_areas=_named(_rows(Submission, "task_area")),
            phenomena=_named(_rows(Submission, "phenomena")),
            themes=_themes(),
        )

    @property
    def channel(self) -> Channel | None:
        """The one that is offered first."""
        return next((each for each in self.channels if each.is_default), next(iter(self.channels), None))

    @property
    def channel_pairs(self) -> list[Choice]:
        return _named(self.channels)


def one_of(pairs: list[Choice], nothing: str = "") -> list[Choice]:
    """The choices of a list of which one is taken, or none."""
    return [("", nothing or _("Choose")), *pairs]


def _rows(model: type[Any], relation: str) -> Any:
    """Rows of another area, which is met by relations alone."""
    leading: Any = model._meta.get_field(relation)
    return leading.related_model._default_manager.all()


def _named(rows: Iterable[Any]) -> list[Choice]:
    return [(str(row.pk), str(row)) for row in rows]


def _themes() -> list[Choice]:
    """The Finnish pages, which texts are related to, by what they are called in the reader's language."""
    finnish = list(_rows(Submission, "themes").filter(locale__language_code="fi").live().public())
    shown = {page.translation_key: page.title for page in shown_in(languages.current(), finnish)}
    return [(str(page.pk), shown.get(page.translation_key, page.title)) for page in finnish]

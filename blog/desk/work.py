"""A text as an editor works on it: suggesting changes to its newest version, or making the next one."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from blog.models import Submission, Suggestion, TextVersion
from blog.submitting.deciding import change_of
from blog.submitting.drafting import PROPOSAL
from blog.submitting.states import Act
from blog.submitting.versions import flat_of
from blog.working import accepting
from blog.working.body import NOTATION, READ, SUGGEST, BodyField
from blog.working.cards import change_json
from blog.working.work import Work
from drafts.texts import Fields
from texts import Body, Change, Flat, apply, read_body
from texts.changes import changes_between
from texts.following import follow

MODE = "tapa"
# What the page is for, by its word in the address, and the act that it leads to.
MODES = {"ehdota": Act.SUGGEST, "muokkaa": Act.EDIT, "korjaa": Act.CORRECT}


class DeskWork(Work):
    """One draft serves all modes: the one that it was begun in goes on until it is sent or discarded."""

    form = PROPOSAL

    def __init__(self, request: HttpRequest, submission: Submission, fields: Fields | None = None) -> None:
        super().__init__(request, submission, fields)
        self.asked = request.GET.get(MODE, "")

    @cached_property
    def modes(self) -> list[str]:
        """What the editor may do with the text now."""
        return [mode for mode, act in MODES.items() if act in self.acts]

    @cached_property
    def mode(self) -> str:
        """The mode of the page, "" for reading alone."""
        begun = self.one(MODE)
        wanted = begun if self.fields and begun in self.modes else self.asked
        # Suggesting hurts nothing; whoever would change the text itself says so.
        return wanted if wanted in self.modes else next((mode for mode in self.modes if mode == "ehdota"), "")

    @property
    def act(self) -> Act | None:
        return MODES.get(self.mode)

    @property
    def is_suggesting(self) -> bool:
        return self.act == Act.SUGGEST

    @property
    def has_pen(self) -> bool:
        return self.act in {Act.EDIT, Act.CORRECT}

    @property
    def may_keep(self) -> bool:
        return self.act is not None

    def _changes_nothing(self, held: Fields, began: TextVersion, body: Body) -> bool:
        if (held.get(MODE) or [""])[-1] != "ehdota":
            return super()._changes_nothing(held, began, body)
        known = {str(row.pk): row for row in self.submission.suggestions.all()}
        return all(
            change.id in known and Flat.of_json(known[change.id].replacement) == change.replacement
            for change in body.changes
        )

    def _says_the_same(self) -> bool:
        if not self.is_suggesting:
            return super()._says_the_same()
        return [_told(change) for change in self.own] == [_told(change) for change in self._kept]

    @cached_property
    def own(self) -> list[Change]:
        """The editor's own suggestions as they stand: those of the draft, else those that were sent."""
        if self.is_suggesting and "body" in self.fields:
            return self._drafted()
        return self._kept

    @cached_property
    def _kept(self) -> list[Change]:
        """The editor's own suggestions that were sent, apart also where a rewritten text brought them to one place."""
        return accepting.apart([change_of(row) for row in self._open if row.author_id == self.request.user.pk])

    @cached_property
    def others(self) -> list[Change]:
        return [change_of(row) for row in self._open if row.author_id != self.request.user.pk]

    @cached_property
    def _open(self) -> list[Suggestion]:
        return accepting.open_of(self.submission)

    def _drafted(self) -> list[Change]:
        """The changes that the draft holds, taken along to the newest version; raises BadText."""
        sent = read_body(self.one("body"), self.one("body_format") or NOTATION)
        began = self._began
        locked = {change.id for change in self.others}
        if sent.flat == began:
            changes = [change for change in sent.changes if change.id not in locked]
        elif began == self.old and sent.flat == _made(self.old, self._kept):
            # The form as it was drawn: what was suggested before, and nothing else.
            changes = self._kept
        else:
            # Without a script the text itself was changed: what is different is what is suggested.
            changes = changes_between(began, sent.flat)
        if began == self.old:
            return changes
        followed = []
        for change in changes:
            place = follow(change.start, change.end, began, self.old)
            followed.append(change.at(place.start, place.end, certain=place.certain))
        return accepting.apart(followed)

    @cached_property
    def _began(self) -> Flat:
        """The version that the draft began from."""
        if self.base == self.version.number:
            return self.old
        before = self.submission.versions.filter(number=self.base).first()
        return flat_of(before) if before else self.old

    @cached_property
    def body(self) -> BodyField:
        if self.has_pen:
            return super().body
        own = self.own if self.is_suggesting else []
        # Words can be drawn changed in one way: what is over an own suggestion stands in the rail alone.
        others = accepting.apart([change for change in self.others if not any(change.overlaps(each) for each in own)])
        changes = [
            *({**each, "own": True} for each in change_json(own)),
            *({**each, "own": False} for each in change_json(others)),
        ]
        data: dict[str, Any] = self.old.json() | {
            "changes": sorted(changes, key=lambda each: (each["start"], each["end"])),
            "threads": self.cards.threads_json,
            "version": self.version.number,
        }
        if not self.is_suggesting:
            return BodyField(self.old.notation(), data, self.old.characters, READ)
        return BodyField(_made(self.old, own).notation(), data, self.old.characters, SUGGEST)


def _told(change: Change) -> tuple[int, int, Flat]:
    return change.start, change.end, change.replacement


def _made(flat: Flat, changes: list[Change]) -> Flat:
    """The text with the changes made whose words are there; the others would change something else."""
    return apply(flat, [change for change in changes if change.certain])

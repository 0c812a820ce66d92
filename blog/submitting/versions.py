"""The versions of a text: making the next one, and taking what is anchored to its words along."""

from collections.abc import Iterable, Mapping

from accounts.models import User
from blog.models import MAX_CHARACTERS, MIN_CHARACTERS, Submission, Suggestion, TextVersion, Thread
from blog.submitting import errors
from blog.submitting.details import Text
from common.sanitise import sanitise
from texts import Change, Flat
from texts.following import follow

Places = Mapping[str, tuple[int, int]]


def latest_of(submission: Submission) -> TextVersion:
    """The text as it is now."""
    version = submission.versions.order_by("-number").first()
    if version is None:
        raise errors.NoText
    return version


def expect(submission: Submission, number: int) -> TextVersion:
    """The newest version, where it is the one that the person has seen."""
    version = latest_of(submission)
    if version.number != number:
        raise errors.StaleVersion
    return version


def flat_of(version: TextVersion) -> Flat:
    return Flat.of_html(version.body)


def add_version(
    submission: Submission, text: Text, *, by: User | None, side: str, changes: Iterable[Change] = ()
) -> TextVersion:
    """Make the next version and follow everything anchored to it; the same text again makes none.

    `changes`: where the browser has followed undecided suggestions to, by their ids. The submission is locked.
    """
    before = submission.versions.order_by("-number").first()
    body = sanitise(text.body.html())
    if before and (before.title, before.lead, before.body) == (text.title, text.lead, body):
        return before
    version = TextVersion.objects.create(
        submission=submission,
        number=before.number + 1 if before else 1,
        title=text.title,
        lead=text.lead,
        body=body,
        characters=text.body.characters,
        made_by=by,
        side=side,
    )
    if before:
        _void_passed_length(submission, before, version)
        _follow(submission, flat_of(before), version, {change.id: (change.start, change.end) for change in changes})
    return version


def off_by(characters: int) -> int:
    """By how many characters a text is outside the length of a post; negative where it is too short."""
    return min(0, characters - MIN_CHARACTERS) or max(0, characters - MAX_CHARACTERS)


def is_farther_out(characters: int, before: int) -> bool:
    """Whether a text is more outside the length of a post than it was before."""
    return abs(off_by(characters)) > abs(off_by(before))


def check_length(characters: int) -> None:
    off = off_by(characters)
    if off:
        raise (errors.TooShort if off < 0 else errors.TooLong)(characters, abs(off))


def check_length_of(submission: Submission, characters: int) -> None:
    """The same of a text on its way, whose length an editor may have let pass."""
    if not submission.length_reason:
        check_length(characters)


def _void_passed_length(submission: Submission, before: TextVersion, after: TextVersion) -> None:
    """What was let pass was that length: a text that goes farther out asks again."""
    if submission.length_reason and is_farther_out(after.characters, before.characters):
        submission.length_reason, submission.length_passed_by = "", None
        submission.save(update_fields=["length_reason", "length_passed_by"])


def _follow(submission: Submission, old: Flat, version: TextVersion, places: Places) -> None:
    """Move every open suggestion and every thread to where its words are in the new version, or mark it."""
    new = flat_of(version)
    for suggestion in submission.suggestions.filter(status=Suggestion.Status.OPEN):
        _move(suggestion, old, new, version, places.get(str(suggestion.pk)))
    for thread in submission.threads.all():
        _move(thread, old, new, version, None)


def _move(row: Suggestion | Thread, old: Flat, new: Flat, version: TextVersion, told: tuple[int, int] | None) -> None:
    if isinstance(row, Suggestion) or row.quote:
        place = follow(row.start, row.end, old, new)
        start, end, certain = place.start, place.end, place.certain
        if told is not None and told != (start, end) and _says(new, told, row.quote):
            # The browser saw each keystroke. Where it contradicts a place that seemed certain, a person looks.
            (start, end), certain = told, not certain and bool(row.quote)
        row.start, row.end, row.is_certain = start, end, row.is_certain and certain
    row.version = version
    row.save(update_fields=["start", "end", "is_certain", "version"])


def _says(flat: Flat, place: tuple[int, int], quote: str) -> bool:
    return 0 <= place[0] <= place[1] <= len(flat.text) and flat.text[place[0] : place[1]] == quote

"""Texts on their way to the blog, in every state: each goes the way of a real one, and is dated afterwards."""

import datetime
from collections.abc import Callable

from django.utils import timezone

from accounts.models import DEMO_DOMAIN, User
from blog.models import Channel, Submission, Suggestion
from blog.models.submissions import State
from blog.submitting import services
from blog.submitting.deciding import ACCEPTED, change_of
from blog.submitting.details import AuthorDetails, Details, Text
from blog.submitting.versions import flat_of, latest_of
from demo.loaders.accounts import ACCOUNTS, account_of
from demo.loaders.backdating import backdate
from demo.markdown import to_html
from demo.reading import Record
from demo.writing import Writer
from learning.themes.models import ThemePage
from network.organisations.models import Organisation
from texts import Change, Flat, apply
from vocabulary.models import ActorGroup, Phenomenon, TaskArea

EDITOR, OTHER_EDITOR = "toimittaja", "yllapito"
NAMES = {account.name for account in ACCOUNTS}


def load(writer: Writer) -> None:
    channels = writer.content.slugs(writer.content.channels) | {
        str(each.data.get("code")) for each in writer.content.channels
    }
    for record in writer.content.submissions:
        way = _Way(writer, record, channels)
        # What visitors have done with a text of the demonstration stays as it is.
        if record.problems or not writer.is_new(record) or way.is_there():
            continue
        way.go()
        writer.done(record)


class _Way:
    """One text and what happens to it."""

    def __init__(self, writer: Writer, record: Record, channels: set[str]) -> None:
        self.record = record
        content = writer.content
        self.state = record.choice("state", set(State.values))
        self.sent = record.date("sent", writer.day_of(record), required=True)
        self.title = record.text("title", 200, required=True)
        self.body = Flat.of_html(to_html(record.body))
        length = record.whole("length")
        if length and self.body.characters != length:
            record.problem("body", f"has {self.body.characters} characters, and says {length}")
        name = record.code("writer", NAMES) if record.has("writer") else ""
        self.name = name
        organisations = content.slugs(content.organisations)
        themes = {each.path.rsplit("/", 1)[-1].split(".")[0] for each in content.themes}
        self.channel = record.code("channel", channels | {"verkosto"}) if record.has("channel") else "verkosto"
        self.authors = [record, *record.rows("other_authors")]
        self.organisations = [each.code("organisation", organisations) for each in self.authors]
        self.groups = [each.code("author_group", content.codes("actor_groups")) for each in self.authors]
        self.area = record.code("task_area", content.codes("task_areas"))
        self.topics = record.codes("phenomena", content.codes("phenomena"))
        self.themes = record.codes("themes", themes)
        self.publish_at = record.moment("publish_at", writer.day_of(record)) if record.has("publish_at") else None
        for row in [*record.rows("comments"), *record.rows("suggestions"), *record.rows("edits")]:
            quote = row.text("quote", 1000)
            if quote and quote not in self.body.text:
                row.problem("quote", "is not in the text")

    def is_there(self) -> bool:
        return Submission.objects.filter(versions__title=self.title).exists()

    @property
    def editor(self) -> User:
        return account_of(EDITOR)

    def go(self) -> None:
        self.writer = account_of(self.name) if self.name else None
        self.submission = services.send(
            sender=self.writer,
            email="" if self.writer else f"vierailija@{DEMO_DOMAIN}",
            details=self._details(),
            text=Text(self.title, self.record.text("lead", 500), self.body),
            asks_length=self.record.flag("asks_length"),
        )
        for act in WAYS.get(State(self.state), ()):
            act(self)
        self.submission.refresh_from_db()
        if note := self.record.text("note", 1000):
            services.note(submission=self.submission, editor=account_of(OTHER_EDITOR), text=note)
        backdate(self.submission, self.sent)
        for person in filter(None, (self.writer, self.editor, account_of(OTHER_EDITOR))):
            # Letters of the demonstration were read long ago.
            person.notifications.filter(mailed_at=None).update(mailed_at=timezone.now())

    def _details(self) -> Details:
        told = zip(self.authors, self.organisations, self.groups, strict=True)
        return Details(
            authors=[
                AuthorDetails(
                    title=row.text("author_title", 150, required=True),
                    name=row.text("name", 150),
                    shows_name=row.flag("shows_name"),
                    group=ActorGroup.objects.filter(code=group).first(),
                    organisation=Organisation.objects.filter(code=organisation).first(),
                    other_organisation=row.text("other_organisation", 150),
                )
                for row, organisation, group in told
            ],
            channel=Channel.objects.get(code=self.channel),
            task_area=TaskArea.objects.filter(code=self.area).first(),
            phenomena=list(Phenomenon.objects.filter(code__in=self.topics)),
            themes=list(ThemePage.objects.filter(slug__in=self.themes, locale__language_code="fi")),
            message=self.record.text("message", 2000),
            consents=True,
            employer_reminded=True,
        )

    def take(self) -> None:
        services.take(submission=self.submission, editor=self.editor)
        if self.record.flag("passes_length"):
            services.pass_length(
                submission=self.submission, editor=self.editor, reason=self.record.text("length_reason", 500)
            )

    def discuss(self) -> None:
        """The comments with their answers, and the editor's suggestions, all on the newest version."""
        text = flat_of(latest_of(self.submission)).text
        for row in self.record.rows("comments"):
            quote = row.text("quote", 1000)
            start = text.find(quote) if quote else 0
            thread = services.comment(
                submission=self.submission,
                author=self.editor,
                version=latest_of(self.submission).number,
                start=start,
                end=start + len(quote),
                quote=quote,
                text=row.text("text", 2000, required=True),
                is_private=row.flag("is_private"),
            )
            if self.writer and (answer := row.text("reply", 2000)):
                services.reply(thread=thread, author=self.writer, text=answer)
        for row in self.record.rows("suggestions"):
            self._suggest(text, row)

    def _suggest(self, text: str, row: Record) -> None:
        """One by one, since each has a reason of its own; what was suggested before stays."""
        before = self.submission.suggestions.filter(status=Suggestion.Status.OPEN, author=self.editor)
        services.suggest(
            submission=self.submission,
            author=self.editor,
            version=latest_of(self.submission).number,
            changes=[*map(change_of, before), _replacing(text, row, "new")],
            reason=row.text("reason", 1000),
        )

    def hand_back(self) -> None:
        services.return_to_writer(
            submission=self.submission, editor=self.editor, words=self.record.text("returned_with", 2000)
        )

    def revise(self) -> None:
        """The writer takes in every suggestion, makes own changes, and sends the text back."""
        latest = latest_of(self.submission)
        flat = flat_of(latest)
        rows = list(self.submission.suggestions.filter(status=Suggestion.Status.OPEN))
        changes = [change_of(row) for row in rows]
        changes += [_replacing(flat.text, row, f"own-{place}") for place, row in enumerate(self.record.rows("edits"))]
        assert self.writer is not None
        services.send_back(
            submission=self.submission,
            writer=self.writer,
            text=Text(latest.title, latest.lead, apply(flat, changes)),
            changes=[],
            decisions={str(row.pk): ACCEPTED for row in rows},
            expected_version=latest.number,
            words=self.record.text("sent_back_with", 2000),
        )

    def ask_approval(self) -> None:
        services.ask_approval(submission=self.submission, editor=self.editor)

    def approve(self) -> None:
        assert self.writer is not None
        version = latest_of(self.submission).number
        services.approve(submission=self.submission, writer=self.writer, version=version)

    def schedule(self) -> None:
        at = self.publish_at or timezone.now() + datetime.timedelta(days=6)
        services.schedule(submission=self.submission, editor=self.editor, at=at)

    def publish(self) -> None:
        services.publish(submission=self.submission, by=self.editor)
        self.submission.refresh_from_db()
        page = self.submission.page
        assert page is not None
        page.is_example = True
        page.takes_thanks = page.takes_comments = self.record.flag("takes_comments")
        page.save_revision().publish()

    def correct(self) -> None:
        row = next(iter(self.record.rows("correction")), None)
        if row is None:
            return
        latest = latest_of(self.submission)
        flat = flat_of(latest)
        services.correct(
            submission=self.submission,
            editor=self.editor,
            text=Text(latest.title, latest.lead, apply(flat, [_replacing(flat.text, row, "c")])),
            note=row.text("note", 500, required=True),
            expected_version=latest.number,
        )
        self.approve()

    def decline(self) -> None:
        services.decline(submission=self.submission, editor=self.editor, words=self.record.text("declined_with", 2000))

    def withdraw(self) -> None:
        assert self.writer is not None
        services.withdraw(
            submission=self.submission, writer=self.writer, words=self.record.text("withdrawn_with", 2000)
        )

    def ask_unpublish(self) -> None:
        assert self.writer is not None
        services.ask_unpublish(
            submission=self.submission, writer=self.writer, words=self.record.text("unpublish_with", 1000)
        )

    def unpublish(self) -> None:
        services.unpublish(submission=self.submission, editor=self.editor)


Ways = dict[State, tuple[Callable[[_Way], None], ...]]
_EDITED = (_Way.take, _Way.discuss, _Way.hand_back, _Way.revise, _Way.ask_approval)
_OUT = (*_EDITED, _Way.approve, _Way.publish)
# How a text comes to each state.
WAYS: Ways = {
    State.EDITING: (_Way.take, _Way.discuss),
    State.WITH_WRITER: (_Way.take, _Way.discuss, _Way.hand_back),
    State.APPROVAL: _EDITED,
    State.APPROVED: (*_EDITED, _Way.approve),
    State.SCHEDULED: (*_EDITED, _Way.approve, _Way.schedule),
    State.PUBLISHED: (*_OUT, _Way.correct),
    State.DECLINED: (_Way.take, _Way.decline),
    State.WITHDRAWN: (_Way.withdraw,),
    State.UNPUBLISHED: (*_OUT, _Way.ask_unpublish, _Way.unpublish),
}


def _replacing(text: str, row: Record, name: str) -> Change:
    quote, words = row.text("quote", 1000, required=True), row.text("with", 1000)
    start = text.find(quote)
    return Change(start, start + len(quote), Flat(words), id=name)

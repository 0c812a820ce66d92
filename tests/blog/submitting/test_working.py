"""The writer and the editor work on one text: versions, suggestions and decisions on them, approval."""

from collections.abc import Callable

import pytest

from accounts.models import User
from blog.models import Submission, Suggestion
from blog.submitting import errors, services
from blog.submitting.details import Text
from blog.submitting.publishing import hindrances
from blog.submitting.versions import flat_of
from tests.factories.submissions import bring_to, latest, make_editor, make_person, sent, text
from texts import Change, Flat, apply

pytestmark = pytest.mark.django_db

PARAGRAPHS = [
    "Sosiaaliohjaaja kohtaa asukkaan kotona ja kuuntelee häntä rauhassa.",
    "Seuraava sana ratkaisee sen, jatkuuko keskustelu vielä huomenna.",
    "Kunnan päättäjä voi lukea tämän kirjoituksen ja kysyä lisää.",
    *(f"Kappale numero {number} kertoo yhden havainnon arjesta omin sanoin." for number in range(4, 40)),
]


def story() -> Text:
    return Text("Kotona", "Ingressi.", Flat.of_notation("\n\n".join(PARAGRAPHS)))


@pytest.fixture
def submission(writer: User, editor: User) -> Submission:
    return services.take(submission=sent(writer, text=story()), editor=editor)


def change(submission: Submission, words: str, instead: str, id: str = "") -> Change:  # noqa: A002 (its name)
    """The change of the words where they first stand."""
    start = flat_of(latest(submission)).text.index(words)
    return Change(start, start + len(words), Flat(instead), id=id)


def suggest(submission: Submission, author: User, *changes: Change) -> list[Suggestion]:
    return services.suggest(
        submission=submission, author=author, version=latest(submission).number, changes=list(changes)
    )


def with_body(submission: Submission, *changes: Change) -> Text:
    """The newest text with the changes made."""
    now = latest(submission)
    return Text(now.title, now.lead, apply(flat_of(now), list(changes)))


def send_back(submission: Submission, writer: User, body: Text, **fields: object) -> Submission:
    told = {"changes": [], "decisions": {}, "expected_version": latest(submission).number, **fields}
    return services.send_back(submission=submission, writer=writer, text=body, **told)  # type: ignore[arg-type]


def test_suggestions_are_rows_bound_to_the_words_of_the_version(submission: Submission, editor: User) -> None:
    [row] = suggest(submission, editor, change(submission, "rauhassa", "kiireettä"))
    assert (row.quote, row.replacement["text"], row.status, row.side) == ("rauhassa", "kiireettä", "open", "editor")
    assert row.version == row.first_version == latest(submission)


def test_suggesting_again_keeps_what_is_the_same_and_withdraws_the_rest(submission: Submission, editor: User) -> None:
    first, second = change(submission, "rauhassa", "kiireettä"), change(submission, "huomenna", "pian")
    rows = suggest(submission, editor, first, second)
    third = change(submission, "kysyä", "vaatia")
    again = suggest(submission, editor, first, third)
    assert again[0].pk == rows[0].pk
    assert [row.status for row in submission.suggestions.order_by("pk")] == ["open", "withdrawn", "open"]


def test_suggestions_of_others_are_left_alone(submission: Submission, editor: User) -> None:
    other = make_editor("muu")
    [theirs] = suggest(submission, other, change(submission, "rauhassa", "kiireettä"))
    sent_along = change(submission, "rauhassa", "kiireettä", id=str(theirs.pk))
    [own] = suggest(submission, editor, sent_along, change(submission, "huomenna", "pian"))
    theirs.refresh_from_db()
    assert (theirs.status, own.author) == ("open", editor)
    assert submission.suggestions.count() == 2


def test_a_suggestion_to_an_old_version_is_refused(submission: Submission, editor: User) -> None:
    old = change(submission, "rauhassa", "kiireettä")
    services.edit(submission=submission, editor=editor, text=text(), expected_version=1)
    with pytest.raises(errors.StaleVersion):
        services.suggest(submission=submission, author=editor, version=1, changes=[old])


@pytest.mark.parametrize("places", [[(0, 10), (5, 12)], [(0, 8), (3, 3)]])
def test_suggestions_over_one_another_are_refused(
    submission: Submission, editor: User, places: list[tuple[int, int]]
) -> None:
    with pytest.raises(errors.OverlappingChanges):
        suggest(submission, editor, *(Change(*place, Flat("x")) for place in places))


def test_a_suggestion_outside_the_text_is_refused(submission: Submission, editor: User) -> None:
    with pytest.raises(errors.StaleVersion):
        suggest(submission, editor, Change(0, 99_999, Flat("x")))


def test_only_ones_own_suggestion_can_be_withdrawn(submission: Submission, editor: User) -> None:
    [row] = suggest(submission, editor, change(submission, "rauhassa", "kiireettä"))
    with pytest.raises(errors.NotYours):
        services.withdraw_suggestion(suggestion=row, author=make_editor("muu"))
    assert services.withdraw_suggestion(suggestion=row, author=editor).status == "withdrawn"


def test_the_writer_decides_and_undecided_ones_stay_open_at_their_words(
    submission: Submission, writer: User, editor: User
) -> None:
    yes = change(submission, "rauhassa", "kiireettä")
    rows = suggest(
        submission, editor, yes, change(submission, "huomenna", "pian"), change(submission, "kysyä", "vaatia")
    )
    submission = services.return_to_writer(submission=submission, editor=editor)
    decisions = {str(rows[0].pk): "accepted", str(rows[1].pk): "rejected", "999999": "accepted", "new-1": "rejected"}
    submission = send_back(submission, writer, with_body(submission, yes), decisions=decisions)
    for row in rows:
        row.refresh_from_db()
    assert [row.status for row in rows] == ["accepted", "rejected", "open"]
    assert (submission.state, submission.turn, latest(submission).number) == ("editing", "editor", 2)
    left, now = rows[2], flat_of(latest(submission))
    assert (now.text[left.start : left.end], left.is_certain, left.version) == ("kysyä", True, latest(submission))
    assert left.first_version.number == 1
    assert rows[0].decided_by == writer


def test_what_is_said_to_be_accepted_but_is_not_in_the_text_stays_open(
    submission: Submission, writer: User, editor: User
) -> None:
    rows = suggest(submission, editor, change(submission, "rauhassa", "kiireettä"), change(submission, " huomenna", ""))
    submission = services.return_to_writer(submission=submission, editor=editor)
    other = change(submission, "Kappale numero 20", "Kappale 20")
    decisions = {str(row.pk): "accepted" for row in rows}
    send_back(submission, writer, with_body(submission, other), decisions=decisions)
    assert set(submission.suggestions.values_list("status", flat=True)) == {"open"}


def test_accepting_and_then_writing_on_counts_as_accepted(submission: Submission, writer: User, editor: User) -> None:
    [row] = suggest(submission, editor, change(submission, "rauhassa", "kiireettä"))
    submission = services.return_to_writer(submission=submission, editor=editor)
    further = change(submission, "kuuntelee häntä rauhassa", "kuuntelee asukasta aivan kiireettömästi")
    send_back(submission, writer, with_body(submission, further), decisions={str(row.pk): "accepted"})
    row.refresh_from_db()
    assert row.status == "accepted"


def test_sixty_suggestions_are_accepted_at_once(submission: Submission, writer: User, editor: User) -> None:
    flat = flat_of(latest(submission))
    words = [at for at in range(len(flat.text)) if flat.text.startswith(("yhden", "arjesta", "omin"), at)][:60]
    changes = [Change(at, at + 4, Flat(f"sana{number}")) for number, at in enumerate(words)]
    rows = suggest(submission, editor, *changes)
    assert len(rows) == 60
    submission = services.return_to_writer(submission=submission, editor=editor)
    decisions = {str(row.pk): "accepted" for row in rows}
    send_back(submission, writer, with_body(submission, *changes), decisions=decisions)
    assert submission.suggestions.filter(status="accepted").count() == 60


def test_suggestions_of_formatting_are_told_from_the_words(submission: Submission, writer: User, editor: User) -> None:
    from texts import Mark

    start = flat_of(latest(submission)).text.index("rauhassa")
    bold = Change(start, start + 8, Flat("rauhassa", (), (Mark(0, 8, "strong"),)))
    [row] = suggest(submission, editor, bold)
    submission = services.return_to_writer(submission=submission, editor=editor)
    other = change(submission, "Kappale numero 20", "Kappale 20")
    submission = send_back(submission, writer, with_body(submission, other), decisions={str(row.pk): "accepted"})
    row.refresh_from_db()
    assert row.status == "open"
    submission = services.edit(
        submission=submission,
        editor=editor,
        text=with_body(submission, bold.at(row.start, row.end)),
        expected_version=2,
        decisions={str(row.pk): "accepted"},
    )
    row.refresh_from_db()
    assert row.status == "accepted"


def test_where_the_browser_followed_words_to_is_believed_where_they_stand_there(
    submission: Submission, writer: User, editor: User
) -> None:
    [row] = suggest(submission, editor, change(submission, "huomenna", "pian"))
    submission = services.return_to_writer(submission=submission, editor=editor)
    moved = with_body(submission, change(submission, PARAGRAPHS[1] + "\n", ""))
    body = Flat(moved.body.text + PARAGRAPHS[1] + "\n", (*moved.body.blocks, "p"))
    at = body.text.index("huomenna")
    told = Change(at, at + 8, Flat("pian"), id=str(row.pk))
    send_back(submission, writer, Text(moved.title, moved.lead, body), changes=[told])
    row.refresh_from_db()
    assert body.text[row.start : row.end] == "huomenna"


def test_a_place_that_the_browser_tells_wrongly_is_not_taken(
    submission: Submission, writer: User, editor: User
) -> None:
    [row] = suggest(submission, editor, change(submission, "huomenna", "pian"))
    submission = services.return_to_writer(submission=submission, editor=editor)
    other = change(submission, "Kappale numero 20", "Kappale 20")
    told = Change(3, 11, Flat("pian"), id=str(row.pk))
    submission = send_back(submission, writer, with_body(submission, other), changes=[told])
    row.refresh_from_db()
    assert flat_of(latest(submission)).text[row.start : row.end] == "huomenna"


def test_words_that_are_gone_are_marked_for_a_look(submission: Submission, writer: User, editor: User) -> None:
    [row] = suggest(submission, editor, change(submission, "huomenna", "pian"))
    thread = services.comment(submission=submission, author=editor, version=1, quote="rauhassa", text="Miten?")
    submission = services.return_to_writer(submission=submission, editor=editor)
    gone = [change(submission, PARAGRAPHS[0] + "\n", ""), change(submission, "vielä huomenna", "enää")]
    submission = send_back(submission, writer, with_body(submission, *gone))
    for each in (row, thread):
        each.refresh_from_db()
        assert not each.is_certain
        assert each.version == latest(submission)


def test_a_new_version_never_touches_the_old_one(submission: Submission, editor: User) -> None:
    before = latest(submission).body
    services.edit(submission=submission, editor=editor, text=text(2_300), expected_version=1)
    assert submission.versions.get(number=1).body == before
    assert submission.versions.get(number=2).characters == 2_300


def test_who_opened_an_old_version_is_told_and_nothing_is_written_over(submission: Submission, editor: User) -> None:
    services.edit(submission=submission, editor=editor, text=text(2_300), expected_version=1)
    with pytest.raises(errors.StaleVersion):
        services.edit(submission=submission, editor=editor, text=text(2_400), expected_version=1)
    assert latest(submission).characters == 2_300


def test_another_text_voids_the_approval_and_the_writer_is_asked_again(writer: User, editor: User) -> None:
    submission = bring_to("approved", sent(writer), editor)
    submission = services.edit(submission=submission, editor=editor, text=text(2_300), expected_version=1)
    assert (submission.state, submission.approved_version) == ("editing", None)
    with pytest.raises(errors.NotYourTurn):
        services.publish(submission=submission, by=editor)
    assert any(isinstance(each, errors.NotApproved) for each in hindrances(submission))


def test_the_same_text_leaves_the_approval(writer: User, editor: User) -> None:
    submission = bring_to("approved", sent(writer), editor)
    submission = services.edit(submission=submission, editor=editor, text=text(), expected_version=1)
    assert (submission.state, submission.approved_version) == ("approved", latest(submission))
    assert latest(submission).number == 1


def test_only_the_newest_version_can_be_approved(writer: User, editor: User) -> None:
    submission = bring_to("editing", sent(writer), editor)
    submission = services.edit(submission=submission, editor=editor, text=text(2_300), expected_version=1)
    submission = services.ask_approval(submission=submission, editor=editor)
    with pytest.raises(errors.StaleVersion):
        services.approve(submission=submission, writer=writer, version=1)
    assert services.approve(submission=submission, writer=writer, version=2).approved_version == latest(submission)


def test_approval_is_asked_of_a_text_in_which_all_is_decided(submission: Submission, editor: User) -> None:
    suggest(submission, editor, change(submission, "rauhassa", "kiireettä"))
    with pytest.raises(errors.Undecided) as raised:
        services.ask_approval(submission=submission, editor=editor)
    assert raised.value.count == 1


def test_a_suggestion_made_while_approval_is_waited_for_keeps_the_text_from_the_site(
    submission: Submission, writer: User, editor: User
) -> None:
    submission = services.ask_approval(submission=submission, editor=editor)
    [row] = suggest(submission, writer, change(submission, "rauhassa", "kiireettä"))
    submission = services.approve(submission=submission, writer=writer, version=1)
    with pytest.raises(errors.Undecided):
        services.publish(submission=submission, by=editor)
    newest = with_body(submission)
    services.edit(
        submission=submission, editor=editor, text=newest, expected_version=1, decisions={str(row.pk): "rejected"}
    )
    assert services.publish(submission=submission, by=editor).state == "published"


def test_a_length_that_was_let_pass_is_asked_again_when_the_text_goes_farther_out(writer: User, editor: User) -> None:
    submission = sent(writer, text=text(3_450), asks_length=True, details={"message": "Kaksi tapausta."})
    submission = services.take(submission=submission, editor=editor)
    with pytest.raises(errors.TooLong):
        services.ask_approval(submission=submission, editor=editor)
    submission = services.pass_length(submission=submission, editor=editor, reason="Kaksi tapausta.")
    submission = services.edit(submission=submission, editor=editor, text=text(3_420), expected_version=1)
    assert submission.length_reason
    submission = services.edit(submission=submission, editor=editor, text=text(3_460), expected_version=2)
    assert not submission.length_reason
    with pytest.raises(errors.TooLong):
        services.ask_approval(submission=submission, editor=editor)


def test_a_text_is_handed_over_to_an_editor_who_did_not_write_it(submission: Submission, writer: User) -> None:
    colleague = make_editor("muu")
    for nobody in (writer, make_person("vieras")):
        with pytest.raises(errors.NotAnEditor):
            services.hand_over(submission=submission, by=colleague, to=nobody)
    assert services.hand_over(submission=submission, by=colleague, to=colleague).editor == colleague


def test_nobody_edits_a_text_of_their_own() -> None:
    own = make_editor("kirjoittava")
    submission = sent(own)
    with pytest.raises(errors.NotYourTurn):
        services.take(submission=submission, editor=own)


@pytest.mark.parametrize(
    "act",
    [
        lambda s, writer, editor: services.decline(submission=s, editor=editor, words=" \n"),
        lambda s, writer, editor: services.refuse_approval(submission=s, writer=writer, words=""),
        lambda s, writer, editor: services.pass_length(submission=s, editor=editor, reason=""),
    ],
)
def test_a_no_has_its_reason(writer: User, editor: User, act: Callable[..., Submission]) -> None:
    submission = bring_to("approval", sent(writer), editor)
    with pytest.raises(errors.NoReason):
        act(submission, writer, editor)


def test_a_text_that_was_sent_again_waits_for_any_editor(writer: User, editor: User) -> None:
    submission = bring_to("declined", sent(writer), editor)
    submission = services.reopen(submission=submission, writer=writer, text=text(2_900), expected_version=1)
    assert (submission.editor, latest(submission).number) == (None, 2)
    assert services.take(submission=submission, editor=make_editor("muu")).state == "editing"

"""What people are told: at once if they must act, otherwise in one letter each morning, in their language."""

import datetime
import email
import email.policy
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from notifications import letters, services
from notifications.letters import token_of
from notifications.models import MailPreference, Notification, OutgoingMail
from notifications.services import notify, send_morning_letters

pytestmark = pytest.mark.django_db
FACTS = {"run": "syksy-27", "course": {"fi": "Perusteet", "sv": "Grunderna", "en": "Basics"}}
DUE = FACTS | {"title": "Loppuvisa", "quiz": "loppu", "due": "2027-03-31T20:59:00+00:00"}


def make_person(number: int = 1, **fields: Any) -> User:
    return User.objects.create_user(f"oppija-{number}@example.org", **fields)


def tell(person: User, kind: str = "study.enrolled", **fields: Any) -> Notification | None:
    facts = DUE if kind == "study.due_soon" else FACTS
    return notify(person=person, kind=kind, context=facts, **fields)


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Make it the given moment in UTC."""
    now = datetime.datetime.fromisoformat(f"{moment}+00:00")
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_what_must_be_acted_on_is_mailed_at_once_in_the_persons_language() -> None:
    facts = FACTS | {"until": "2027-03-28T09:00:00+00:00"}
    for number, language in enumerate(("fi", "sv", "en")):
        person = make_person(number, language=language)
        notify(person=person, kind="study.offered", context=facts, must_act=True)
    subjects = [message.subject for message in mail.outbox]
    assert subjects[0] == "Sinulle on paikka: Perusteet (syksy-27)"
    assert subjects[1] == "Du erbjuds en plats: Grunderna (syksy-27)"
    assert "Basics" in subjects[2]
    finnish, swedish, _english = (str(message.body) for message in mail.outbox)
    # In summer time by then: 9.00 in UTC is 12.00 in Finland.
    assert "28.3.2027 klo\xa012.00 asti" in finnish
    assert "http://testserver/opinnot/syksy-27/vastaa/" in finnish.replace(_site(), "http://testserver")
    assert "/sv/opinnot/syksy-27/vastaa/" in swedish


def _site() -> str:
    return str(django_settings.SITE_URL)


def test_a_letter_is_plain_text_and_html_without_pictures_or_other_sites() -> None:
    notify(
        person=make_person(),
        kind="study.offered",
        context=FACTS | {"until": "2027-03-28T09:00:00+00:00"},
        must_act=True,
    )
    message: Any = mail.outbox[0]
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    assert "<img" not in html and "<script" not in html and "<link" not in html
    addresses = [part.split('"')[0] for part in html.split('href="')[1:]]
    assert addresses and all(address.startswith(_site()) for address in addresses)
    assert "Saat tämän, koska olet ilmoittautunut" in html and "Saat tämän, koska" in message.body
    assert "&lt;" not in message.body


def test_what_somebody_wrote_is_text_in_the_html() -> None:
    letter = FACTS | {"subject": "Hei", "message": "<b>Tule</b> & katso", "teacher": "Opettaja", "answers_to": ""}
    notify(person=make_person(), kind="study.message", context=letter, must_act=True)
    message: Any = mail.outbox[0]
    assert "&lt;b&gt;Tule&lt;/b&gt; &amp; katso" in message.alternatives[0][0]
    assert "<b>Tule</b> & katso" in message.body


def test_the_rest_comes_in_one_letter_at_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person()
    at(monkeypatch, "2026-11-24T12:00:00")
    tell(person)
    tell(person, "study.lapsed")
    assert mail.outbox == []
    at(monkeypatch, "2026-11-25T05:59:00")
    send_morning_letters()
    assert mail.outbox == []
    at(monkeypatch, "2026-11-25T06:00:00")
    send_morning_letters()
    [message] = mail.outbox
    assert message.subject == "Olet ilmoittautunut: Perusteet (syksy-27) ja 1 muuta"
    assert "Tarjottu paikka siirtyi seuraavalle" in message.body
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_never_more_than_one_letter_a_day_besides_what_must_be_acted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person()
    at(monkeypatch, "2026-11-24T05:00:00")
    tell(person)
    for moment in ("2026-11-24T06:00:00", "2026-11-24T06:01:00"):
        at(monkeypatch, moment)
        send_morning_letters()
    tell(person, "study.lapsed")
    at(monkeypatch, "2026-11-24T20:00:00")
    send_morning_letters()
    assert len(mail.outbox) == 1
    notify(person=person, kind="study.offered", context=FACTS | {"until": "2026-11-27T09:00:00+00:00"}, must_act=True)
    assert len(mail.outbox) == 2
    at(monkeypatch, "2026-11-25T06:30:00")
    send_morning_letters()
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    ("before", "eight"),
    [
        # Eight in Finland is six in UTC in winter, five in summer; on both days on which the clocks change.
        ("2027-03-28T04:59:00", "2027-03-28T05:00:00"),
        ("2027-10-31T05:59:00", "2027-10-31T06:00:00"),
        ("2027-07-01T04:59:00", "2027-07-01T05:00:00"),
    ],
)
def test_eight_is_eight_in_finland_on_every_day(before: str, eight: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2027-01-01T12:00:00")
    tell(make_person())
    at(monkeypatch, before)
    # Yesterday's letter was never due to this worker: what was told in January goes with the next morning.
    MailPreference.objects.create(
        person=User.objects.get(), digest_on=datetime.date.fromisoformat(before[:10]) - datetime.timedelta(days=1)
    )
    send_morning_letters()
    assert mail.outbox == []
    at(monkeypatch, eight)
    send_morning_letters()
    assert len(mail.outbox) == 1


def test_a_kill_before_the_commit_loses_nothing_and_sends_nothing_twice(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "notifications.backends.OutboxBackend"
    person = make_person()
    at(monkeypatch, "2026-11-24T05:00:00")
    tell(person)
    at(monkeypatch, "2026-11-24T06:00:00")
    really = letters.write_letter

    def write_and_die(*args: Any) -> None:
        really(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "write_letter", write_and_die)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        send_morning_letters()
    assert not OutgoingMail.objects.exists()
    assert Notification.objects.filter(mailed_at=None).count() == 1
    monkeypatch.setattr(services, "write_letter", really)
    for _again in range(2):
        send_morning_letters()
    assert OutgoingMail.objects.count() == 1


def test_a_transaction_that_fails_tells_nobody() -> None:
    person = make_person()

    @transaction.atomic
    def tell_and_fail() -> None:
        tell(person)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tell_and_fail()
    assert not Notification.objects.exists()


def test_what_has_a_key_is_told_once_and_the_database_knows_it() -> None:
    person = make_person()
    assert tell(person, "study.due_soon", key="7:3") is not None
    assert tell(person, "study.due_soon", key="7:3") is None
    assert tell(person, "study.due_soon", key="7:1") is not None
    assert tell(make_person(2), "study.due_soon", key="7:3") is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(person=person, kind="study.due_soon", key="7:3")


def test_what_is_of_no_use_any_more_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    person, gone = make_person(), make_person(2, is_active=False)
    at(monkeypatch, "2026-11-24T05:00:00")
    tell(person, "study.due_soon", useful_until=datetime.datetime(2026, 11, 24, 5, 30, tzinfo=datetime.UTC))
    tell(gone)
    notify(person=gone, kind="study.offered", context=FACTS | {"until": "2026-11-27T09:00:00+00:00"}, must_act=True)
    at(monkeypatch, "2026-11-24T06:00:00")
    send_morning_letters()
    assert mail.outbox == []
    assert not Notification.objects.filter(mailed_at=None, must_act=False).exists()


def test_reminders_are_stopped_from_the_letter_and_the_rest_still_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person()
    at(monkeypatch, "2026-11-24T05:00:00")
    tell(person, "study.due_soon")
    at(monkeypatch, "2026-11-24T06:00:00")
    send_morning_letters()
    message: Any = mail.outbox[0]
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in message.body
    path = link.removeprefix(_site())
    stranger = Client(enforce_csrf_checks=True)
    # Programs that look into links change nothing.
    assert stranger.get(path).status_code == 200
    assert services.wants_reminders(person)
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not services.wants_reminders(person)
    tell(person, "study.due_soon")
    tell(person, "study.lapsed")
    at(monkeypatch, "2026-11-25T06:00:00")
    send_morning_letters()
    last: Any = mail.outbox[-1]
    assert last.subject.startswith("Tarjottu paikka") and "List-Unsubscribe" not in last.extra_headers


def test_a_forged_address_stops_nobodys_reminders() -> None:
    person = make_person()
    good = token_of(person)
    for token in (good[:-2], str(person.public_id), "keksitty"):
        assert Client().post(f"/ilmoitukset/muistutukset/{token}/").status_code == 404
    assert services.wants_reminders(person)


def test_a_kind_that_nobody_registered_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="keksitty"):
        tell(make_person(), "keksitty")


def test_a_kind_that_is_no_more_is_settled_without_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-11-24T05:00:00")
    Notification.objects.create(person=make_person(), kind="entinen")
    at(monkeypatch, "2026-11-24T06:00:00")
    send_morning_letters()
    assert mail.outbox == []
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_a_letter_that_cannot_be_written_keeps_nobody_else_waiting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    at(monkeypatch, "2026-11-24T05:00:00")
    broken, other = make_person(1), make_person(2)
    Notification.objects.create(person=broken, kind="study.enrolled", facts={})
    tell(other)
    at(monkeypatch, "2026-11-24T06:00:00")
    send_morning_letters()
    assert [message.to for message in mail.outbox] == [[other.email]]
    assert "could not be written" in caplog.text and broken.email not in caplog.messages[0]
    assert Notification.objects.get(mailed_at=None).person == broken


def test_settled_notifications_are_erased_after_half_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person()
    now = timezone.now()
    for days in (181, 179):
        Notification.objects.create(person=person, kind="study.lapsed", mailed_at=now - datetime.timedelta(days=days))
    Notification.objects.create(person=person, kind="study.lapsed")
    services.forget_old_notifications()
    assert Notification.objects.count() == 2


def test_a_morning_asks_as_much_for_many_notices_of_a_person_as_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(person: User, notices: int, day: int) -> int:
        at(monkeypatch, f"2026-11-{day}T05:00:00")
        for _each in range(notices):
            tell(person)
        at(monkeypatch, f"2026-11-{day}T06:00:00")
        with CaptureQueriesContext(connection) as queries:
            send_morning_letters()
        return len(queries)

    assert asked(make_person(2), 12, 25) <= asked(make_person(1), 1, 24) + 1


def test_a_letter_survives_the_way_to_a_mail_program(monkeypatch: pytest.MonkeyPatch) -> None:
    notify(
        person=make_person(),
        kind="study.offered",
        context=FACTS | {"until": "2027-03-28T09:00:00+00:00"},
        must_act=True,
    )
    message: Any = email.message_from_bytes(mail.outbox[0].message().as_bytes(), policy=email.policy.default)
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Paikka on vapautunut." in message.get_body(("plain",)).get_content()

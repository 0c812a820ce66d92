"""Mail is a row of the transaction that caused it, sent once by the worker and tried again when that fails."""

import datetime
import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from notifications.models import OutgoingMail
from notifications.sending import message_id, send_waiting_mail
from notifications.transports import transport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _through_the_outbox(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "notifications.backends.OutboxBackend"
    settings.EMAIL_URL = "memory://"


def write_mail(to: str = "aino@example.org") -> None:
    EmailMessage("Tervetuloa", "Hei Äiti", "palvelu@example.org", [to]).send()


def unreachable_server() -> str:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"smtp://127.0.0.1:{closed.getsockname()[1]}"


def test_a_message_waits_as_a_row_until_the_worker_sends_it() -> None:
    write_mail()
    assert not mail.outbox

    assert send_waiting_mail() is False

    assert [message.to for message in mail.outbox] == [["aino@example.org"]]
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_sends_nothing() -> None:
    def register_and_fail() -> None:
        with transaction.atomic():
            write_mail()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        register_and_fail()
    send_waiting_mail()
    assert not mail.outbox


def test_html_and_headers_reach_the_reader() -> None:
    message = EmailMultiAlternatives("Otsikko", "teksti", None, ["aino@example.org"], headers={"List-Id": "uutiset"})
    message.reply_to = ["toimitus@example.org"]
    message.attach_alternative("<p>teksti</p>", "text/html")
    message.send()
    send_waiting_mail()

    sent = mail.outbox[0].message()
    assert sent["List-Id"] == "uutiset"
    assert sent["Reply-To"] == "toimitus@example.org"
    assert [part.get_content_type() for part in sent.walk()][1:] == ["text/plain", "text/html"]


def test_recipients_do_not_see_each_other() -> None:
    EmailMessage("Otsikko", "teksti", None, ["aino@example.org"], bcc=["väinö@example.org"]).send()
    send_waiting_mail()

    assert sorted(message.to for message in mail.outbox) == [["aino@example.org"], ["väinö@example.org"]]


def test_a_subject_with_a_line_break_cannot_add_a_header() -> None:
    EmailMessage("Otsikko\nBcc: varas@example.org", "teksti", None, ["aino@example.org"]).send()
    send_waiting_mail()

    assert mail.outbox[0].subject == "Otsikko Bcc: varas@example.org"
    assert mail.outbox[0].recipients() == ["aino@example.org"]


def test_attachments_are_refused_when_the_mail_is_written() -> None:
    message = EmailMessage("Otsikko", "teksti", None, ["aino@example.org"])
    message.attach("raportti.pdf", b"%PDF-", "application/pdf")
    with pytest.raises(ValueError, match="link to the file"):
        message.send()


def test_a_message_that_fails_is_put_off_longer_each_time_and_keeps_its_id(settings: Settings) -> None:
    write_mail()
    row = OutgoingMail.objects.get()
    known = message_id(row)
    settings.EMAIL_URL = unreachable_server()

    pauses = []
    for _ in range(3):
        OutgoingMail.objects.update(next_try_at=None)
        began = timezone.now()
        send_waiting_mail()
        row.refresh_from_db()
        assert row.next_try_at is not None
        pauses.append(round((row.next_try_at - began) / datetime.timedelta(minutes=1)))

    assert pauses == [1, 2, 4]
    assert row.attempts == 3
    assert row.last_error.startswith("ConnectionRefusedError")
    settings.EMAIL_URL = "memory://"
    OutgoingMail.objects.update(next_try_at=None)
    send_waiting_mail()
    assert mail.outbox[0].message()["Message-ID"] == known


def test_a_message_that_was_put_off_waits_for_its_time() -> None:
    write_mail()
    OutgoingMail.objects.update(next_try_at=timezone.now() + datetime.timedelta(minutes=1))
    send_waiting_mail()
    assert not mail.outbox


def test_one_refused_address_keeps_nobody_else_waiting(settings: Settings, tmp_path: Path) -> None:
    write_mail("kelvoton osoite")
    write_mail("aino@example.org")
    settings.EMAIL_URL = tmp_path.as_uri()
    OutgoingMail.objects.filter(recipients=["kelvoton osoite"]).update(from_email="rivin\nvaihto@example.org")

    send_waiting_mail()

    assert OutgoingMail.objects.get().recipients == ["kelvoton osoite"]
    assert len(list(tmp_path.glob("*.eml"))) == 1


def test_a_message_is_given_up_after_five_days(settings: Settings) -> None:
    write_mail()
    settings.EMAIL_URL = unreachable_server()
    OutgoingMail.objects.update(created_at=timezone.now() - datetime.timedelta(days=6))
    send_waiting_mail()
    assert not OutgoingMail.objects.exists()


def test_a_full_batch_asks_to_be_called_again() -> None:
    for number in range(11):
        write_mail(f"{number}@example.org")
    assert send_waiting_mail() is True
    assert send_waiting_mail() is False
    assert len(mail.outbox) == 11


def test_the_file_transport_writes_mail_that_opens(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_URL = (tmp_path / "posti").as_uri()
    write_mail()
    send_waiting_mail()

    [file] = (tmp_path / "posti").iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert message["To"] == "aino@example.org"
    assert "Hei Äiti" in message.get_content()


@pytest.fixture
def mail_server() -> Iterator[tuple[str, list[bytes]]]:
    """A mail server of the simplest kind: its address and what it was told."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def converse() -> None:
        connection, _address = server.accept()
        with connection, connection.makefile("rwb", buffering=0) as lines:
            lines.write(b"220 ready\r\n")
            in_data = False
            for line in lines:
                heard.append(line)
                if in_data and line != b".\r\n":
                    continue
                starts_data = line.lower() == b"data\r\n"
                in_data = starts_data
                lines.write(b"354 go on\r\n" if starts_data else b"250 ok\r\n")
                if line == b"quit\r\n":
                    return

    thread = threading.Thread(target=converse, daemon=True)
    thread.start()
    yield f"smtp://127.0.0.1:{server.getsockname()[1]}", heard
    server.close()


def test_the_server_transport_delivers(settings: Settings, mail_server: tuple[str, list[bytes]]) -> None:
    settings.EMAIL_URL, heard = mail_server
    write_mail()
    send_waiting_mail()

    assert b"rcpt TO:<aino@example.org>\r\n" in heard
    assert b"Subject: Tervetuloa\r\n" in heard
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "url", ["", "ftp://example.org", "smtp://", "smtp://example.org:posti", "file://var/mail", "file:"]
)
def test_an_address_that_cannot_work_is_refused_at_the_start(url: str, settings: Settings) -> None:
    with pytest.raises(ImproperlyConfigured):
        transport(url)
    settings.EMAIL_URL = url
    assert "notifications.E001" in {message.id for message in run_checks()}

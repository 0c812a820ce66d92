"""Reading the mail that the service has sent: the worker writes a file for each message."""

import email
import email.policy
import re
import time
from email.message import EmailMessage
from pathlib import Path

PATIENCE = 20.0


def mails_to(data: Path, address: str) -> list[EmailMessage]:
    """What has been sent to the address, the latest last."""
    files = sorted((data / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    messages = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]
    return [message for message in messages if isinstance(message, EmailMessage) and message["To"] == address]


def wait_for_mail(data: Path, address: str, number: int = 1, *, about: str = "") -> EmailMessage:
    """The number-th message to the address whose subject has the word, once it has been sent."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = [message for message in mails_to(data, address) if about in str(message["Subject"])]
        if len(found) >= number:
            return found[number - 1]
        time.sleep(0.1)
    raise AssertionError(f"{address} got no mail number {number} in {PATIENCE:.0f} s")


def link_in(message: EmailMessage, base: str) -> str:
    """The path of the first link to the service in the message."""
    found = re.search(rf"{re.escape(base)}(/\S+)", message.get_content())
    assert found, message.get_content()
    return found[1]

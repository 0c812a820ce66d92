"""New people who sign up, and their one-time codes."""

import base64
import hashlib
import hmac
import itertools
import struct
import time

from tests.journeys.mail import link_in, wait_for_mail
from tests.journeys.visitor import Visitor
from tests.serving import Service

PASSWORD = "kastemato-kiipeää-44"
CODE_SECONDS = 30
_numbers = itertools.count(1)


def new_email() -> str:
    return f"henkilo{next(_numbers)}.{time.time_ns()}@kunta.example"


def sign_up(visitor: Visitor, address: str, path: str = "/tili/signup/") -> None:
    answer = visitor.fill(
        path,
        {"email": address, "first_name": "Uusi", "last_name": "Henkilö", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert answer.status == 302, answer.main


def newcomer(service: Service) -> tuple[Visitor, str]:
    """Someone who has signed up, confirmed the address and signed in."""
    visitor, address = Visitor(service.url), new_email()
    sign_up(visitor, address)
    confirm = link_in(wait_for_mail(service.data, address), service.url)
    visitor.post(confirm) if visitor.get(confirm).status == 200 else None
    visitor.cookies.clear()
    answer = visitor.sign_in(address, PASSWORD)
    assert answer.status == 302, answer.main
    return visitor, address


def code(secret: str, at: float | None = None) -> str:
    """The code that an authenticator app shows (RFC 6238)."""
    counter = int((time.time() if at is None else at) // CODE_SECONDS)
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1)
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"

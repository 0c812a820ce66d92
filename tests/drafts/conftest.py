"""A form to keep drafts of, and tabs that write in it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from common.errors import Refused
from drafts import forms
from drafts.forms import FormKind

PLAIN, OPEN, SECRET = "test.plain", "test.open", "test.secret"


class TestOver(Refused):
    __test__ = False
    message = "Koe on päättynyt."


def may_write(user: Any, object_key: str) -> bool:
    if object_key == "over":
        raise TestOver
    return object_key != "closed"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """A form for members, one for everybody, and a sensitive one."""
    labels: Callable[[str], dict[str, str]] = lambda _object: {"text": "Havainto"}  # noqa: E731
    limits: dict[str, Any] = {"max_length": 1_000, "max_bytes": 3_000, "max_fields": 5, "labels": labels}
    for code, more in ((PLAIN, {"may_write": may_write}), (OPEN, {"allows_anonymous": True}), (SECRET, {})):
        forms.register(FormKind(code, **limits, **more, is_sensitive=code == SECRET, kept_days=30))
    yield
    for code in (PLAIN, OPEN, SECRET):
        forms.unregister(code)


class Tab:
    """A tab of a browser: sends what is typed with the version that it knows, as drafts.js does."""

    def __init__(self, client: Client, name: str, form: str = PLAIN, place: str = "1") -> None:
        self.client, self.name, self.path = client, name, f"/luonnokset/{form}/{place}/"
        self.base = self.turn = 0

    def put(self, told: Any, **headers: str) -> Any:
        body = told if isinstance(told, bytes | str) else json.dumps(told)
        return self.client.put(self.path, body, content_type="application/json", headers=headers)

    def write(self, text: str, **headers: str) -> Any:
        """Save the text; what is answered with 200 is the version to go on from."""
        self.turn += 1
        told = {"base": self.base, "fields": {"text": [text]}, "device": self.name, "turn": self.turn}
        answer = self.put(told, **headers)
        if answer.status_code == 200:
            self.base = answer.json()["version"]
        return answer

    def read(self) -> Any:
        return self.client.get(self.path).json()

    def open(self) -> Any:
        """What the page is made of when it is opened."""
        found = self.read()
        self.base = found["version"]
        return found


@pytest.fixture
def learner(db: None) -> User:
    return User.objects.create_user("oppija@kunta.example", "pitka-salasana-1")


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_user("toinen@kunta.example", "pitka-salasana-1")


@pytest.fixture
def browser(learner: User) -> Client:
    """The learner's browser."""
    client = Client()
    client.force_login(learner)
    return client


@pytest.fixture
def tab(browser: Client) -> Tab:
    return Tab(browser, "ensimmainen")


@pytest.fixture
def other_tab(browser: Client) -> Tab:
    return Tab(browser, "toinen")

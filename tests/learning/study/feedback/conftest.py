"""A work with feedback on it, and browsers of the people around it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from learning.study.marking.commenting import comment
from learning.study.models import InlineComment
from tests.learning.study.marking.conftest import Desk, make_desk

TEXT = "## Havainto\n\nRakenne näkyy **arjessa** joka päivä.\n\n- yksi asia\n- [toinen](https://example.org/) asia\n"


def page_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().replace("\N{SOFT HYPHEN}", "").replace("\N{NO-BREAK SPACE}", " ").split())


def address_of(desk: Desk, file: str = "") -> str:
    return f"/opinnot/{desk.run.code}/tehtava/{desk.task.assignment.code}/palaute/{file}"


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk(TEXT)


@pytest.fixture
def note(desk: Desk) -> Callable[..., InlineComment]:
    """Comment words of the newest version as its teacher."""

    def commented(quote: str, text: str = "Kerro lisää.", **fields: Any) -> InlineComment:
        version = desk.work.versions.order_by("-number")[0]
        return comment(version=version, by=desk.teacher, quote=quote, text=text, **fields)

    return commented

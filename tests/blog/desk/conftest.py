"""An editor at the desk, and a text that somebody has sent."""

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Submission
from tests.factories.submissions import sent


@pytest.fixture
def submission(writer: User) -> Submission:
    return sent(writer)


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client

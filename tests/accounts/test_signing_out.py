"""Who has signed out is a stranger again: no session is left, and pages come from the page cache."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User

pytestmark = pytest.mark.django_db
PAGE = "/verkosto/"
PERSONAL = {"sessionid", "messages"}


class Browser(Client):
    """A client that drops a cookie when it is told to, as browsers do."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        for name in [name for name, cookie in self.cookies.items() if cookie["max-age"] == 0]:
            del self.cookies[name]
        return response


@pytest.fixture
def browser(settings: Settings, tmp_path: Path) -> Browser:
    settings.PAGE_CACHE_SECONDS = 300
    settings.RUN_DIR = tmp_path
    browser = Browser()
    browser.force_login(User.objects.create_user("oppija@example.org", "pitka-salasana-1"))
    assert PERSONAL & set(browser.cookies)
    return browser


def test_one_page_later_nothing_personal_is_left(
    browser: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser.post("/tili/logout/")
    goodbye = browser.get(PAGE)
    assert 'class="notice' in goodbye.content.decode()
    assert "ETag" not in goodbye
    assert not PERSONAL & set(browser.cookies)
    assert not Session.objects.exists()
    rendered = browser.get(PAGE)
    with django_assert_num_queries(0):
        kept = browser.get(PAGE)
    assert kept.content == rendered.content
    assert kept["ETag"] == rendered["ETag"]
    assert 'class="notice' not in kept.content.decode()


def test_the_goodbye_waits_for_a_page_that_shows_it(browser: Browser) -> None:
    browser.post("/tili/logout/")
    browser.get("/robots.txt")
    assert 'class="notice' in browser.get(PAGE).content.decode()


def test_an_empty_session_of_old_ends_too(browser: Browser) -> None:
    session = browser.session
    session.clear()
    session.save()
    browser.get(PAGE)
    assert not PERSONAL & set(browser.cookies)
    assert not Session.objects.exists()


def test_who_stays_signed_in_keeps_the_session(browser: Browser) -> None:
    browser.get(PAGE)
    assert "sessionid" in browser.cookies
    assert browser.get("/oma/").status_code == 200

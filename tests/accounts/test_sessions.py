"""What is known of sessions is forgotten once they have ended."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.sessions import forget_ended_sessions
from common import jobs

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.get("/oma/")
    UserSession.objects.get_or_create(
        session_key=client.session.session_key, defaults={"user": user, "ip": "192.0.2.1", "user_agent": "Firefox/140"}
    )
    return client


def test_an_expired_session_goes_with_what_was_noted_of_it_and_others_stay() -> None:
    user = User.objects.create_user("oppija@example.org", "pitka-salasana-1")
    kept, expired = signed_in(user), signed_in(user)
    yesterday = timezone.now() - datetime.timedelta(days=1)
    Session.objects.filter(pk=expired.session.session_key).update(expire_date=yesterday)

    forget_ended_sessions()

    assert set(Session.objects.values_list("pk", flat=True)) == {kept.session.session_key}
    assert [session.session_key for session in UserSession.objects.all()] == [kept.session.session_key]
    assert kept.get("/oma/").status_code == 200


def test_the_worker_does_it_daily() -> None:
    assert {job.name: job.every_seconds for job in jobs.registered()}["forget ended sessions"] == 24 * 60 * 60

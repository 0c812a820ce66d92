"""Forgetting sessions: an ended one tells nobody anything but where and with what somebody signed in."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command


def forget_ended_sessions() -> bool:
    """Delete expired sessions, and the browsers and addresses noted for sessions that are gone."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return False

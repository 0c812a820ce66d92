"""Letters of what people are told: one template, the person's language, plain text and HTML."""

from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.kinds import Notice, Person, kind_of
from notifications.models import Notification

SALT = "notifications.reminders"


def write_letter(person: Person, told: Sequence[Notification]) -> None:
    """Write one letter of all that is told, a row of the transaction. Its language is the person's."""
    with translation.override(person.language):
        pairs = [(kind, kind.compose(row.facts)) for row in told if (kind := kind_of(row.kind)) is not None]
        if not pairs:
            return
        notices = [notice for _kind, notice in pairs]
        is_optional = any(kind.is_optional for kind, _notice in pairs)
        stop = settings.SITE_URL + reverse("notifications:stop", args=[token_of(person)]) if is_optional else ""
        whys = list(dict.fromkeys(str(kind.why) for kind, _notice in pairs))
        _send(person.email, person.language, notices, whys, stop)


def write_to_address(address: str, language: str, notice: Notice, why: str) -> None:
    """Write a letter to somebody who has no account; the notice is in that language."""
    with translation.override(language):
        _send(address, language, [notice], [why], "")


def _send(address: str, language: str, notices: Sequence[Notice], whys: Sequence[str], stop: str) -> None:
    subject = _subject(notices)
    context = {
        "notices": notices,
        "whys": whys,
        "stop": stop,
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "language": language,
        "subject": subject,
    }
    message = EmailMultiAlternatives(
        subject,
        render_to_string("emails/notices.txt", context),
        to=[address],
        reply_to=_answers_to(notices),
        headers=_headers(stop),
    )
    message.attach_alternative(render_to_string("emails/notices.html", context), "text/html")
    message.send()


def _subject(notices: Sequence[Notice]) -> str:
    if len(notices) == 1:
        return notices[0].subject
    return _("%(first)s, and %(more)d more") % {"first": notices[0].subject, "more": len(notices) - 1}


def _answers_to(notices: Sequence[Notice]) -> list[str]:
    """The address that all of the letter would be answered to, if there is one."""
    addresses = {notice.answers_to for notice in notices}
    return [address for address in addresses if address] if len(addresses) == 1 else []


def _headers(stop: str) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-generated"}
    if stop:
        # Mail programs offer this as their own button.
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def token_of(person: Person) -> str:
    """What lets the reader of a letter stop reminders without signing in, and nothing else."""
    return signing.dumps(str(person.public_id), salt=SALT)


def person_of(token: str) -> str | None:
    """The public id in the token; None where it is not ours."""
    try:
        return str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None

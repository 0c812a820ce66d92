"""What owners are told of their certificates."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import dates
from learning.credentials.content import said
from learning.credentials.models import Certificate
from learning.credentials.snapshots import names_of
from learning.credentials.waiting import last_day_of
from learning.study.models import Enrolment
from notifications.kinds import Facts, Kind, Notice, register
from notifications.models import Notification
from notifications.services import notify

ISSUED, REISSUED, REVOKED = "credentials.issued", "credentials.reissued", "credentials.revoked"
REGRADED, WAITS = "credentials.regraded", "credentials.waits"


def tell(certificate: Certificate, kind: str, **facts: Any) -> None:
    """Tell the owner in the transaction of what happened."""
    about = {"course": certificate.content["title"], "code": certificate.code, "grade": certificate.says.grade}
    notify(person=certificate.enrolment.learner, kind=kind, context=about | facts)


def tell_of_waiting(enrolment: Enrolment) -> None:
    """Tell the learner, once, that the certificate comes with the final grade."""
    run = enrolment.run
    day = last_day_of(enrolment).isoformat()
    facts = {"course": names_of(run.course), "run": run.code, "day": day}
    notify(person=enrolment.learner, kind=WAITS, context=facts, key=str(enrolment.pk))


def forget_waiting(enrolment: Enrolment) -> None:
    """The certificate has come: a letter that is not written yet does not say that it waits."""
    told = Notification.objects.filter(person=enrolment.learner_id, kind=WAITS, key=str(enrolment.pk))
    told.filter(mailed_at=None).delete()


def _notice(facts: Facts, subject: str, *paragraphs: str) -> Notice:
    address = reverse("credentials:own", args=[facts["code"]])
    return Notice(subject % {"course": said(facts["course"])}, list(paragraphs), _("Open the certificate"), address)


def _issued(facts: Facts) -> Notice:
    return _notice(
        facts,
        _("Your certificate is ready: %(course)s"),
        _("You have done all that the course requires. The certificate is a file that you can keep and share."),
        _("Anyone to whom you give its code can check that it is valid. You choose what else they see."),
    )


def _waits(facts: Facts) -> Notice:
    day = dates.day(datetime.date.fromisoformat(facts["day"]))
    course = said(facts["course"])
    return Notice(
        _("Your certificate comes with the final grade: %(course)s") % {"course": course},
        [
            _("You have done all that the course requires. The certificate is made once the grade is given."),
            _("If no grade has been given by %(day)s, the certificate is made without it.") % {"day": day},
            _("If you need the certificate before that, you can have it now without the grade."),
        ],
        _("Read about the certificate"),
        reverse("credentials:waiting", args=[facts["run"]]),
    )


def _reissued(facts: Facts) -> Notice:
    return _notice(
        facts,
        _("You have a new certificate: %(course)s"),
        _("It has a new code, %(code)s. Use it from now on: the earlier certificate is no longer used.") % facts,
    )


def _regraded(facts: Facts) -> Notice:
    why = _("The final grade of the course was given or changed, and your certificate tells what it is now.")
    seen = _(
        "Others see neither the grade nor the file that tells it until you let them on the page of the certificate."
    )
    # Rows from before this was told have no such fact.
    if facts.get("grade", "") is None:
        why = _(
            "The final grade of the course was changed or taken back, and your certificate tells no grade any more."
        )
        seen = _("Others do not see the file until you let them on the page of the certificate.")
    new_code = _("It has a new code, %(code)s. Use it from now on: the earlier certificate is no longer used.") % facts
    return _notice(facts, _("You have a new certificate: %(course)s"), why, new_code, seen)


def _revoked(facts: Facts) -> Notice:
    return _notice(
        facts,
        _("Your certificate has been revoked: %(course)s"),
        _("The certificate with the code %(code)s is not valid any more. Reason: %(reason)s") % facts,
        _("If you think that this is wrong, write to the teacher of the run."),
    )


def register_kinds() -> None:
    why = gettext_lazy("You get this because you have completed a course in the service.")
    kinds = {WAITS: _waits, ISSUED: _issued, REISSUED: _reissued, REGRADED: _regraded, REVOKED: _revoked}
    for code, compose in kinds.items():
        register(Kind(code, compose, why))

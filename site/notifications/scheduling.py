"""Whoever gave a page a moment to be published is told when it was refused at that moment."""

import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import registry
from wagtail.models import Revision

from common import dates, languages
from common.errors import Refused
from common.scheduled import not_published
from notifications.kinds import Facts, Kind, Notice, Person, register
from notifications.services import notify

NOT_PUBLISHED = "schedule.not_published"


def tell_who_scheduled(
    sender: Any, revision: Revision, at: datetime.datetime, refusal: Refused, **_kwargs: Any
) -> None:
    """Tell the person at once, in the transaction that takes the moment from the revision."""
    person = _scheduled_by(revision)
    if person is None:
        return
    facts = {
        "title": revision.object_str,
        "at": at.isoformat(),
        "why": _in_every_language(refusal),
        "path": refusal.path or AdminURLFinder(person).get_edit_url(revision.content_object) or "",
    }
    notify(person=person, kind=NOT_PUBLISHED, context=facts, must_act=True, key=f"{revision.pk}:{at:%Y%m%d%H%M}")


def _scheduled_by(revision: Revision) -> Person | None:
    """Who gave the moment, as the log of the page has it; else who wrote the draft."""
    logged = registry.get_logs_for_instance(revision.content_object)
    rows = logged.filter(action="wagtail.publish.schedule", revision=revision, user__isnull=False)
    newest = rows.order_by("-timestamp").first()
    return newest.user if newest is not None else revision.user


def _in_every_language(refusal: Refused) -> dict[str, str]:
    told = {}
    for code in languages.codes():
        with translation.override(code):
            told[code] = str(refusal.message)
    return told


def _not_published(facts: Facts) -> Notice:
    at = datetime.datetime.fromisoformat(facts["at"])
    moment = {"title": facts["title"], "day": dates.day(at), "clock": dates.clock(at)}
    return Notice(
        _("Not published as scheduled: %(title)s") % facts,
        [
            _("“%(title)s” was to be published on %(day)s at %(clock)s, but it was not.") % moment,
            facts["why"][languages.current()],
            _("What readers see has not changed. The draft is kept, and it has no time of publishing any more."),
        ],
        _("Open the text") if facts["path"] else "",
        facts["path"],
    )


def connect() -> None:
    why = gettext_lazy("You get this because you scheduled the publishing of a page.")
    register(Kind(NOT_PUBLISHED, _not_published, why))
    not_published.connect(tell_who_scheduled, dispatch_uid="notifications.scheduling")

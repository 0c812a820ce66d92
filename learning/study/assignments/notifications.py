"""The receipt of a work: what was handed in and when, with a copy of it."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import dates
from common.numbers import written
from common.templatetags.ov import filesize
from learning.study.assignments.versions import latest_of, plain_of
from learning.study.models import SubmissionVersion
from learning.study.notifications import about_run, course_named
from notifications.kinds import Facts, Kind, Notice, register
from notifications.services import notify

if TYPE_CHECKING:
    from learning.study.models import Submission

RECEIPT = "study.receipt"


def tell_receipt(submission: "Submission") -> None:
    """In the transaction that hands in; the letter goes at once."""
    version, run_assignment = latest_of(submission), submission.run_assignment
    facts = about_run(run_assignment.run) | {
        "title": run_assignment.assignment.title,
        "assignment": run_assignment.assignment.code,
        "version": version.pk,
    }
    key = f"{submission.public_id}:{version.number}"
    notify(person=submission.enrolment.learner, kind=RECEIPT, context=facts, must_act=True, key=key)


def _receipt(facts: Facts) -> Notice:
    version = SubmissionVersion.objects.prefetch_related("files").filter(pk=facts["version"]).first()
    title = {"title": facts["title"]}
    return Notice(
        _("Received: %(title)s") % title,
        _paragraphs(facts, version) if version else [],
        _("To the assignment"),
        reverse("study:assignment", args=[facts["run"], facts["assignment"]]),
    )


def _paragraphs(facts: Facts, version: SubmissionVersion) -> list[str]:
    at = version.handed_in_at
    told = {
        "title": facts["title"], "course": course_named(facts), "day": dates.day(at), "clock": dates.clock(at),
        "number": version.number,
    }  # fmt: skip
    said = [_("We have received your work for “%(title)s” on the course %(course)s: %(day)s %(clock)s.") % told]
    said.append(_("This is version %(number)d. Keep this letter: it is your receipt, with a copy of the work.") % told)
    if version.is_late:
        said.append(_("The work came after the due date and is marked as late."))
    said += [_file(each.name, each.size, each.sha256) for each in version.files.all()]
    if version.message:
        said.append(_("Your message to the teacher: %(message)s") % {"message": version.message})
    return said + _copy(version)


def _file(name: str, size: int, sha256: str) -> str:
    told = {"name": name, "size": filesize(size), "sha256": sha256}
    return _("File: %(name)s, %(size)s, SHA-256 %(sha256)s") % told


def _copy(version: SubmissionVersion) -> list[str]:
    text = plain_of(version)
    if not text:
        return []
    counted = ngettext("Your text, %(number)s word:", "Your text, %(number)s words:", version.words)
    return [counted % {"number": written(version.words)}, *[part for part in text.split("\n\n") if part.strip()]]


def register_kinds() -> None:
    register(Kind(RECEIPT, _receipt, gettext_lazy("You get this because you handed in a work.")))

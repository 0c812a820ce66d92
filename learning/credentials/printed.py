"""What stands on a printed certificate: the snapshot and the words around it, as data for the typesetter."""

import re
from pathlib import Path
from typing import Any

import qrcode
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common import dates, languages, numbers, pattern
from common.typesetting import shown
from learning.credentials.content import Content, Passed, Said
from learning.credentials.models import Certificate

MARK = Path(__file__).resolve().parents[2] / "site" / "common" / "static" / "icons" / "icon.svg"
# Of the house's tokens; a printed page has no dark side.
COLOURS = "<style>.pt-a{fill:#2a6743}.pt-b{fill:#8fb49c}.pt-k{fill:#e5a500}.pt-l{fill:#14201d}</style>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"'

# So many works are named; more would take the certificate to another page, and its page names them all.
MOST_WORKS = 3

Data = dict[str, Any]


def printed(certificate: Certificate) -> Data:
    """Every text is one that the fonts can show; the typesetter reads none of them as anything but text."""
    says, url = certificate.says, settings.SITE_URL + certificate.get_absolute_url()
    return shown(
        {
            "lang": languages.current(),
            "title": _("Certificate: %(course)s, %(name)s") % {"course": says.title, "name": says.learner},
            "issuer": ", ".join(str(body) for body in says.awarding),
            "service": settings.SITE_NAME,
            "kind": pgettext("document", "Certificate"),
            "name": says.learner,
            "has_completed": _("has completed the course"),
            "course": _part(says.course),
            "facts": _facts(certificate),
            "outcomes_title": _("Learning outcomes"),
            "outcomes_lang": says.outcomes_language or languages.current(),
            "outcomes": says.outcomes,
            "check_title": _("Check that the certificate is valid"),
            "check_text": _("Read the code with a camera, or open the address. It tells whether this still holds."),
            "code_label": pgettext("identifier", "Code"),
            "code": certificate.code,
            "code_line": _("Certificate %(code)s") % {"code": certificate.code},
        }
    ) | {
        # As they are: a place to break would be copied with the address.
        "url": url,
        "summary": _("Certificate of %(course)s, checked at %(url)s") % {"course": says.title, "url": url},
        "qr_alt": _("QR code of the address %(url)s") % {"url": url},
        "address": re.sub(r"^https?://", "", url),
        "qr": qr_code(url),
        "pattern": _pattern(certificate),
        "mark": MARK.read_text(encoding="utf-8"),
    }


def size(says: Content) -> str:
    """The workload in words: credits where they may be told, and always hours."""
    hours = _("%(hours)s hours of work") % {"hours": numbers.written(says.hours)}
    if says.credits is None:
        return hours
    return _("%(credits)s ECTS credits, %(hours)s") % {"credits": numbers.written(says.credits), "hours": hours}


def _facts(certificate: Certificate) -> list[Data]:
    says = certificate.says
    rows: list[tuple[str, list[Data]]] = [
        (_("Awarded by"), [_part(body) for body in says.awarding]),
        (_("Country of the awarding body"), [_part(says.country)]),
        (_("Completed"), [_plain(dates.day(says.completed_on))]),
        (_("Certificate issued"), [_plain(dates.day(certificate.issued_at))]),
        (_("Level"), [_plain(says.level)]),
        (_("Workload"), [_plain(size(says))]),
        (_("Assessment"), _assessment(says)),
        (_("Form of participation"), [_part(says.participation), _part(says.pace)]),
        (_("Quality assurance"), [_part(says.quality)]),
    ]
    return [{"label": label, "parts": parts} for label, parts in rows]


def _part(text: Said, before: str = "", after: str = "") -> Data:
    return {"text": text.text, "lang": text.foreign, "before": before, "after": after}


def _plain(text: str) -> Data:
    return _part(Said(text))


def _assessment(says: Content) -> list[Data]:
    grade = [_plain(says.grade_line)] if says.grade else []
    return [_part(says.assessment), *grade, *map(_task, says.quizzes), *_works(says)]


def _works(says: Content) -> list[Data]:
    works = says.assignments
    if len(works) <= MOST_WORKS:
        return [_task(work) for work in works]
    told = ngettext("%(number)d work accepted", "%(number)d works accepted", len(works))
    return [_plain(told % {"number": len(works)})]


def _task(task: Passed) -> Data:
    return _part(task.title, task.before, task.after)


def qr_code(url: str) -> str:
    """The address as an SVG: one path, a square for each dark module."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(url)
    code.make(fit=True)
    rows = code.get_matrix()
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return f'{SVG} viewBox="0 0 {len(rows)} {len(rows)}"><path fill="#14201d" d="{squares}"/></svg>'


def _pattern(certificate: Certificate) -> str:
    """The structure that is this certificate's alone, as each page of the site has its own."""
    drawn = pattern.draw("strategy", str(certificate.public_id), 4, 6)
    return drawn.replace("<svg", SVG, 1).replace(">", f">{COLOURS}", 1)

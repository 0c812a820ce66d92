"""The table of contents of a theme page: the headings of its text between the sections around it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from common.headings import Heading, of_stream
from learning.themes.models import ThemePage


def contents(page: ThemePage, belonging: Mapping[str, Any]) -> list[Heading]:
    """Every second-level heading of the page in order, with the ids that the template gives them."""
    before = [("tavoitteet", aims_title(page), page.aims)]
    after = [
        ("kokeile", page.task_title or _("Try at work"), page.task_title or page.task_text),
        ("keskustelu", _("Discuss with colleagues"), page.discussion),
        ("opiskele", _("Study further"), belonging["studies"]),
        ("aineistot", _("Resources"), belonging["resources"]),
        ("kirjoitukset", _("Blog posts"), belonging["posts"]),
    ]
    text = [heading for heading in of_stream(page.body) if heading.level == 2]
    return [*_shown(before), *text, *_shown(after)]


def aims_title(page: ThemePage) -> str:
    return _("Aims of the month") if page.month else _("Aims")


def _shown(sections: list[tuple[str, str, Any]]) -> list[Heading]:
    return [Heading(2, name, title) for name, title, content in sections if content]

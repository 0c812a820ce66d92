"""Loading the demonstration: everything is read and checked, then written in one transaction."""

import datetime
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from common.errors import Refused
from demo.content_set import read_content
from demo.loaders import (
    accounts,
    assignments,
    blog,
    channels,
    courses,
    coursework,
    events,
    organisations,
    pages,
    questions,
    resources,
    searching,
    studies,
    submissions,
    themes,
    vocabularies,
)
from demo.noting import once_for_each
from demo.writing import Writer, references_for

CONTENT = Path(__file__).parent / "content"


class NotADemo(Refused):
    message = "DEMO is off: the demonstration content and accounts are not for a real installation."


def load(
    root: Path = CONTENT,
    today: datetime.date | None = None,
    progress: Callable[[str], None] = lambda path: None,
) -> int:
    """Load what is new or changed under the folder; return how many files were written.

    Raises ContentError, naming every fault by file and field, before anything is kept; NotADemo where DEMO is off.
    """
    if not settings.DEMO:
        raise NotADemo
    content = read_content(root)
    content.refuse_if_faulty()
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic(), once_for_each():
        writer = Writer(content, today or timezone.localdate(), progress)
        accounts.load()
        vocabularies.load(writer)
        questions.load(writer)
        searching.load_synonyms(writer)
        events.load_series(writer)
        organisations.load_rows(writer)
        accounts.join_organisations()
        content.refuse_if_faulty()
        references = references_for(writer)
        organisations.load_pages(writer, references)
        courses.load(writer, references)
        studies.load_quizzes(writer)
        studies.load(writer)
        assignments.load(writer)
        coursework.load(writer)
        themes.load(writer, references)
        resources.load(writer, references)
        channels.load(writer)
        blog.load(writer)
        submissions.load(writer)
        events.load(writer, references)
        pages.load_sections(writer)
        pages.load(writer, references)
        searching.load_best_bets(writer)
        # A fault found while writing undoes everything.
        content.refuse_if_faulty()
    return writer.written

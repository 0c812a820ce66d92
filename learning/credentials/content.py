"""What a certificate says, read in the language of the reader."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from common import languages

Texts = dict[str, str]
"""A text in each language in which it is known."""
# Stands where a title will, and in no title.
MARK = "\x00"


@dataclass(frozen=True)
class Said:
    """A text and, where it is not in the reader's language, the language that it is in."""

    text: str
    foreign: str = ""

    def __str__(self) -> str:
        return self.text


def in_language_of_reader(texts: dict[str, Any]) -> tuple[Any, str]:
    """What is known in the reader's language, else in Finnish, else in any; and the language where it is another."""
    here = languages.current()
    for code in (here, settings.LANGUAGE_CODE, *texts):
        if texts.get(code):
            return texts[code], "" if code == here else code
    return None, ""


def said(texts: Texts) -> Said:
    text, foreign = in_language_of_reader(texts)
    return Said(text or "", foreign)


@dataclass(frozen=True)
class Passed:
    """A quiz or a work in a line: its title, maybe in another language, and the words on both sides of it."""

    before: str
    title: Said
    after: str

    @classmethod
    def of(cls, quiz: dict[str, Any]) -> "Passed":
        line = _("%(title)s: passed with at least %(percent)s %% of the points")
        return cls._around(line % {"title": MARK, "percent": quiz["pass_percent"]}, quiz)

    @classmethod
    def work(cls, work: dict[str, Any]) -> "Passed":
        return cls._around(_("%(title)s: accepted") % {"title": MARK}, work)

    @classmethod
    def _around(cls, line: str, task: dict[str, Any]) -> "Passed":
        before, _mark, after = line.partition(MARK)
        foreign = "" if task["language"] == languages.current() else task["language"]
        return cls(before, Said(task["title"], foreign), after)


class Content:
    """The snapshot with names: what learning.credentials.snapshots wrote."""

    def __init__(self, snapshot: dict[str, Any]) -> None:
        self.snapshot = snapshot

    @property
    def learner(self) -> str:
        """The name; "" in a certificate that was replaced when the name changed."""
        return str(self.snapshot.get("learner") or "")

    @property
    def title(self) -> str:
        return self.course.text

    @property
    def course(self) -> Said:
        return said(self.snapshot["title"])

    @property
    def country(self) -> Said:
        return said(self.snapshot["country"]["name"])

    @property
    def awarding(self) -> list[Said]:
        return [said(body["name"]) for body in self.snapshot["awarding"]]

    @property
    def completed_on(self) -> datetime.date:
        return datetime.date.fromisoformat(self.snapshot["completed_on"])

    @property
    def outcomes(self) -> list[str]:
        return in_language_of_reader(self.snapshot["outcomes"])[0] or []

    @property
    def outcomes_language(self) -> str:
        """Empty where the outcomes are in the reader's language."""
        return in_language_of_reader(self.snapshot["outcomes"])[1]

    @property
    def hours(self) -> Decimal:
        return Decimal(self.snapshot["hours"])

    @property
    def credits(self) -> Decimal | None:
        """ECTS credits; None where those who award the course may give none."""
        number = self.snapshot["credits"]
        return Decimal(number) if number else None

    @property
    def level(self) -> str:
        return str(self.snapshot["level"])

    @property
    def assessment(self) -> Said:
        return said(self.snapshot["assessment"]["name"])

    @property
    def quizzes(self) -> list[Passed]:
        """The quizzes that had to be passed."""
        return [Passed.of(quiz) for quiz in self.snapshot["assessment"]["quizzes"]]

    @property
    def assignments(self) -> list[Passed]:
        """The works that had to be accepted."""
        return [Passed.work(work) for work in self.snapshot["assessment"].get("assignments", [])]

    @property
    def grade(self) -> int | None:
        """The final grade, from 1 to 5; None where there was none, and in certificates from before they told it."""
        grade = self.snapshot.get("grade")
        return int(grade) if grade else None

    @property
    def grade_line(self) -> str:
        return _("Final grade %(grade)s on the scale 1–5") % {"grade": self.grade} if self.grade else ""

    @property
    def participation(self) -> Said:
        return said(self.snapshot["participation"]["name"])

    @property
    def pace(self) -> Said:
        return said(self.snapshot["pace"]["name"])

    @property
    def quality(self) -> Said:
        return said(self.snapshot["quality"]["name"])

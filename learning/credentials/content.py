"""What a certificate says, read in the language of the reader."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from common import languages

Texts = dict[str, str]
"""A text in each language in which it is known."""


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
    def quizzes(self) -> list[dict[str, Any]]:
        """What had to be passed: title, language and pass_percent of each quiz."""
        quizzes: list[dict[str, Any]] = self.snapshot["assessment"]["quizzes"]
        return quizzes

    @property
    def participation(self) -> Said:
        return said(self.snapshot["participation"]["name"])

    @property
    def pace(self) -> Said:
        return said(self.snapshot["pace"]["name"])

    @property
    def quality(self) -> Said:
        return said(self.snapshot["quality"]["name"])

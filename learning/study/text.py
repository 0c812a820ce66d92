"""The text of a lesson in parts, one a heading: drawn for nobody, so that all its learners share it."""

import re
import sys
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from common import kept, languages, shared
from common.headings import Heading, of_stream
from learning.courses.models import LessonPage
from learning.courses.sheet import QUESTION, Sheet
from learning.study.outline import Lesson

# Only the text blocks of a stream have headings of the second level, and nothing is around them.
PART = re.compile(r'(?=<h2 id=")')
PART_ID = re.compile(r'<h2 id="([^"]+)"')


@dataclass(frozen=True)
class Part:
    """A heading of the second level with what is below it; the first part has neither. `share` is its part of all."""

    place: str
    heading: str
    html: SafeString
    share: float


@dataclass(frozen=True)
class Text:
    lead: str
    is_example: bool
    headings: tuple[Heading, ...]
    parts: tuple[Part, ...]
    has_questions: bool

    def heading_of(self, place: str) -> str:
        """What the heading at the place says; "" where there is none any more."""
        return next((heading.text for heading in self.headings if heading.id == place), "")

    def share_left(self, place: str) -> float:
        """How much of the text comes after the place was reached."""
        places = [part.place for part in self.parts]
        section = next((each.id for each in reversed(self._until(place)) if each.id in places), None)
        return sum(part.share for part in self.parts[places.index(section) :]) if section else 1.0

    def _until(self, place: str) -> tuple[Heading, ...]:
        at = next((at for at, heading in enumerate(self.headings) if heading.id == place), -1)
        return self.headings[: at + 1]

    @property
    def size(self) -> int:
        return sum(sys.getsizeof(part.html) for part in self.parts)


def text_of(lesson: Lesson, request: HttpRequest) -> Text:
    """The lesson's text; with the outcome where the address answers one of its questions, which nobody shares."""
    if QUESTION in request.GET:
        return _drawn(lesson, request)
    key = ("study text", lesson.shown, languages.current())
    return kept.remembered(key, lambda: _drawn(lesson, request), lambda text: text.size)


def _drawn(lesson: Lesson, request: HttpRequest) -> Text:
    page = LessonPage.objects.select_related("locale").get(pk=lesson.shown)
    reader = shared.nobody(request)
    # A question's form leads to the page on which it stands, whichever run that is of.
    reader.path = ""
    sheet = Sheet.of(reader)
    html = render_to_string("learning/study/_text.html", {"page": page, "sheet": sheet}, reader)
    headings = tuple(of_stream(page.body))
    parts = [part for part in PART.split(html) if part.strip()]
    whole = sum(len(strip_tags(part)) for part in parts) or 1
    said = {heading.id: heading.text for heading in headings}
    return Text(
        page.lead,
        page.is_example,
        headings,
        tuple(_part(part, said, whole) for part in parts),
        any(block.block_type == "question" for block in page.body),
    )


def _part(html: str, said: dict[str, str], whole: int) -> Part:
    found = PART_ID.match(html)
    place = found[1] if found else ""
    heading = Truncator(said.get(place, "")).chars(200)
    return Part(place, heading, mark_safe(html), len(strip_tags(html)) / whole)

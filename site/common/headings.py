"""Headings of rich text: ids to link to, and the list of them for a table of contents."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import slugify

from common.hyphens import soften
from common.typography import TAG

HEADING = re.compile(r"<(h[23])(\s[^>]*)?>(.*?)</\1>", re.DOTALL)
# Names that the frame of the pages uses itself, and the sections around a text; a test compares with the templates.
TAKEN = (
    *("sisalto", "valikko", "toc", "muut", "foot-about", "foot-contents", "foot-language", "foot-service"),
    *("foot-take-part", "kiitos", "korjaukset", "lukijat"),
    *("tavoitteet", "kokeile", "keskustelu", "opiskele", "aineistot", "kirjoitukset"),
    *("moduuli", "moduulit", "moduulista", "oppitunnit", "kurssi", "kurssista", "tehtava", "lukemisto"),
    *("when", "programme", "series", "related", "relations", "courses", "events", "posts", "resources", "as-text"),
    *("statement-status", "statement-shortcomings", "statement-otherwise", "statement-feedback"),
    *("statement-supervision", "statement-assessment", "statement-facts"),
)


@dataclass(frozen=True)
class Heading:
    level: int
    id: str
    text: str


@dataclass
class Ids:
    """Hands out ids that are unique on one page. The same texts in the same order get the same ids."""

    used: set[str] = field(default_factory=lambda: set(TAKEN))

    def of(self, text: str) -> str:
        base = slugify(text)[:60].strip("-") or "kohta"
        name, number = base, 1
        while name in self.used:
            number += 1
            name = f"{base}-{number}"
        self.used.add(name)
        return name


def with_ids(html: str, ids: Ids) -> tuple[str, list[Heading]]:
    """Return the HTML with an id on every h2 and h3, and the headings in order."""
    found: list[Heading] = []

    def name(match: re.Match[str]) -> str:
        text = " ".join(unescape(strip_tags(match[3])).split())
        if not text:
            return match[0]
        heading = Heading(int(match[1][1]), ids.of(text), text)
        found.append(heading)
        return f'<{match[1]} id="{heading.id}">{match[3]}</{match[1]}>'

    return HEADING.sub(name, html), found


def softened(html: str, language: str) -> str:
    """Let the long words of the headings divide; they are the largest letters of a text."""
    return HEADING.sub(lambda match: "".join(_soften(part, language) for part in TAG.split(match[0])), html)


def _soften(part: str, language: str) -> str:
    return part if TAG.fullmatch(part) else soften(part, language)


def of_stream(stream: Iterable[Any]) -> list[Heading]:
    """List the headings that the text blocks of a stream will have on the page."""
    ids = Ids()
    sources = [str(block.value.source) for block in stream if block.block_type == "text"]
    return [heading for source in sources for heading in with_ids(source, ids)[1]]

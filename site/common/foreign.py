"""Words of another language within a plain text: what an editor writes as `[fi: Arki, arvot ja etiikka]`.

Readers see the words alone; a screen reader is told their language.
"""

import re

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.typography import typeset

MARKED = re.compile(r"\[([a-z]{2}): ([^\[\]]+)\]")


def marked(text: str, language: str) -> SafeString:
    """The text of a language as HTML, each part set in its own."""
    # Between the parts that are marked stand their language and their words.
    parts = MARKED.split(text)
    triples = zip(parts[::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True)
    return format_html_join("", "{}{}", ((typeset(plain, language), _part(*own)) for plain, *own in triples))


def _part(language: str, words: str) -> SafeString | str:
    if language not in dict(settings.LANGUAGES):
        # No mark of ours, or none at the end.
        return f"[{language}: {words}]" if language else ""
    return format_html('<span lang="{}">{}</span>', language, typeset(words, language))


def unmarked(text: str) -> str:
    """The text without the marks, for where there is no HTML."""
    return MARKED.sub(lambda match: match[2] if match[1] in dict(settings.LANGUAGES) else match[0], text)

"""Texts and numbers as the reader's language writes them; built into every template."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeData, SafeString, mark_safe

from common import languages, numbers
from common.typography import typeset as set_text
from common.typography import typeset_html

register = template.Library()


@register.filter(is_safe=True)
def typeset(text: Any, language: str = "") -> str | SafeString:
    """Quotes, dashes and unbreakable spaces; HTML that is safe stays so, other text is escaped as ever."""
    spoken = language or languages.current()
    if isinstance(text, SafeData):
        return mark_safe(typeset_html(str(text), spoken))
    return set_text(str(text or ""), spoken)


@register.filter
def number(value: Decimal | float | None, decimals: int | str | None = None) -> str:
    """A number with its decimals and thousands, as common.numbers.written has them: 2 846,5 (2,846.5 in English)."""
    return "" if value is None else numbers.written(value, None if decimals is None else int(decimals))

"""Parts of a page that are its reader's own."""

from collections.abc import Hashable

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from common import shared

register = template.Library()


@register.simple_tag(takes_context=True)
def own(context: Context, name: str) -> SafeString:
    """Draw the template, which sees the reader's request and `page`; all readers share what is around it."""
    return shared.own(name, context.get("page"), context.get("request"))


@register.simple_tag
def own_part(name: str, of: str = "") -> SafeString:
    """The place of a reader's own part in a page that `shared.of_parts` puts together."""
    return shared.mark(f"{name}:{of}" if of else name)


@register.simple_tag
def drawn(name: str, **values: Hashable) -> SafeString:
    """The template with these values and nothing else of the page, kept for everybody of whom they are true."""
    return shared.drawn(name, **values)

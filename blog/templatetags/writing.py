"""What the pages of texts on their way need: {% load writing %}."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# As Django's json_script: what a page would take for markup never stands in a script.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def editor_json(data: dict[str, Any]) -> SafeString:
    """The data of the browser's editor, for the inside of a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))

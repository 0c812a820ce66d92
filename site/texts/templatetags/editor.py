"""The browser's editor of texts: {% load editor %}, {% editor_json %} in each, {% editor_script %} in the head."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from texts.editor.labels import labels

register = template.Library()
MANIFEST = Path(__file__).resolve().parents[1] / "static" / "texts" / "editor.json"
# As Django's json_script: what a page would take for markup never stands in a script.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@cache
def bundle_name() -> str:
    return str(json.loads(MANIFEST.read_text(encoding="utf-8"))["file"])


@register.simple_tag
def editor_bundle() -> str:
    """The address of the script, whose name changes with what is in it."""
    return static(f"texts/{bundle_name()}")


@register.simple_tag
def editor_script() -> SafeString:
    """The script and what it says in the language of the page. It stands before drafts.js, to hear of drafts."""
    return format_html(
        '<script type="application/json" data-editor-labels data-personal-data="{}">{}</script>'
        '<script type="module" src="{}"></script>',
        static("js/personal-data.js"),
        editor_json(labels()),
        editor_bundle(),
    )


@register.simple_tag
def editor_json(data: dict[str, Any]) -> SafeString:
    """The data of an editor, for the inside of a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))

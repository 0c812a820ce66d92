"""What a template needs to have its form kept: {% load drafts %}, see site/drafts/README.md."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from drafts.opening import OpenedDraft

register = template.Library()


@register.simple_tag
def draft_attributes(draft: OpenedDraft, is_unsaved: bool = False) -> SafeString:
    """The attributes of the form element. `is_unsaved`: the form shows what was sent and refused, not the draft."""
    attributes = format_html(
        'data-draft="{}" data-draft-name="{}/{}" data-draft-person="{}" data-draft-version="{}"',
        draft.url(),
        draft.kind.code,
        draft.object_key,
        draft.person,
        draft.version,
    )
    if is_unsaved:
        attributes += mark_safe(" data-draft-unsaved")
    if draft.kind.is_sensitive:
        # Nor does the browser keep it to fill in the next time.
        attributes += mark_safe(' data-draft-sensitive autocomplete="off"')
    return attributes


@register.simple_tag
def draft_finished(draft: OpenedDraft) -> SafeString:
    """On the page after sending: has this device forget what it may still keep of the form."""
    return format_html(
        '<div data-draft-finished="{}/{}" data-draft-person="{}" hidden></div>',
        draft.kind.code,
        draft.object_key,
        draft.person,
    )

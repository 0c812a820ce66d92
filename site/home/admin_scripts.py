"""The inline scripts of Wagtail's admin carry the nonce of their answer: the policy runs no others."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import InlinePanel
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput, BaseChooser

from common.csp import current_nonce

Render = Callable[..., SafeString]
# What ends with a script of its own, by the method that draws it. Panels that choose several extend the inline panel.
DRAWN = [
    (BaseChooser, "render", 1),
    (AdminDateInput, "render", 1),
    (AdminTimeInput, "render", 1),
    (AdminDateTimeInput, "render", 1),
    # From a day to a day.
    (DateRangePickerWidget, "render", 2),
    (InlinePanel.BoundPanel, "render_html", 1),
]


def mark() -> None:
    """Have each of them mark its scripts; tests/admin/test_scripts.py finds what an upgrade adds."""
    for drawn, method, number in DRAWN:
        setattr(drawn, method, marked(getattr(drawn, method), number))


def marked(render: Render, number: int = 1) -> Render:
    """The same with the nonce in its last scripts; what the text of an editor might bring stays without."""

    @wraps(render)
    def with_nonce(self: Any, *args: Any, **kwargs: Any) -> SafeString:
        html = render(self, *args, **kwargs)
        nonce = current_nonce()
        return mark_safe(f'<script nonce="{nonce}">'.join(html.rsplit("<script>", number))) if nonce else html

    return with_nonce

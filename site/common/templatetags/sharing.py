"""What pages tell of themselves to other services; built into every template."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from common import schema
from common.models import BasePage
from common.sharing.share import SharePicture, picture_of

register = template.Library()


@register.simple_tag(name="share_picture")
def share_picture_tag(page: Any) -> SharePicture | None:
    return picture_of(page)


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString:
    """What the page is, as a data block; nothing for what is not a page that everyone may read."""
    page = context.get("page")
    picture = picture_of(page)
    if picture is None or not isinstance(page, BasePage):
        return SafeString("")
    shown: dict[Any, Any] = {**context.flatten(), "picture": picture}
    steps = [schema.breadcrumbs(page, shown)] if page.crumbs else []
    return schema.script([*steps, *page.structured_data(shown)])

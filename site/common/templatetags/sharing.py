"""What pages tell of themselves to other services; built into every template."""

from typing import Any

from django import template

from common.sharing.share import SharePicture, picture_of

register = template.Library()


@register.simple_tag(name="share_picture")
def share_picture_tag(page: Any) -> SharePicture | None:
    return picture_of(page)

"""The one place where HTML written by people is made safe.

bleach shapes the markup; nh3 then has the last word, because bleach is no longer maintained and keeps the
text of a removed script as words on the page.
"""

import bleach
import nh3

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "b", "em", "i", "a", "br", "sub", "sup", "blockquote"}
# Wagtail stores internal links as <a linktype="page" id="3">; only pages and documents may be linked so.
ATTRIBUTES = {"a": {"href", "linktype", "id"}}
LINK_TYPES = {"page", "document"}
SCHEMES = {"http", "https", "mailto", "tel"}
TEXT_DROPPED_WITH_TAG = {"script", "style", "iframe", "object", "template", "noscript", "svg", "math"}


def sanitise(html: str) -> str:
    """Return the markup that may be stored and shown: known tags, safe links, no script and no script text."""
    if not html:
        return ""
    without_code = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=TEXT_DROPPED_WITH_TAG,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    shaped = bleach.clean(
        without_code,
        tags=TAGS,
        attributes={tag: list(names) for tag, names in ATTRIBUTES.items()},
        protocols=SCHEMES,
        strip=True,
    )
    return nh3.clean(
        shaped,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_known_link,
        clean_content_tags=TEXT_DROPPED_WITH_TAG,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def well_formed(html: str, tags: set[str], attributes: dict[str, set[str]], dropped: set[str]) -> str:
    """Markup of the given tags, every one of them closed; of those in `dropped` the words go too.

    For reading what foreign markup says before it is sanitised. Not for showing: styles may be among the attributes.
    """
    return nh3.clean(
        html,
        tags=tags,
        attributes=attributes,
        clean_content_tags=TEXT_DROPPED_WITH_TAG | dropped,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _known_link(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "linktype" and value not in LINK_TYPES:
        return None
    if attribute == "id" and not value.isdigit():
        return None
    return value

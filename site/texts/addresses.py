"""Which addresses a link may have: the web, mail, telephone, and the pages and documents of this site."""

import re
from urllib.parse import urlsplit

from texts import limits

INTERNAL = re.compile(r"(page|document):([1-9][0-9]{0,8})", re.ASCII)
SCHEME = re.compile(r"(https?|mailto|tel):", re.ASCII | re.IGNORECASE)
# White space and control characters hide where a link leads; quotes, brackets and the backslash mean different things
# to different readers of addresses.
UNFIT = re.compile(
    r"[\s\x00-\x20\x7f-\xa0\"<>\\^`{|}\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff\ufff0-\uffff]"
)
TELEPHONE = re.compile(r"tel:\+?[0-9().-]+", re.ASCII)


def known_address(value: str) -> str | None:
    """The address as it is kept, its scheme in small letters; None when no link may lead there."""
    value = value.strip()
    if INTERNAL.fullmatch(value):
        return value
    scheme = SCHEME.match(value)
    if not scheme or len(value) > limits.ADDRESS or UNFIT.search(value):
        return None
    value = scheme[0].lower() + value[scheme.end() :]
    if value.startswith("mailto:"):
        return value if "@" in value else None
    if value.startswith("tel:"):
        return value if TELEPHONE.fullmatch(value) else None
    try:
        parts = urlsplit(value)
        has_host = bool(parts.hostname) and value.startswith(f"{parts.scheme}://") and (parts.port or 1) > 0
    except ValueError:
        return None
    return value if has_host else None

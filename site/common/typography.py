"""Typography that a keyboard does not have: curly quotes, dashes, and spaces that a line must not break at.

Texts are kept as their writers typed them and set when they are shown. Finnish and Swedish quote ”like this”,
English “like this”. What is right already stays as it is.
"""

import re
from collections.abc import Callable

NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
QUOTE, APOSTROPHE = "\N{RIGHT DOUBLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
OPENING = {'"': "\N{LEFT DOUBLE QUOTATION MARK}", "'": "\N{LEFT SINGLE QUOTATION MARK}"}
CLOSING = {'"': QUOTE, "'": APOSTROPHE}

# A quote opens where nothing, a space, a bracket or a dash stands before it.
BEFORE_OPENING = re.compile(rf"[\s(\[{{/{DASH}\N{{EM DASH}}“‘]\Z")
UNITS = (
    r"%|‰|°C?|€|§+|euro\w*|kr|snt|mrd|milj|op\b|sp\b|ECTS|min|h|t|vk|kk|v|km|m|cm|mm|ha|kg|g|kt|Mt|kB|MB|GB"
    r"|sivua?|sidor|pages?|merkkiä|tecken|minuuttia?|minuter|tuntia?|timmar"
)
MONTHS = (
    r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu"
    r"|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
)
YEAR = r"(?:1[89]|20)\d\d"
RULES: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"\.{3}"), "…"),
    # A hyphen between spaces stands for a dash; a line may end with it but not begin.
    (re.compile(rf"(?<=\S) +[-{DASH}] +(?=\S)"), f"{NBSP}{DASH} "),
    (re.compile(rf"\b({YEAR})-({YEAR})\b(?!-)"), rf"\1{DASH}\2"),
    (re.compile(r"(?<=\d) (?=\d{3}(?:\D|\Z))"), NBSP),
    (re.compile(rf"(?<=\d) (?=(?:{UNITS})(?:\W|\Z))"), NBSP),
    (re.compile(rf"(?<=\d) (?=(?:{MONTHS}))|(?<=\d\.) (?=(?:{MONTHS}))"), NBSP),
    (re.compile(r"(\b(?:klo|kl\.|s\.|nro|n:o|nr|no\.)|§) (?=\d)"), rf"\1{NBSP}"),
]
# With its attributes, whose values may hold ">".
TAG = re.compile(r"""(<!--.*?-->|<[/!a-zA-Z](?:"[^"]*"|'[^']*'|[^'">])*>)""", re.DOTALL)
LEFT_ALONE = re.compile(r"<(/?)(?:script|style|textarea|code|pre|kbd|samp|svg)\b", re.IGNORECASE)
BREAKS = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|d[ltd]|div|section|blockquote|t[dhr]|figcaption|summary|br)\b", re.IGNORECASE
)
ENTITIES = {"&quot;": '"', "&#x27;": "'", "&#39;": "'", "&nbsp;": NBSP}
ENTITY = re.compile("|".join(ENTITIES))


def typeset(text: str, language: str) -> str:
    """Set plain text."""
    return _set(text, language, "")


def typeset_html(html: str, language: str) -> str:
    """Set the text of HTML; tags, code, forms' texts and drawings stay as they are."""
    before, left_alone = "", 0
    parts = []
    for part in TAG.split(html):
        if TAG.fullmatch(part):
            if match := LEFT_ALONE.match(part):
                left_alone += -1 if match[1] else 1
            before = "" if BREAKS.match(part) else before
            parts.append(part)
        elif left_alone or not part:
            parts.append(part)
        else:
            parts.append(_set(ENTITY.sub(lambda match: ENTITIES[match[0]], part), language, before))
            before = part[-1]
    return "".join(parts)


def _set(text: str, language: str, before: str) -> str:
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return re.sub("[\"']", _quote(text, language, before), text)


def _quote(text: str, language: str, before: str) -> Callable[[re.Match[str]], str]:
    """How each straight quote of the text is written; `before` is what stands before the text."""

    def written(match: re.Match[str]) -> str:
        so_far = before + text[: match.start()]
        opens = not so_far or BEFORE_OPENING.search(so_far)
        return OPENING[match[0]] if language == "en" and opens else CLOSING[match[0]]

    return written

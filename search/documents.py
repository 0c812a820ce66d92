"""What the index holds of one thing that can be found."""

import datetime
from dataclasses import dataclass

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Document:
    """One thing in one language. Texts are plain text; `access` names the tokens of which a reader needs one.

    `found_by` are more words that find it, which no excerpt shows.
    """

    key: str
    kind: str
    language: str
    title: str
    url: str
    translation_key: str = ""
    lead: str = ""
    body: str = ""
    found_by: str = ""
    date: datetime.date | None = None
    organisation: str = ""
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    phenomena: tuple[str, ...] = ()
    task_areas: tuple[str, ...] = ()
    access: tuple[str, ...] = (PUBLIC,)
    fictional: bool = False


def key_of(kind: str, pk: object) -> str:
    """Name a document: `blog:12`."""
    return f"{kind}:{pk}"

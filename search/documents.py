"""What the index holds of one thing that can be found."""

import dataclasses
import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from search.tokens import clean

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Document:
    """One thing in one language. Texts are plain text; `access` names the tokens of which a reader needs one.

    `found_by` are more words that find it, which no excerpt shows; `keywords` name what it is about, and are shown
    beside an excerpt that holds nothing found; `attached` is the text inside its file.
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
    # The language of that name; "" where there is none.
    organisation_language: str = ""
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    phenomena: tuple[str, ...] = ()
    task_areas: tuple[str, ...] = ()
    access: tuple[str, ...] = (PUBLIC,)
    fictional: bool = False
    attached: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What excerpts are taken from; an index finds the document by these, by `keywords` and by `found_by`."""
        return self.lead, self.body, self.attached

    def is_open_to(self, access: Iterable[str]) -> bool:
        """Whether a reader with these tokens may open it."""
        return not set(access).isdisjoint(self.access)


_USUAL = {field.name: field.default for field in dataclasses.fields(Document)}


def key_of(kind: str, pk: object) -> str:
    """Name a document: `blog:12`."""
    return f"{kind}:{pk}"


def cleaned(document: Document) -> Document:
    """The document as an index keeps it: texts composed, without what no reader sees."""
    return dataclasses.replace(
        document,
        title=clean(document.title),
        lead=clean(document.lead),
        body=clean(document.body),
        found_by=clean(document.found_by),
        organisation=clean(document.organisation),
        attached=clean(document.attached),
        keywords=tuple(map(clean, document.keywords)),
    )


def written(document: Document) -> str:
    """The cleaned document as a text, the same for the same content; what is as of any document is left out."""
    everything = dataclasses.asdict(cleaned(document))
    values = {name: value for name, value in everything.items() if value != _USUAL[name]}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=lambda day: day.isoformat())


def read(text: str) -> Document:
    """Return the document that `written` gave."""
    values: dict[str, Any] = json.loads(text)
    values |= {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    if "date" in values:
        values["date"] = datetime.date.fromisoformat(values["date"])
    return Document(**values)


def digest(text: str) -> str:
    """Tells what `written` gave of one document from what it gave of another, or of the same before a change."""
    return blake2b(text.encode(), digest_size=16).hexdigest()

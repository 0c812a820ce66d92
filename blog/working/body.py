"""The body of a text of the blog as a form shows it: of the length that the blog wants."""

from dataclasses import dataclass

from blog.models import MAX_CHARACTERS, MIN_CHARACTERS
from drafts.texts import Fields
from texts import BadText, fields, read_body
from texts.fields import NOTATION, READ, SUGGEST, WRITE, Aim, read_or_empty

__all__ = ["NOTATION", "READ", "SUGGEST", "WRITE", "BodyField", "read_or_empty", "words_in"]


AIM = Aim(MIN_CHARACTERS, MAX_CHARACTERS)


@dataclass(frozen=True)
class BodyField(fields.BodyField):
    aim: Aim = AIM


def words_in(fields: Fields) -> list[str]:
    """What somebody typed into the form of a text, each part as a plain text box shows it."""

    def one(name: str) -> str:
        return (fields.get(name) or [""])[-1]

    try:
        body = read_body(one("body"), one("body_format") or NOTATION).flat.notation()
    except BadText:
        body = one("body")
    return [one("title"), one("lead"), body, one("words")]

"""What a tab sends: the fields of its form, and what it knows of the draft."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from common.numbers import whole
from drafts.errors import TooLarge, Unreadable
from drafts.forms import FormKind

Fields = dict[str, list[str]]

LONGEST_NAME = 200
LONGEST_DEVICE = 40
LARGEST_NUMBER = 1_000_000_000
# Fields that belong to the form, not to its text.
NOT_TEXT = {"csrfmiddlewaretoken", "draft-version"}


@dataclass(frozen=True)
class Text:
    """`base` is the version that the tab knows, 0 for none; None: whatever is there may be replaced.

    `device` and `turn` tell a tab's own saves from those of others, and the later from the earlier: they may overtake
    each other on the way.
    """

    fields: Fields
    base: int | None = None
    device: str = ""
    turn: int = 0


def of_post(data: QueryDict) -> Text:
    """The text of a form that was sent without a script; it may tell the version that its page was made of."""
    base = data.get("draft-version", "")
    fields = {str(name): [str(value) for value in values] for name, values in data.lists() if name not in NOT_TEXT}
    return Text(cleaned(fields), whole(base))


def without(data: QueryDict, names: Iterable[str]) -> QueryDict:
    """A copy of a sent form without these fields: its buttons, and what is asked anew each time."""
    text = data.copy()
    for name in names:
        text.pop(name, None)
    return text


def of_json(body: bytes) -> Text:
    """The text that a script sent; raises Unreadable, naming the part that cannot be read."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(told, dict) or not isinstance(told.get("fields"), dict):
        raise _unreadable("fields")
    device = told.get("device", "")
    if not isinstance(device, str) or len(device) > LONGEST_DEVICE:
        raise _unreadable("device")
    fields = cleaned({name: values for name, values in told["fields"].items() if name not in NOT_TEXT})
    return Text(fields, _number(told, "base"), _plain(device), _number(told, "turn"))


def cleaned(fields: Mapping[str, Any]) -> Fields:
    """The fields without what no database takes; raises Unreadable with the field that is no list of texts."""
    for name, values in fields.items():
        if len(name) > LONGEST_NAME:
            raise _unreadable(name[:50])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise _unreadable(name)
    return {_plain(name): [_plain(value) for value in values] for name, values in fields.items()}


def check_size(fields: Fields, kind: FormKind, object_key: str) -> None:
    """Raise TooLarge, naming the field where one is at fault."""
    if len(fields) > kind.max_fields:
        told = _("The form has %(number)d fields; at most %(most)d can be saved.")
        raise TooLarge(told % {"number": len(fields), "most": kind.max_fields})
    longest = max(fields, key=lambda name: sum(map(len, fields[name])), default="")
    length = sum(map(len, fields.get(longest, [])))
    size = len(json.dumps(fields, ensure_ascii=False).encode())
    if length <= kind.max_length and size <= kind.max_bytes:
        return
    names = {"field": label_of(kind, object_key, longest), "length": length, "most": kind.max_length}
    if length > kind.max_length:
        told = _("The text of the field “%(field)s” is too long: %(length)d characters, at most %(most)d can be saved.")
    else:
        told = _("There is too much text to be saved; most of it is in the field “%(field)s”. Shorten it.")
    error = TooLarge(told % names)
    error.field = longest
    raise error


def label_of(kind: FormKind, object_key: str, name: str) -> str:
    """What people call the field."""
    return str(kind.labels(object_key).get(name, name))


def _plain(text: str) -> str:
    # NUL and half a character: PostgreSQL takes neither.
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(told: dict[str, Any], name: str) -> int:
    number = told.get(name, 0)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= LARGEST_NUMBER:
        raise _unreadable(name)
    return number


def _unreadable(name: str) -> Unreadable:
    error = Unreadable(_("The draft could not be read: “%(field)s” is not what it should be.") % {"field": name})
    error.field = name
    return error

"""The kinds of questions. A kind is one file here and its line in the list; see base.QuestionKind for what it knows."""

from collections.abc import Mapping

from django.utils.functional import Promise

from learning.courses.kinds.base import QuestionKind
from learning.courses.kinds.case import Case
from learning.courses.kinds.fill import Fill
from learning.courses.kinds.match import Match
from learning.courses.kinds.multiple import Multiple
from learning.courses.kinds.number import Number
from learning.courses.kinds.order import Order
from learning.courses.kinds.single import Single
from learning.courses.kinds.text import Text
from learning.courses.kinds.truefalse import TrueFalse

# In the order that editors choose from.
KINDS: tuple[QuestionKind, ...] = (
    Single(),
    Multiple(),
    TrueFalse(),
    Match(),
    Order(),
    Fill(),
    Text(),
    Number(),
    Case(),
)
BY_CODE: Mapping[str, QuestionKind] = {kind.code: kind for kind in KINDS}


def kind_of(code: str) -> QuestionKind:
    """The kind of the code; KeyError where there is none."""
    return BY_CODE[code]


def choices() -> list[tuple[str, str | Promise]]:
    """(code, label) for the model's field: asked for each time, so a new kind needs no migration."""
    return [(kind.code, kind.label) for kind in KINDS]

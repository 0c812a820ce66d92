"""A number: right within the tolerance, written with a comma or a point."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from learning.courses.kinds.base import Answer, Content, Option, Outcome, Row, Unanswered, typed_in
from learning.courses.kinds.typed import MAX_TYPED, Typing, met, typed_outcome

NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,9})?")
MINUS = "\N{MINUS SIGN}"


class NotANumber(Refused):
    message = gettext_lazy("Write the answer as a number, for example 2.5.")


class Number(Typing):
    code = "number"
    label = gettext_lazy("Number")
    uses = frozenset({"correct", "tolerance"})

    def refuse(self, options: Sequence[Row], question: Row) -> None:
        super().refuse(options, question)
        if not all(_is_number(row["text"]) for row in options):
            raise ValidationError(_("Every option must be a number, for example 2.5."))

    def check(self, content: Content, answer: Answer) -> Outcome:
        typed = typed_in(answer, MAX_TYPED)
        if not typed:
            raise Unanswered(str(NotANumber.message))
        value = read_number(typed.removesuffix(content["unit"]))
        if value is None:
            raise NotANumber
        tolerance = Decimal(content["tolerance"])

        def matches(option: Option) -> bool:
            expected = read_number(option["text"])
            # Only right answers have a margin: a near miss of a known mistake is not that mistake.
            return expected is not None and abs(expected - value) <= (tolerance if option["correct"] else 0)

        return typed_outcome(content, met(content, matches))


def read_number(text: str) -> Decimal | None:
    """Read a number with a comma or a point and with spaces between thousands; None when it is not one."""
    bare = "".join(text.split()).replace(MINUS, "-").replace(",", ".")
    if not NUMBER.fullmatch(bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        # Digits of scripts that Decimal does not read.
        return None


def _is_number(text: str) -> bool:
    try:
        return Decimal(text.strip().replace(",", ".")).is_finite()
    except InvalidOperation:
        return False

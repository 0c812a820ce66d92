"""One right answer among options."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.courses.kinds.base import Answer, Content, Outcome, Row, Unreadable
from learning.courses.kinds.choosing import Choosing, choice_outcome, chosen_in


class Single(Choosing):
    code = "single"
    label = gettext_lazy("One right answer")

    def refuse(self, options: Sequence[Row], question: Row) -> None:
        if sum(bool(row.get("correct")) for row in options) != 1:
            raise ValidationError(_("Mark exactly one option as right."))
        if len(options) < 2:
            raise ValidationError(_("Give at least two options."))

    def check(self, content: Content, answer: Answer) -> Outcome:
        chosen = chosen_in(answer, len(content["options"]))
        if len(chosen) > 1:
            raise Unreadable(_("Choose only one answer."))
        return choice_outcome(content, chosen)

"""Several right answers among options."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.courses.kinds.base import Answer, Content, Outcome, Row
from learning.courses.kinds.choosing import Choosing, choice_outcome, chosen_in


class Multiple(Choosing):
    code = "multiple"
    label = gettext_lazy("Several right answers")
    hint = gettext_lazy("Choose all that fit.")
    points_hint = gettext_lazy("A wrong choice takes away what a right one gives, but never more than all.")

    def refuse(self, options: Sequence[Row], question: Row) -> None:
        if not any(row.get("correct") for row in options):
            raise ValidationError(_("Mark at least one option as right."))
        if len(options) < 2:
            raise ValidationError(_("Give at least two options."))

    def check(self, content: Content, answer: Answer) -> Outcome:
        return choice_outcome(content, chosen_in(answer, len(content["options"])))

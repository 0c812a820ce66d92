"""True or false: two options, the true one shown first as it was written."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.courses.kinds.base import Answer, Content, Place, Row, Shuffle
from learning.courses.kinds.single import Single


class TrueFalse(Single):
    code = "truefalse"
    label = gettext_lazy("True or false")

    def refuse(self, options: Sequence[Row], question: Row) -> None:
        if sum(bool(row.get("correct")) for row in options) != 1:
            raise ValidationError(_("Mark exactly one option as right."))
        if len(options) != 2:
            raise ValidationError(_("A true or false question has two options."))

    def places(self, content: Content, answer: Answer, shuffle: Shuffle) -> list[Place]:
        return [Place(index) for index in range(len(content["options"]))]

"""A missing word: right when it is one of the accepted, whatever its case, spaces and marks around."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.courses.kinds.base import Answer, Content, Outcome, Unanswered, typed_in
from learning.courses.kinds.typed import MAX_TYPED, Typing, folded, met, typed_outcome


class Fill(Typing):
    code = "fill"
    label = gettext_lazy("Fill in the word")

    def check(self, content: Content, answer: Answer) -> Outcome:
        typed = folded(typed_in(answer, MAX_TYPED))
        if not typed:
            raise Unanswered(_("Write an answer first."))
        return typed_outcome(content, met(content, lambda option: folded(option["text"]) == typed))

"""The states of the gradebook in words, with the mark that stands for each in a narrow cell."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from learning.study.gradebook.cells import State

WORDS: Mapping[State, str | Promise] = {
    State.NONE: pgettext_lazy("task in the gradebook", "Not begun"),
    State.STARTED: pgettext_lazy("task in the gradebook", "Under way"),
    State.WAITING: pgettext_lazy("task in the gradebook", "Waits for marking"),
    State.AGAIN: pgettext_lazy("task in the gradebook", "To be completed"),
    State.ACCEPTED: pgettext_lazy("task in the gradebook", "Accepted"),
    State.FAILED: pgettext_lazy("task in the gradebook", "Not passed yet"),
    State.REJECTED: pgettext_lazy("task in the gradebook", "Rejected"),
    State.LATE: pgettext_lazy("task in the gradebook", "Missing, time is over"),
}

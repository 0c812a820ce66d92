"""Steps to put in order: each is given its place."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from learning.courses.kinds.base import Answer, Content, Outcome, Part, Place, Review, Shuffle
from learning.courses.kinds.placing import Placing


class Doubled(Refused):
    message = gettext_lazy("Two steps have the same place. Give each step its own place.")


class Order(Placing):
    code = "order"
    label = gettext_lazy("Put in order")
    uses = frozenset()

    def missing(self) -> str:
        return _("Choose a place for each step.")

    def check(self, content: Content, answer: Answer) -> Outcome:
        given = [place for place in self.given(content, answer) if place is not None]
        if len(set(given)) < len(given) == len(content["options"]):
            raise Doubled
        return super().check(content, answer)

    def part(self, content: Content, index: int, place: int | None) -> Part:
        options: Sequence[dict[str, str]] = content["options"]
        option = options[index]
        # Two steps with the same words may change places.
        is_right = place is not None and options[place]["text"] == option["text"]
        given = str(place + 1) if place is not None else ""
        return Part(index, option["text"], given, place is not None, is_right, option["feedback"])

    def solution(self, content: Content) -> tuple[str, ...]:
        return tuple(option["text"] for option in content["options"])

    def places(self, content: Content, answer: Answer, shuffle: Shuffle) -> list[Place]:
        return [Place(index, f"a{index}") for index in shuffle(range(len(content["options"])), "")]

    def choices(self, content: Content, shuffle: Shuffle) -> list[tuple[str, str]]:
        return [(str(index), str(index + 1)) for index in range(len(content["options"]))]

    def review(self, content: Content, answer: Answer) -> Review:
        parts = [part for part in self.mark(content, answer).parts if part.given]
        placed = sorted(parts, key=lambda part: int(part.given))
        return Review(tuple(f"{part.given}. {part.text}" for part in placed), self.solution(content), is_ordered=True)

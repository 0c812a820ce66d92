"""Pairs: each left side is given its right side."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.courses.kinds.base import Answer, Content, Option, Part, Place, Review, Row, Shuffle
from learning.courses.kinds.placing import Placing

DASH = "\N{EN DASH}"


class Match(Placing):
    code = "match"
    label = gettext_lazy("Match the pairs")
    uses = frozenset({"match"})

    def refuse(self, options: Sequence[Row], question: Row) -> None:
        super().refuse(options, question)
        if not all(row.get("match") for row in options):
            raise ValidationError(_("Give every option its pair."))

    def missing(self) -> str:
        return _("Choose a pair for each one.")

    def part(self, content: Content, index: int, place: int | None) -> Part:
        options = content["options"]
        option = options[index]
        given = options[place]["match"] if place is not None else ""
        # Equal right sides may be exchanged.
        is_right = place is not None and given == option["match"]
        return Part(index, option["text"], given, place is not None, is_right, option["feedback"])

    def solution(self, content: Content) -> tuple[str, ...]:
        return tuple(f"{option['text']} {DASH} {option['match']}" for option in content["options"])

    def places(self, content: Content, answer: Answer, shuffle: Shuffle) -> list[Place]:
        return [Place(index, f"a{index}") for index in range(len(content["options"]))]

    def choices(self, content: Content, shuffle: Shuffle) -> list[tuple[str, str]]:
        sides = shuffle(right_sides(content["options"]), "right sides")
        return [(str(index), content["options"][index]["match"]) for index in sides]

    def review(self, content: Content, answer: Answer) -> Review:
        parts = self.mark(content, answer).parts
        given = tuple(f"{part.text} {DASH} {part.given}" for part in parts if part.given)
        return Review(given, self.solution(content))


def right_sides(options: Sequence[Option]) -> list[int]:
    """The options whose pair stands for every option with the same pair: the choices when matching."""
    first: dict[str, int] = {}
    for index, option in enumerate(options):
        first.setdefault(option["match"], index)
    return list(first.values())

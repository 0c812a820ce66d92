"""A case that branches: a situation, choices, and the situation that each choice leads to.

The options of a step carry its name in `step` and the name of the next in `match` ("" ends the case). The first choice
is sent as `a0`, the second as `a1` …, each the place of its option in the version. The form shows the steps that have
been reached, so it works by successive submits; points are the good choices among those of the path.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.courses.kinds.base import (
    Answer,
    Content,
    Option,
    Outcome,
    Part,
    Place,
    QuestionKind,
    Review,
    Row,
    Shuffle,
    Unanswered,
    Unreadable,
    Verdict,
    feedback_of,
    index_in,
    verdict_of,
)

MOST_STEPS = 30


class Case(QuestionKind):
    code = "case"
    label = gettext_lazy("A case that branches")
    template = "learning/courses/kinds/_case.html"
    hint = gettext_lazy("Choose what to do, and see where it leads.")
    points_hint = gettext_lazy("Each good choice on your path gives its share of the points.")
    explains_options = True
    walks = True
    uses = frozenset({"correct", "step", "match", "steps"})

    def refuse(self, options: Sequence[Row], question: Row) -> None:
        steps = [row["name"] for row in question.get("steps", ())]
        if not steps:
            raise ValidationError(_("A case has at least one step."))
        if len(set(steps)) < len(steps):
            raise ValidationError(_("Two steps have the same name."))
        for row in options:
            if row.get("step") not in steps:
                raise ValidationError(_("Option “%(text)s” belongs to no step.") % {"text": row["text"]})
            if row.get("match") and row["match"] not in steps:
                raise ValidationError(_("Option “%(text)s” leads to a step that does not exist.") % row)
        content = {"steps": [{"name": name} for name in steps], "options": [_plain(row) for row in options]}
        _refuse_dead_ends(content)

    def extra_content(self, question: Any) -> dict[str, Any]:
        return {"steps": [{"name": step.name, "text": step.text} for step in question.steps.all()]}

    def names(self, content: Content) -> list[str]:
        return [f"a{depth}" for depth in range(len(content["steps"]))]

    def check(self, content: Content, answer: Answer) -> Outcome:
        chosen, step = walk(content, answer)
        if not chosen:
            raise Unanswered
        if step is not None:
            return Outcome(Verdict.NOT_CHECKED, _("Go on: choose what to do next."), _parts(chosen))
        return _outcome(content, chosen)

    def mark(self, content: Content, answer: Answer) -> Outcome:
        try:
            chosen, _step = walk(content, answer)
        except Unreadable as refusal:
            return Outcome(Verdict.NOT_CHECKED, str(refusal.message))
        if not chosen:
            return Outcome(Verdict.NOT_CHECKED, str(Unanswered.message))
        return _outcome(content, chosen)

    def complaint(self, content: Content, answer: Answer) -> str:
        return super().complaint(content, answer) or self._unfinished(content, answer)

    def _unfinished(self, content: Content, answer: Answer) -> str:
        _chosen, step = walk(content, answer)
        return _("The case is unfinished.") if step is not None else ""

    def places(self, content: Content, answer: Answer, shuffle: Shuffle) -> list[Place]:
        """The options of every step that has been reached."""
        found: list[Place] = []
        for depth, step in enumerate(reached(content, answer)):
            own = [at for at, option in enumerate(content["options"]) if option.get("step") == step["name"]]
            found += [Place(at, f"a{depth}", step["text"]) for at in shuffle(own, step["name"])]
        return found

    def review(self, content: Content, answer: Answer) -> Review:
        parts = self.mark(content, answer).parts
        return Review(tuple(part.text for part in parts), tuple(option["text"] for option in best_path(content)), True)


def _plain(row: Row) -> dict[str, Any]:
    return {
        "step": row.get("step"), "match": row.get("match") or "", "correct": bool(row.get("correct")),
        "text": row["text"],
    }  # fmt: skip


def _refuse_dead_ends(content: Content) -> None:
    for step in content["steps"]:
        if not any(option["step"] == step["name"] for option in content["options"]):
            raise ValidationError(_("Step “%(name)s” has no options.") % step)
    if _turns_back(content):
        raise ValidationError(_("The case leads back to a step that was already taken."))
    if not best_path(content):
        raise ValidationError(_("Mark as right the choices that lead well from the first step to an end."))


def walk(content: Content, answer: Answer) -> tuple[list[tuple[int, Option]], dict[str, Any] | None]:
    """The choices of the path as (place, option), and the step that waits for a choice; None at an end.

    A choice that its step does not have ends the reading: it was made on another path.
    """
    options, steps = content["options"], {step["name"]: step for step in content["steps"]}
    chosen: list[tuple[int, Option]] = []
    step = content["steps"][0] if content["steps"] else None
    while step is not None and len(chosen) < MOST_STEPS:
        values = [value for value in answer.get(f"a{len(chosen)}", ()) if value]
        if not values:
            return chosen, step
        at = index_in(values[-1], len(options))
        if options[at].get("step") != step["name"]:
            return chosen, step
        chosen.append((at, options[at]))
        step = steps.get(options[at]["match"])
    return chosen, step


def reached(content: Content, answer: Answer) -> Iterator[dict[str, Any]]:
    """The steps of the path, the one that waits for a choice included."""
    steps = {step["name"]: step for step in content["steps"]}
    try:
        chosen, waiting = walk(content, answer)
    except Unreadable:
        chosen, waiting = [], content["steps"][0]
    for _at, option in chosen:
        yield steps[option["step"]]
    if waiting is not None:
        yield waiting


def best_path(content: Content) -> list[Option]:
    """The shortest path of good choices from the first step to an end; empty where there is none."""
    if not content["steps"]:
        return []
    paths: list[tuple[str, list[Option]]] = [(content["steps"][0]["name"], [])]
    seen: set[str] = set()
    while paths:
        name, path = paths.pop(0)
        if not name:
            return path
        if name in seen:
            continue
        seen.add(name)
        good = [option for option in content["options"] if option.get("step") == name and option["correct"]]
        paths += [(option["match"], [*path, option]) for option in good]
    return []


def _turns_back(content: Content) -> bool:
    leads: Mapping[str, set[str]] = {
        step["name"]: {option["match"] for option in content["options"] if option["step"] == step["name"]} - {""}
        for step in content["steps"]
    }
    done: set[str] = set()
    while True:
        # A step whose every way is known to end ends too; in a circle no step ever does.
        ending = {name for name, ways in leads.items() if name not in done and ways <= done}
        if not ending:
            return len(done) < len(leads)
        done |= ending


def _parts(chosen: Sequence[tuple[int, Option]]) -> tuple[Part, ...]:
    return tuple(
        Part(at, option["text"], "", True, bool(option["correct"]), option["feedback"]) for at, option in chosen
    )


def _outcome(content: Content, chosen: Sequence[tuple[int, Option]]) -> Outcome:
    parts = _parts(chosen)
    good = sum(part.is_right for part in parts)
    # A short cut to a bad end does not make the good choices before it worth more.
    share = Fraction(good, max(len(parts), len(best_path(content))))
    verdict = verdict_of(good, all_right=share == 1)
    solution = () if verdict == Verdict.RIGHT else tuple(option["text"] for option in best_path(content))
    return Outcome(verdict, feedback_of(content, verdict), parts, solution, share)

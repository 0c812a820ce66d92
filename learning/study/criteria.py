"""The criteria of an assignment as a form asks for them and as a row keeps them.

Kept is what the criteria were then: [{"id", "title", "fulfils", "lacks", "value": int or None, "words"}].
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.personal_data.forms import AsksAboutPersonalData
from learning.courses.models import Assignment
from learning.courses.models.assignments import MOST_GRADE

LONGEST_WORDS = 1_000
# The two levels of an assignment that is not graded.
LEVELS = [("1", _("Fulfils it")), ("0", _("Still lacking"))]
GRADES = [(str(grade), str(grade)) for grade in range(MOST_GRADE + 1)]

Kept = list[dict[str, Any]]


def snapshot(assignment: Assignment) -> Kept:
    """The criteria as they are now, nothing chosen yet."""
    return [
        {"id": row.pk, "title": row.title, "fulfils": row.fulfils, "lacks": row.lacks, "value": None, "words": ""}
        for row in assignment.criteria.all()
    ]


@dataclass(frozen=True)
class Row:
    """A criterion in a form: what it says and its two fields."""

    criterion: dict[str, Any]
    level: forms.BoundField
    words: forms.BoundField


class CriteriaFields(AsksAboutPersonalData):
    """To be mixed into a form, before forms.Form: a group of radio buttons and a text for each criterion.

    `criteria` is a snapshot; values and words in it are what the form begins with.
    """

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[dict[str, Any]],
        is_graded: bool,
        asks_for_all: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.is_graded = criteria, is_graded
        for each in criteria:
            level, words = name_of(each), f"{name_of(each)}-words"
            self.fields[level] = self._level(each, asks_for_all)
            self.fields[words] = self._words(each)
        added = tuple(f"{name_of(each)}-words" for each in criteria)
        # Of this form alone: which criteria there are differs from one assignment to the next.
        self.__dict__["free_texts"] = (*self.free_texts, *added)

    def _level(self, criterion: dict[str, Any], is_required: bool) -> forms.ChoiceField:
        value = criterion.get("value")
        return forms.ChoiceField(
            label=criterion["title"],
            choices=GRADES if self.is_graded else LEVELS,
            widget=forms.RadioSelect,
            required=is_required,
            initial=None if value is None else str(value),
            error_messages={"required": _("Choose a level.")},
        )

    def _words(self, criterion: dict[str, Any]) -> forms.CharField:
        return forms.CharField(
            label=_("%(criterion)s: why") % {"criterion": criterion["title"]},
            max_length=LONGEST_WORDS,
            required=False,
            initial=criterion.get("words", ""),
            widget=forms.Textarea(attrs={"rows": 2, "class": "input--short", "data-personal-data": ""}),
        )

    @property
    def rubric(self) -> list[Row]:
        """The criteria with their fields, for `_criteria_fields.html`."""
        return [Row(each, self[name_of(each)], self[f"{name_of(each)}-words"]) for each in self.criteria]

    def chosen(self) -> Kept:
        """The criteria with what a valid form says of them."""
        data = self.cleaned_data
        return [
            {**each, "value": _number(data.get(name_of(each))), "words": data.get(f"{name_of(each)}-words") or ""}
            for each in self.criteria
        ]


def name_of(criterion: dict[str, Any]) -> str:
    return f"criterion-{criterion['id']}"


def proposed_grade(criteria: Sequence[dict[str, Any]]) -> int | None:
    """The mean of the levels, half up; None until each has one."""
    values = [each.get("value") for each in criteria]
    levels = [value for value in values if value is not None]
    if not levels or len(levels) < len(values):
        return None
    return (2 * sum(levels) + len(levels)) // (2 * len(levels))


def meaning_of(criterion: Mapping[str, Any], *, is_graded: bool) -> list[str]:
    """What the chosen level means in the words of the criterion; of a grade the ends of the scale around it."""
    value, ends = criterion.get("value"), {0: criterion.get("lacks"), MOST_GRADE: criterion.get("fulfils")}
    if value is None:
        return []
    if not is_graded:
        words = ends[MOST_GRADE if value else 0]
        return [words] if words else []
    return [f"{level}: {words}" for level, words in ends.items() if words and (value not in ends or level == value)]


def _number(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None

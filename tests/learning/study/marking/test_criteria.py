"""The criteria of an assignment in a form, and as they are kept."""

from django import forms
from django.template.loader import render_to_string

from learning.study.criteria import CriteriaFields, proposed_grade

ROWS = [
    {"id": 4, "title": "Rakenne", "fulfils": "Rakenne näkyy.", "lacks": "Rakenne puuttuu.", "value": None, "words": ""},
    {"id": 9, "title": "Arki", "fulfils": "Arki näkyy.", "lacks": "", "value": None, "words": ""},
]


class Form(CriteriaFields, forms.Form):
    pass


def form(data: dict[str, str], **options: bool) -> Form:
    return Form(data, criteria=ROWS, **{"is_graded": False, **options})


def test_what_was_chosen_is_kept_with_the_words_of_the_criterion() -> None:
    filled = form({"criterion-4": "1", "criterion-9": "0", "criterion-9-words": "Anna esimerkki."})
    assert filled.is_valid()
    assert [(row["title"], row["value"], row["words"]) for row in filled.chosen()] == [
        ("Rakenne", 1, ""),
        ("Arki", 0, "Anna esimerkki."),
    ]
    assert ROWS[0]["value"] is None


def test_every_criterion_needs_a_level_unless_the_form_says_otherwise() -> None:
    assert list(form({"criterion-4": "1"}).errors) == ["criterion-9"]
    half = form({"criterion-4": "1"}, asks_for_all=False)
    assert half.is_valid()
    assert [row["value"] for row in half.chosen()] == [1, None]


def test_a_level_is_one_of_the_scale() -> None:
    assert "criterion-4" in form({"criterion-4": "3", "criterion-9": "1"}).errors
    assert form({"criterion-4": "3", "criterion-9": "5"}, is_graded=True).is_valid()


def test_the_words_of_a_criterion_are_asked_about_as_other_free_texts() -> None:
    filled = form({"criterion-4": "1", "criterion-9": "1", "criterion-4-words": "Soita 040 123 4567."})
    assert not filled.is_valid()
    assert "criterion-4-words" in filled.noticed


def test_the_form_shows_each_criterion_as_a_group_with_its_levels() -> None:
    page = render_to_string("learning/study/_criteria_fields.html", {"rubric": form({}).rubric, "is_graded": False})
    assert page.count("<fieldset") == 2
    assert 'name="criterion-4" value="1"' in page
    assert "Rakenne puuttuu." in page


def test_the_grade_proposed_is_the_mean_of_the_levels_half_up() -> None:
    def levels(*values: int | None) -> list[dict[str, object]]:
        return [{"value": value} for value in values]

    assert proposed_grade(levels(3, 4)) == 4
    assert proposed_grade(levels(3, 3, 4)) == 3
    assert proposed_grade(levels(5, None)) is None
    assert proposed_grade([]) is None

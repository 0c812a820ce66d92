"""What is typed on one line stays on it, and turns no other words around."""

import pytest
from django import forms

from common.lines import LineField, one_line

TURNED = "Hei \N{RIGHT-TO-LEFT OVERRIDE}fdp.exe"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (TURNED, "Hei fdp.exe"),
        ("Hei\nBcc: kaikki\t!", "Hei Bcc: kaikki !"),
        ("a\x07b\N{ZERO WIDTH SPACE}c\N{LEFT-TO-RIGHT ISOLATE}", "abc"),
        ("👩\N{ZERO WIDTH JOINER}🔬 Šiŋŋá", "👩\N{ZERO WIDTH JOINER}🔬 Šiŋŋá"),
        ("a\N{COMBINING DIAERESIS}ä", "ää"),
    ],
)
def test_what_cannot_be_seen_is_left_out(typed: str, kept: str) -> None:
    assert one_line(typed) == kept
    assert LineField().clean(typed) == kept


def test_what_nobody_can_see_is_no_answer() -> None:
    with pytest.raises(forms.ValidationError):
        LineField().clean("\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH SPACE}")
    assert LineField(required=False).clean("\N{RIGHT-TO-LEFT OVERRIDE}") == ""

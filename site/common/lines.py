"""What is typed on one line: a subject, a title, a name. It ends up in letters, lists and files beside other words."""

import unicodedata
from typing import Any

from django import forms

JOINER = "\N{ZERO WIDTH JOINER}"


def one_line(text: str) -> str:
    """Plain text on one line, without signs that cannot be seen and those that turn the direction of other words."""
    seen = "".join(" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text) if is_seen(sign))
    return " ".join(seen.split())


def is_seen(sign: str) -> bool:
    # A joiner holds a sign made of several together; other signs without a shape would only deceive.
    return sign.isspace() or sign == JOINER or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


class LineField(forms.CharField):
    """Takes one line: a line break in a header would keep a letter from ever going out."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return one_line(typed) or self.empty_value if typed else typed

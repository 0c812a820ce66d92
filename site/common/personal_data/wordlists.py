"""The patterns and words by which personal data is known, read from the one file that browsers read too.

Every pattern is written so that Python and JavaScript understand it alike: without the classes whose meanings differ
(`\\d`, `\\w`, `\\s`, `\\b`), and without a repetition that has no limit and could begin in many places.
"""

import json
import re
from pathlib import Path
from typing import Any

# Where something stands in a folded text: from its first position up to the one after its last.
Span = tuple[int, int]
FILE = Path(__file__).parents[1] / "static" / "data" / "personal-data.json"
_DATA: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))


def part(name: str) -> Any:
    """One part of the file as it stands there."""
    return _DATA[name]


def pattern(kind: str, name: str) -> re.Pattern[str]:
    return re.compile(_DATA[kind][name])


def words(kind: str, name: str) -> list[str]:
    """A list of words, which the file wraps into lines."""
    return " ".join(_DATA[kind][name]).split()

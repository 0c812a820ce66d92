"""A day without its year ends in a full stop in Finnish and Swedish: no sentence ends in it."""

import gettext
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SENTENCE = re.compile(r"{% blocktranslate trimmed with ([^%]*)%}(.*?){% endblocktranslate %}", re.DOTALL)
NEAR = re.compile(r"(\w+)=\S+\|near_day")


def sentences() -> list[tuple[str, str, list[str]]]:
    """(template, the sentence as translators have it, the days in it)."""
    found = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for told, text in SENTENCE.findall(path.read_text(encoding="utf-8")):
            if days := NEAR.findall(told):
                sentence = " ".join(re.sub(r"{{ (\w+) }}", r"%(\1)s", text).split())
                found.append((str(path.relative_to(ROOT)), sentence, days))
    return found


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_sentence_of_a_template_ends_in_two_full_stops(language: str) -> None:
    catalogue = gettext.translation("django", ROOT / "site/locale", [language])
    rows = sentences()
    assert rows
    wrong = [
        (path, shown)
        for path, sentence, days in rows
        if any(f"%({day})s." in (shown := catalogue.gettext(sentence)) for day in days)
    ]
    assert not wrong

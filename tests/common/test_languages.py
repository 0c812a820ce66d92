"""The reader's language, asked in one place."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from common import languages

# Where the language is found out, and where it is set.
ASKS_DJANGO = {"site/common/languages.py", "site/common/middleware.py"}


@pytest.mark.parametrize(
    ("active", "current"), [("fi", "fi"), ("sv", "sv"), ("en", "en"), ("en-gb", "en"), ("de", "fi"), (None, "fi")]
)
def test_the_language_is_one_of_ours(active: str | None, current: str) -> None:
    with translation.override(active):
        assert languages.current() == current


def test_nobody_else_works_it_out() -> None:
    root = Path(settings.ROOT)
    asking = {
        str(path.relative_to(root))
        for area in ("site", "learning", "blog", "network", "search")
        for path in (root / area).rglob("*.py")
        if re.search(r"\bget_language\(|Locale\.get_active\(", path.read_text())
    }
    assert asking <= ASKS_DJANGO


@pytest.mark.parametrize(
    ("path", "bare"), [("/", "/"), ("/sv/", "/"), ("/sv/natverk/", "/natverk/"), ("/svea/", "/svea/"), ("/fi/", "/fi/")]
)
def test_paths_without_their_language(path: str, bare: str) -> None:
    assert languages.without_prefix(path) == bare

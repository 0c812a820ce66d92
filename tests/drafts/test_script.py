"""The script that every long form loads stays small."""

import gzip
from pathlib import Path

from django.conf import settings

SCRIPT = Path(settings.ROOT) / "site/drafts/static/js/drafts.js"
MOST_BYTES = 5 * 1024


def test_the_script_is_small() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) <= MOST_BYTES

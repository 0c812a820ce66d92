"""Files of works whose readers are not to know who wrote them: they get copies that do not tell it by themselves."""

import time
from collections.abc import Sequence
from pathlib import Path

from django.core.files.storage import default_storage

from common.nameless.copies import nameless_copy
from common.typesetting import Busy
from learning.study.assignments.unsent import KeptFile
from learning.study.models import RunAssignment

# So long the page before handing in looks at files; each may take many seconds where somebody means ill.
LOOKS_SECONDS = 10.0


def hides_writer(run_assignment: RunAssignment) -> bool:
    """Whether some of those who read the works do not see who wrote them."""
    return run_assignment.is_marked_anonymously or run_assignment.is_anonymous_among_peers


def to_be_shown(path: str) -> Path:
    """Where the file is that may be shown; where it is the very same one, that_tell has told the learner if it could.

    Busy where too many copies are being made.
    """
    place = Path(default_storage.path(path))
    return nameless_copy(place) or place


def that_tell(files: Sequence[KeptFile]) -> list[str]:
    """The names of files that would be shown as they are, though something in them may tell who wrote them."""
    ends, told = time.monotonic() + LOOKS_SECONDS, []
    for file in files:
        if _tells(file):
            told.append(file.name)
        if time.monotonic() >= ends:
            # The rest is looked at when the page is opened again, or when they are shown.
            break
    return told


def _tells(file: KeptFile) -> bool:
    try:
        return nameless_copy(Path(default_storage.path(file.path))) is None
    except Busy:
        # It is looked at again when it is shown.
        return False

"""Turning translations (.po) into what Django reads (.mo), without the gettext tools a bare machine lacks."""

import os
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed


def compile_catalogues() -> int:
    """Compile every catalogue that is newer than its .mo file; return how many that were."""
    sources = [source for folder in settings.LOCALE_PATHS for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))]
    compiled = sum(_compile(source) for source in sources)
    if compiled:
        # This process may have loaded the old ones, or found none: let it read them anew.
        translation_file_changed(None, sources[0].with_suffix(".mo"))
    return compiled


def _compile(source: Path) -> bool:
    target = source.with_suffix(".mo")
    modified = source.stat().st_mtime_ns
    # Not "older than": a checkout may bring back a catalogue with an earlier date.
    if target.exists() and target.stat().st_mtime_ns == modified:
        return False
    # Another copy of the service may read the same file at this moment: replace it in one step.
    part = target.with_name(f"{target.name}.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(part))
    os.utime(part, ns=(modified, modified))
    part.replace(target)
    return True

"""How every Typst source beside this file is compiled: with our fonts alone, so that each machine makes the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typst

SOURCES = Path(__file__).resolve().parent


def compiled(name: str, **options: Any) -> list[bytes]:
    """The pages that Typst makes of a source; none where `output` names the file to write."""
    made = typst.compile(
        str(SOURCES / f"{name}.typ"),
        root=str(SOURCES),
        font_paths=[str(SOURCES / "fonts")],
        ignore_system_fonts=True,
        **options,
    )
    if made is None:
        return []
    return made if isinstance(made, list) else [made]

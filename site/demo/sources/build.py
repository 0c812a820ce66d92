"""Build the demo PDF files and explanatory pictures from the Typst sources beside this script.

Run with any Python that has the ``typst`` package: ``python build.py``. PDF files are tagged (PDF/UA-1)
and go to ``content/files``, pictures go to ``content/images``. With ``--preview DIR`` every page is also
written to DIR as PNG, so that the layout can be looked at.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

# Run as a script, too.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from demo.sources.typesetting import SOURCES, compiled

CONTENT = SOURCES.parent / "content"
DOCUMENTS = (
    "raporttilomakkeen-ohje",
    "mediasuunnitelman-pohja",
    "itsearviointilomake",
    "ilmiotyopajan-ohje",
    "sanasto",
    "infograafi-etela-savo",
    "osaamiskartoituksen-tulokset",
    "foorumin-ohjelma",
    "toteutussuunnitelman-pohja",
    "ilmiokatsauksen-malli",
    "asiakasraadin-opas",
    "kirjaamisen-muistilista",
    "mittarivertailu",
    "vertaispalautteen-opas",
    "harjoitusaineisto",
    "uutiskirje-nayte",
)
PICTURES = ("polku", "tehtavaalueet")
PICTURE_PPI = 144.0
PREVIEW_PPI = 80.0
# A fixed moment keeps the output the same from one build to the next.
TIMESTAMP = 1_788_220_800


def build_document(name: str, folder: Path = CONTENT / "files") -> Path:
    """Compile one source to a tagged PDF in the folder and return the path of the file."""
    target = folder / f"{name}.pdf"
    compiled(
        name,
        output=str(target),
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=TIMESTAMP,
    )
    return target


def build_picture(name: str) -> Path:
    """Compile one source to a PNG picture and return the path of the file."""
    target = CONTENT / "images" / f"{name}.png"
    compiled(
        name,
        output=str(target),
        format="png",
        ppi=PICTURE_PPI,
    )
    return target


def preview_document(name: str, folder: Path) -> None:
    """Write every page of one document to the folder as PNG."""
    compiled(
        name,
        output=str(folder / f"{name}-{{p}}.png"),
        format="png",
        ppi=PREVIEW_PPI,
    )


def main() -> None:
    """Build everything and print the size of each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preview", type=Path, help="also write the pages here as PNG")
    arguments = parser.parse_args()
    preview: Path | None = arguments.preview
    for folder in (CONTENT / "files", CONTENT / "images"):
        folder.mkdir(parents=True, exist_ok=True)
    built = [build_document(name) for name in DOCUMENTS]
    built += [build_picture(name) for name in PICTURES]
    if preview is not None:
        preview.mkdir(parents=True, exist_ok=True)
        for name in DOCUMENTS:
            preview_document(name, preview)
    for path in built:
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

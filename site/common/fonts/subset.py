# /// script
# requires-python = ">=3.11"
# dependencies = ["brotli==1.2.1", "fonttools==4.68.0"]
# ///
"""Make the site's fonts from the published ones; an author's tool, run by hand when a letter is missing.

    npm pack @fontsource-variable/public-sans @fontsource-variable/source-serif-4
    python -m uv run site/common/fonts/subset.py fontsource-variable-*.tgz

Each family becomes three files: what every page of Finnish, Swedish and English needs, marks and letters of western
Europe, and letters of the Sámi languages and the rest of Latin. The browser fetches the last two where a page has such
a letter: their `unicode-range` in base.css is printed. The fonts are renamed, as the licence asks of what is changed.
"""

import io
import sys
import tarfile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(__file__).resolve().parents[1] / "static" / "fonts"
# The package, the name of its files, our name.
FAMILIES = {"public-sans": ("ov-grotesk", "OV Grotesk"), "source-serif-4": ("ov-serif", "OV Serif")}
WEIGHTS = (400, 700)
FEATURES = ["kern", "ccmp", "mark", "tnum"]

EVERY_PAGE = {*range(0x20, 0x7F), *map(ord, "\u00a0§«°·»ÄÅÉÖ×Üäåéöü–—’”…€−")}
MARKS = "¡£©ª¬®±²³µ¶¹º¼½¾¿÷Œœ‘‚“„•‹›™↑↓"
WESTERN = {*range(0xC0, 0x100), *map(ord, MARKS)} - EVERY_PAGE
EASTERN = {*range(0x100, 0x180)} - WESTERN
PARTS = {"": ("latin", EVERY_PAGE), "-more": ("latin", WESTERN), "-ext": ("latin-ext", EASTERN)}

# Entries of the name table: the copyright stays, the names are ours, the licence stays.
COPYRIGHT, LICENCES, FAMILY_NAMES = 0, (13, 14), (1, 3, 4, 16)


def main(packages: list[str]) -> None:
    for path in packages:
        with tarfile.open(path) as package:
            for published, (file, family) in FAMILIES.items():
                if published in Path(path).name:
                    make(package, published, file, family)


def make(package: tarfile.TarFile, published: str, file: str, family: str) -> None:
    for suffix, (source, letters) in PARTS.items():
        member = package.extractfile(f"package/files/{published}-{source}-wght-normal.woff2")
        if member is None:
            raise SystemExit(f"The package of {published} has no {source} part.")
        font = instancer.instantiateVariableFont(TTFont(io.BytesIO(member.read())), {"wght": WEIGHTS})
        subset(font, letters)
        rename(font, family)
        font.flavor = "woff2"
        target = FOLDER / f"{file}{suffix}.woff2"
        font.save(target)
        print(f"{target.name:24} {target.stat().st_size:6} bytes  {ranges(set(font.getBestCmap()))}")


def subset(font: TTFont, letters: set[int]) -> None:
    options = Options(layout_features=FEATURES, name_IDs=["*"], notdef_outline=True, hinting=False)
    worker = Subsetter(options)
    worker.populate(unicodes=letters)
    worker.subset(font)


def rename(font: TTFont, family: str) -> None:
    names = font["name"]
    used = {axis.axisNameID for axis in font["fvar"].axes} | {each.subfamilyNameID for each in font["fvar"].instances}
    kept = {COPYRIGHT, *LICENCES, *used}
    names.names = [each for each in names.names if each.nameID in kept or each.nameID > 255]
    for number in FAMILY_NAMES:
        names.setName(family, number, 3, 1, 0x409)
    names.setName("Regular", 2, 3, 1, 0x409)
    names.setName(family.replace(" ", ""), 6, 3, 1, 0x409)


def ranges(letters: set[int]) -> str:
    """The letters as the style sheet tells them: U+A1, U+BC-C3."""
    runs: list[list[int]] = []
    for letter in sorted(letters):
        if runs and letter == runs[-1][-1] + 1:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return ", ".join(f"U+{run[0]:X}" + (f"-{run[-1]:X}" if len(run) > 1 else "") for run in runs)


if __name__ == "__main__":
    main(sys.argv[1:])

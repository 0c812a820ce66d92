# /// script
# requires-python = ">=3.11"
# dependencies = ["brotli==1.2.1", "fonttools==4.68.0"]
# ///
"""Make the fonts of printed files from the published ones; an author's tool, run by hand when a letter is missing.

    npm pack @fontsource/public-sans @fontsource/noto-sans @fontsource/noto-sans-arabic @fontsource/noto-sans-hebrew
    python -m uv run site/common/typesetting/fonts/make.py fontsource-*.tgz

Typst reads neither WOFF2 nor fonts in parts: the parts of each family are joined into one TrueType file a weight.
Public Sans is the site's; Noto Sans writes the names that it cannot: in Skolt Sámi, and in Cyrillic, Greek, Arabic
and Hebrew letters.
"""

import io
import re
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent
# The package, the parts to join, the weights.
FAMILIES = {
    "public-sans": (("latin", "latin-ext", "vietnamese"), (400, 700)),
    "noto-sans": (("latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext"), (700,)),
    "noto-sans-arabic": (("arabic",), (700,)),
    "noto-sans-hebrew": (("hebrew",), (700,)),
}


def main(paths: list[str]) -> None:
    for path in paths:
        name = re.sub(r"^fontsource-|-[\d.]+\.tgz$", "", Path(path).name)
        parts, weights = FAMILIES[name]
        with tarfile.open(path) as package:
            for weight in weights:
                make(package, name, parts, weight)
            licence = package.extractfile("package/LICENSE")
            assert licence is not None, "every package carries its licence"
            (FOLDER / f"LICENSE-{name}.txt").write_bytes(licence.read())
    known = {code for file in FOLDER.glob("*.ttf") for code in TTFont(file).getBestCmap()}
    (FOLDER / "letters.txt").write_text(ranges(known), encoding="ascii")


def ranges(known: set[int]) -> str:
    """The letters that some font has, a range of hexadecimal numbers in a line."""
    lines: list[list[int]] = []
    for code in sorted(known):
        if lines and code == lines[-1][1] + 1:
            lines[-1][1] = code
        else:
            lines.append([code, code])
    return "".join(f"{first:x}-{last:x}\n" for first, last in lines)


def make(package: tarfile.TarFile, name: str, parts: tuple[str, ...], weight: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for part in parts:
            member = package.extractfile(f"package/files/{name}-{part}-{weight}-normal.woff2")
            assert member is not None, "the package has every part"
            font = TTFont(io.BytesIO(member.read()))
            font.flavor = None
            files.append(f"{folder}/{part}.ttf")
            font.save(files[-1])
        # Hints are for screens of few points; the parts have different ones.
        options = MergeOptions(drop_tables=["DSIG", "fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX", "LTSH", "STAT"])
        joined = Merger(options).merge(files) if len(files) > 1 else TTFont(files[0])
        target = FOLDER / f"{name}-{weight}.ttf"
        joined.save(target)
        print(f"{target.name:26} {target.stat().st_size:7} bytes, {len(joined.getBestCmap())} letters")


if __name__ == "__main__":
    main(sys.argv[1:])

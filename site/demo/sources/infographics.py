"""Make the infographics as SVG from the Typst sources beside this script: `python infographics.py`.

Needs the ``typst`` package. Text becomes outlines, so that the picture is the same on every machine; what it says to
someone who does not see it is in its title and description here, and in full on the page of the resource. The files
go to ``content/files``: an SVG comes to the site from here alone, never as an upload.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

# Run as a script, too.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from demo.sources.typesetting import SOURCES, compiled

FILES = SOURCES.parent / "content" / "files"
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
INFOGRAPHICS = {
    "infograafi-raportin-matka": (
        "Raportin matka havainnosta vastaukseen",
        "Kuusi vaihetta ylhäältä alas: havainto, raportti, ilmiö, katsaus, päätös ja vastaus. "
        "Vastauksesta palaa nuoli havaintoon.",
    ),
    "infograafi-nelja-tehtavaaluetta": (
        "Neljä tehtäväaluetta, yksi ilmiö",
        "Talo, jonka kerrokset ovat tehtäväalueet, ja mitä kukin niistä kysyy vuokravelasta ja häädöstä: "
        "tietotyö, inkluusiotyö, strategiatyö ja oikeudenmukaisuustyö.",
    ),
}
NUMBER = re.compile(r"-?\d+\.\d+")
NEEDLESS_SPACE = re.compile(r"(?<=[A-Za-z]) | (?=[-A-Za-z])| $")
XLINK_HREF = f"{{{XLINK}}}href"
# Attributes that say what holds without them; None: whatever they say.
DEFAULTS = {
    "fill-rule": "nonzero",
    "x": "0",
    "y": "0",
    "class": None,
    "overflow": None,
    "stroke-miterlimit": "4",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-dashoffset": "0",
}


def drawn(name: str) -> ET.Element:
    """The picture as Typst draws it."""
    made = compiled(name, format="svg")
    # What is read here is what this script has just made.
    return ET.fromstring(made[0])  # noqa: S314


def rounded(text: str) -> str:
    """The numbers with two decimals: a hundredth of a point is not seen."""

    def short(number: re.Match[str]) -> str:
        digits = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
        return "0" if digits == "-0" else re.sub(r"^(-?)0\.", r"\1.", digits)

    return NUMBER.sub(short, text)


def lighten(root: ET.Element) -> None:
    """Drop what says nothing, and shorten the rest: less than half of the file is left."""
    names: dict[str, str] = {}
    for symbol in root.iter(f"{{{SVG}}}symbol"):
        # A letter is one outline; as a path it can be used without the symbol around it.
        (outline,) = symbol
        names[symbol.attrib["id"]] = name = f"g{len(names)}"
        symbol.clear()
        symbol.tag, symbol.attrib = outline.tag, {"id": name, "d": outline.attrib["d"]}
    for element in root.iter():
        attributes = element.attrib
        if XLINK_HREF in attributes:
            attributes["href"] = f"#{names[attributes.pop(XLINK_HREF).removeprefix('#')]}"
        for name, default in DEFAULTS.items():
            if default in (None, attributes.get(name)):
                attributes.pop(name, None)
        for name in {"d", "transform", "x", "y", "viewBox"} & attributes.keys():
            attributes[name] = rounded(attributes[name])
        if "d" in attributes:
            attributes["d"] = NEEDLESS_SPACE.sub("", attributes["d"])
        share_fill(element)


def share_fill(group: ET.Element) -> None:
    """Say the colour once for all letters of a word."""
    fills = {child.attrib.get("fill") for child in group}
    if group.tag == f"{{{SVG}}}g" and len(fills) == 1 and None not in fills:
        group.attrib["fill"] = fills.pop() or ""
        for child in group:
            del child.attrib["fill"]


def told(root: ET.Element, title: str, description: str) -> None:
    """Give the picture its name and description, and a size without a unit."""
    _x, _y, width, height = root.attrib["viewBox"].split()
    root.attrib |= {"width": width, "height": height, "role": "img", "lang": "fi", "aria-labelledby": "title desc"}
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(f"{{{SVG}}}{tag}", {"id": tag})
        element.text = text
        root.insert(place, element)


def picture(name: str) -> str:
    """The whole file."""
    ET.register_namespace("", SVG)
    root = drawn(name)
    lighten(root)
    told(root, *INFOGRAPHICS[name])
    return ET.tostring(root, encoding="unicode").replace(" />", "/>") + "\n"


def main() -> None:
    """Make both and print their sizes."""
    for name in INFOGRAPHICS:
        target = FILES / f"{name}.svg"
        target.write_text(picture(name), encoding="utf-8")
        print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

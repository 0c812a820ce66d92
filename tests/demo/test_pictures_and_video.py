"""The committed infographics and the video: harmless, small, told in words, and what their sources give."""

import importlib
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from demo.markdown import References, to_blocks
from demo.reading import Record
from demo.services import CONTENT

FILES = CONTENT / "files"
SVGS = sorted(FILES.glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
VIDEO = FILES / "havainnosta-muutokseen.mp4"
SECONDS = 86.0
CUE = re.compile(r"(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d\.\d{3})\n((?:.+\n?)+)")

REFERENCES = References(
    term=lambda code: None,
    question=lambda code: None,
    document=lambda slug: None,
    image=lambda name: 3 if name == "kansi.png" else None,
    file=lambda name, title: {"v.mp4": 1, "v.vtt": 2}.get(name),
)
BLOCK = ':::video file="v.mp4" captions="v.vtt" poster="kansi.png" title="Portaat" duration="2 min"'


@pytest.mark.parametrize("path", SVGS, ids=lambda path: path.stem)
class TestInfographics:
    def test_it_is_a_picture_with_a_name_and_a_description(self, path: Path) -> None:
        root = ET.parse(path).getroot()
        named = [root.find(f"{SVG}{tag}") for tag in ("title", "desc")]
        assert root.get("role") == "img"
        assert root.get("aria-labelledby", "").split() == [each.get("id") for each in named if each is not None]
        assert all(each is not None and each.text for each in named)

    def test_it_holds_shapes_alone(self, path: Path) -> None:
        elements = list(ET.parse(path).getroot().iter())
        assert {each.tag.removeprefix(SVG) for each in elements} <= {"svg", "title", "desc", "defs", "g", "path", "use"}
        attributes = {(name, value) for each in elements for name, value in each.attrib.items()}
        assert not {name for name, _value in attributes if name.startswith("on") or name in {"style", "src"}}
        assert all(value.startswith("#") for name, value in attributes if name.endswith("href"))

    def test_it_is_small(self, path: Path) -> None:
        assert path.stat().st_size < 60_000


def test_the_infographics_are_what_their_sources_give() -> None:
    pytest.importorskip("typst")
    made = importlib.import_module("demo.sources.infographics")
    assert sorted(made.INFOGRAPHICS) == [path.stem for path in SVGS]
    stale = [path.stem for path in SVGS if made.picture(path.stem) != path.read_text(encoding="utf-8")]
    assert not stale, "run: python site/demo/sources/infographics.py"


def test_the_video_begins_to_play_before_all_of_it_has_come() -> None:
    data = VIDEO.read_bytes()
    assert len(data) < 1_500_000
    assert data[4:8] == b"ftyp"
    assert data.index(b"moov") < data.index(b"mdat")


def test_the_captions_can_be_read_in_their_time() -> None:
    text = VIDEO.with_suffix(".vtt").read_text(encoding="utf-8")
    assert text.startswith("WEBVTT\n\n")
    cues = [
        (int(match[1]) * 60 + float(match[2]), int(match[3]) * 60 + float(match[4]), match[5].splitlines())
        for match in CUE.finditer(text)
    ]
    assert len(cues) == text.count("-->")
    assert all(first[1] <= second[0] for first, second in pairwise(cues))
    assert cues[-1][1] <= SECONDS
    for starts, ends, lines in cues:
        assert len(lines) <= 2 and all(len(line) <= 42 for line in lines), lines
        assert sum(map(len, lines)) / (ends - starts) < 17, lines


def test_a_video_of_our_own_becomes_a_block_with_its_words() -> None:
    record = Record("themes/t.md", {}, f"{BLOCK}\nPortaat nousevat.\n:::")
    (block,) = to_blocks(record, REFERENCES)
    assert not record.problems
    assert block["type"] == "video"
    assert block["value"] == {
        "title": "Portaat",
        "video": 1,
        "captions": 2,
        "poster": 3,
        "duration": "2 min",
        "transcript": "<p>Portaat nousevat.</p>",
    }


@pytest.mark.parametrize(
    ("block", "data", "told"),
    [
        (f"{BLOCK}\n:::", {}, "the words of the block"),
        (f"{BLOCK}\nPortaat nousevat.\n:::", {"text_alternative": "Portaat."}, "the words of the block"),
        (f"{BLOCK.replace('v.vtt', 'x.vtt')}\nPortaat.\n:::", {}, "refers to 'x.vtt'"),
        (f"{BLOCK.replace('kansi.png', 'x.png')}\nPortaat.\n:::", {}, "refers to 'x.png'"),
        (':::video file="v.mp4" title="Portaat"\nPortaat.\n:::', {}, "has no captions"),
    ],
)
def test_a_video_with_faults_is_named(block: str, data: dict[str, str], told: str) -> None:
    record = Record("resources/r.md", {**data}, block)
    to_blocks(record, REFERENCES)
    assert any(told in str(problem) for problem in record.problems), record.problems


def test_a_page_that_tells_the_video_in_its_text_alternative_needs_no_words_in_the_block() -> None:
    record = Record("resources/r.md", {"text_alternative": "Portaat nousevat."}, f"{BLOCK}\n:::")
    (block,) = to_blocks(record, REFERENCES)
    assert not record.problems
    assert block["value"]["transcript"] == ""

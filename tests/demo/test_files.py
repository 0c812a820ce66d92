"""The committed PDF files: readable with a screen reader, small, in use, and what their sources give."""

import importlib
import re
from pathlib import Path

import pytest
import yaml

from demo.services import CONTENT

LARGEST = 150_000
PDFS = sorted((CONTENT / "files").glob("*.pdf"))
TITLE = re.compile(rb'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">([^<]+)</rdf:li>')
PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>")


def resources() -> dict[str, dict[str, object]]:
    """The front matter of each resource that has a PDF, by the file's name."""
    texts = [path.read_text(encoding="utf-8") for path in (CONTENT / "resources").glob("*.md")]
    fields = [yaml.safe_load(text.split("\n---\n", 1)[0].removeprefix("---\n")) for text in texts]
    return {each["file"]: each for each in fields if str(each.get("file", "")).endswith(".pdf")}


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_a_pdf_is_tagged_and_names_its_language_and_title(path: Path) -> None:
    data = path.read_bytes()

    assert b"/StructTreeRoot" in data and b"/Marked true" in data, "not tagged"
    assert b"/Lang(fi)" in data, "no language"
    title = TITLE.search(data)
    assert title and title[1].strip(), "no title"
    assert b"/DisplayDocTitle true" in data, "readers show the file's name instead of its title"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data, "does not claim PDF/UA-1"
    assert len(data) < LARGEST


def test_each_pdf_is_a_resource_that_tells_its_length() -> None:
    used = resources()

    assert set(used) == {path.name for path in PDFS}
    for path in PDFS:
        pages = PAGES.search(path.read_bytes())
        assert pages and int(pages[1]) == used[path.name]["pages"], path.name


def test_the_pdfs_are_what_their_sources_give(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    build = importlib.import_module("demo.sources.build")

    assert {f"{name}.pdf" for name in build.DOCUMENTS} == {path.name for path in PDFS}
    stale = [
        name
        for name in build.DOCUMENTS
        if build.build_document(name, tmp_path).read_bytes() != (CONTENT / "files" / f"{name}.pdf").read_bytes()
    ]
    assert not stale, "run: python site/demo/sources/build.py"

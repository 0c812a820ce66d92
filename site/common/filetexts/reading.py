"""A program of its own: writes the text of one PDF, DOCX or PPTX file to standard output.

    python -I reading.py FILE KIND

It holds itself to little memory and time before it opens the file, so that a broken or malicious one harms
nothing but this process. Its exit status tells how it went; nothing of the site is imported.
"""

import os
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import IO, Any

# What has been read changes with these: raise it and all files are read again.
VERSION = 1
LONGEST_TEXT = 200_000
MOST_PAGES = 1_000
MOST_XML = 50 * 1024 * 1024
MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 20
LOCKED = 3
BROKEN = 4
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DOCX_PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
# A word divided at the end of a line; not "sosiaali- ja" nor "mielenterveys-⏎ja".
_DIVIDED = re.compile(
    r"(?<=[^\W\d_])[-\u2010]\n(?!(?:ja|tai|eli|sekä|och|eller|samt|and|or)\b)(?=[^\W\d_])(?![A-ZÅÄÖ])"
)
_SOFT = re.compile(r"\u00ad\s*")


class Locked(Exception):
    """The file opens with a password only."""


def text_of(file: IO[bytes], kind: str) -> Iterator[str]:
    """The text of the file, piece by piece."""
    yield from _pdf(file) if kind == "pdf" else _office(file, kind)


def mended(text: str) -> str:
    """Words that the end of a line divided are whole again; every run of spaces is one."""
    return " ".join(_DIVIDED.sub("", _SOFT.sub("", re.sub(r"[ \t]*\n\s*", "\n", text))).split())


def _pdf(file: IO[bytes]) -> Iterator[str]:
    import logging

    from pypdf import PdfReader

    # What it says of faulty files helps nobody here.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Locked
    for number in range(min(len(reader.pages), MOST_PAGES)):
        yield _of_page(reader, number) + "\n"


def _of_page(reader: Any, number: int) -> str:
    try:
        text: str = reader.pages[number].extract_text()
    except MemoryError:
        raise
    except Exception:
        # One page that cannot be read leaves the others.
        return ""
    return text


def _office(file: IO[bytes], kind: str) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if kind == "docx":
            parts = sorted(filter(_DOCX_PARTS.fullmatch, names))
            marks = (_WORD + "t", _WORD + "p", (_WORD + "tab", _WORD + "br", _WORD + "cr"))
        else:
            slides = {int(match[1]): name for name in names if (match := _SLIDE.fullmatch(name))}
            parts = [slides[number] for number in sorted(slides)][:MOST_PAGES]
            marks = (_DRAWING + "t", _DRAWING + "p", (_DRAWING + "br", _DRAWING + "tab", _DRAWING + "cr"))
        for part in parts:
            with archive.open(part) as content:
                yield from _said(content, *marks)


def _said(content: IO[bytes], text: str, paragraph: str, spaces: tuple[str, ...]) -> Iterator[str]:
    """The paragraphs of one XML part; what has been said is let go of, so that a long text needs little memory."""
    from defusedxml.ElementTree import iterparse

    for _event, element in iterparse(_Bounded(content), forbid_dtd=True):
        if element.tag == text:
            yield element.text or ""
        elif element.tag in spaces:
            yield " "
        elif element.tag == paragraph:
            yield "\n"
            element.clear()


class _Bounded:
    """A file that ends, whatever its archive says of its size."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._left = MOST_XML

    def read(self, size: int = -1) -> bytes:
        read: bytes = self._file.read(min(size if size >= 0 else self._left, self._left))
        self._left -= len(read)
        return read


def _limit_this_process() -> None:
    import resource

    for limit, most in [
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, LONGEST_TEXT * 4),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(limit, (most, most))
    os.nice(10)


def main(path: str, kind: str) -> int:
    _limit_this_process()
    written, left = sys.stdout, LONGEST_TEXT
    pieces: list[str] = []
    try:
        with open(path, "rb") as file:
            for piece in text_of(file, kind):
                pieces.append(piece)
                left -= len(piece)
                if left < 0:
                    break
    except Locked:
        return LOCKED
    except MemoryError:
        raise
    except Exception:
        # Whatever a broken file makes a reader raise; what was read before is kept if it is anything.
        if not "".join(pieces).strip():
            return BROKEN
    written.write(mended("".join(pieces))[:LONGEST_TEXT])
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1], sys.argv[2]))

"""A program of its own: writes a copy of one file, without what its properties tell of its writer, to standard output.

    python -I stripping.py FILE KIND

What people see on the pages stays. Left out are the properties of the document, who wrote comments and changes,
names of folders, moments of saving, and what cameras write beside pictures. Where something cannot be left out, nothing
is to be used: the exit status says so.
It holds itself to little memory and time before it opens the file; nothing of the site is imported.
"""

import io
import os
import re
import sys
import zipfile
from collections.abc import Callable
from typing import IO, Any, Literal

# What a copy holds changes with these: raise it and copies are made again.
VERSION = 3
MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 15
MOST_BYTES = 300 * 1024 * 1024
TELLS = 3
MOST_NESTED = 2
OFFICE = {"docx", "pptx", "xlsx", "odt"}

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
# Segments of a JPEG in which cameras and programs write (APP1, APP13, COM), and how Exif knows which way is up.
_BESIDE, _TURN = {0xE1, 0xED, 0xFE}, 0x0112
_TAG = re.compile(rb"<([A-Za-z_][\w.:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(rb"(\s)([\w.:-]+)(\s*=\s*)(\"[^\"]*\"|'[^']*')")
# By attribute: in which elements it names somebody; None is any of them.
_OF_PEOPLE: dict[bytes, set[bytes] | None] = {
    b"author": None,
    b"initials": None,
    b"userName": None,
    b"userId": None,
    b"displayName": {b"person"},
    b"name": {b"cmAuthor", b"author", b"userInfo"},
    b"url": {b"absPath"},
}
# Elements whose words name somebody: authors of comments and changes, and who shares a file in a workplace's cloud.
_NAMES = re.compile(
    rb"(<(?:[\w.-]+:)?(?:author|creator|creator-initials|sender-initials|initial-creator|author-name|author-initials"
    rb"|printed-by|DisplayName|AccountId)(?:\s[^<>]*)?(?<!/)>)([^<]+)"
)
# Folders of people in addresses of linked files and pictures, which programs write without asking.
_FOLDERS = re.compile(
    rb"(?i)((?:(?:file:/*|\b[a-z]:|\.\.)[^\"'<>]{0,200}?|(?<=[\"'=]))[\\/](?:users|home|documents and settings)[\\/]+)"
    rb"([^\\/\"'<>&?#]+)"
)
_FIELD = re.compile(rb"(<w:instrText(?:\s[^<>]*)?>)([^<]+)")
# In LibreOffice's settings: names of printers, which have people's names in them.
_SETTINGS = re.compile(rb"(<config:config-item\s[^<>]*\"(?:Printer\w+|PrintFaxName)\"[^<>]*(?<!/)>)([^<]+)")
_DECLARED = b'<?xml version="1.0" encoding="UTF-8"?>\n'
# Parts of properties, by their roots.
_PROPERTIES = {b"coreProperties", b"Properties"}
_ODF_VERSION = re.compile(rb"office:version=\"([\d.]+)\"")


class Tells(Exception):
    """There is something in the file that tells of its writer and cannot be left out."""


def stripped(file: IO[bytes], kind: str, made: IO[bytes]) -> None:
    """Write the copy to `made`."""
    if kind == "pdf":
        _pdf(file, made)
    else:
        _office(file, kind, made, 0)


def _office(file: IO[bytes], kind: str, made: IO[bytes], depth: int) -> None:
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(made, "w") as copy:
        people = _People()
        for entry in archive.infolist():
            name = entry.filename
            if name.startswith("_xmlsignatures/"):
                raise Tells
            if name == "META-INF/documentsignatures.xml":
                continue
            # A new entry: the old one has the moment at which the file was saved.
            new = zipfile.ZipInfo(name)
            new.compress_type, new.external_attr = entry.compress_type, entry.external_attr
            copy.writestr(new, _part(name, archive.read(entry), kind, people, depth))


def _part(name: str, content: bytes, kind: str, people: "_People", depth: int) -> bytes:
    if content.startswith(_OLE):
        # A document in an old form inside this one.
        raise Tells
    if content.startswith(_ZIP):
        return _inside(content, kind, depth)
    if not name.lower().endswith((".xml", ".rels", ".psmdcp", ".vml")):
        return _picture(content)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Tells
    if _FOLDERS.search(content):
        content = _TAG.sub(lambda tag: _folders(tag[0]), content)
        content = _FIELD.sub(lambda field: field[1] + _folders(field[2]), content)
    return _odf(name, content, people) if kind == "odt" else _ooxml(content, people)


def _folders(words: bytes) -> bytes:
    return _FOLDERS.sub(rb"\1user", words)


def _inside(content: bytes, kind: str, depth: int) -> bytes:
    """A document inside a document, such as the table of a chart."""
    if depth == MOST_NESTED:
        raise Tells
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        is_odf = "mimetype" in archive.namelist()
    _office(io.BytesIO(content), "odt" if is_odf else "docx", made, depth + 1)
    return made.getvalue()


class _People:
    """The names of a file, each by another: who wrote which comment is still told apart."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}

    def other(self, name: bytes) -> bytes:
        # Excel knows a conversation by a mark in the place of a name.
        if not name.strip() or name.startswith(b"tc={"):
            return name
        return b"Author %d" % self._numbers.setdefault(name.strip(), len(self._numbers) + 1)

    def element(self, match: re.Match[bytes]) -> bytes:
        return match[1] + self.other(match[2])

    def unsaid(self, content: bytes) -> bytes:
        """Excel begins a comment with its writer's name."""
        for name, number in self._numbers.items():
            content = content.replace(b">" + name + b":<", b">Author %d:<" % number)
        return content


def _ooxml(content: bytes, people: _People) -> bytes:
    root = _TAG.search(content)
    if root and _local(root[1]) in _PROPERTIES:
        # The same part with nothing in it.
        return _DECLARED + root[0].rstrip(b"/>") + b"/>"

    def tag(match: re.Match[bytes]) -> bytes:
        element, whole = _local(match[1]), match[0]
        if element == b"Relationship" and b'attachedTemplate"' in whole:
            # The place of a template is a folder of its writer's.
            return _attributes(whole, lambda name, value: b"Normal.dotm" if name == b"Target" else value)

        def mended(name: bytes, value: bytes) -> bytes:
            where = _OF_PEOPLE.get(name, set())
            return people.other(value) if where is None or element in where else value

        return _attributes(whole, mended)

    content = _TAG.sub(tag, content)
    content = _NAMES.sub(people.element, content)
    return people.unsaid(content) if root and _local(root[1]) == b"comments" else content


def _local(name: bytes) -> bytes:
    return name.rpartition(b":")[2]


def _attributes(tag: bytes, mended: Callable[[bytes, bytes], bytes]) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        space, name, equals, value = match.groups()
        quote = value[:1]
        return space + name + equals + quote + mended(_local(name), value[1:-1]) + quote

    return _ATTRIBUTE.sub(one, tag)


def _odf(name: str, content: bytes, people: _People) -> bytes:
    last = name.rpartition("/")[2]
    if last == "meta.xml":
        version = _ODF_VERSION.search(content[:4096])
        return (
            _DECLARED
            + b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="'
            + (version[1] if version else b"1.2")
            + b'"><office:meta/></office:document-meta>'
        )
    if last == "manifest.xml" and b"encryption-data" in content:
        raise Tells
    if last == "settings.xml":
        return _SETTINGS.sub(rb"\1", content)
    return _NAMES.sub(people.element, content)


def _picture(content: bytes) -> bytes:
    """Without what a camera or a program wrote beside the picture; anything else as it is."""
    if content.startswith(_JPEG):
        return _jpeg(content)
    return _png(content) if content.startswith(_PNG) else content


def _jpeg(content: bytes) -> bytes:
    kept, at, turned = [content[:2]], 2, 0
    # Up to where the picture itself begins.
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] not in {b"", b"\xda"}:
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] not in _BESIDE:
            kept.append(content[at:end])
        elif content[at + 4 : at + 10] == b"Exif\0\0":
            turned = _turned(content[at + 10 : end])
        at = end
    if turned:
        # Of all that stood there this alone is kept: how the picture is turned.
        kept.insert(1, b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0" % turned)
    return b"".join(kept) + content[at:]


def _turned(tiff: bytes) -> int:
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"
    start = int.from_bytes(tiff[4:8], order)
    for number in range(int.from_bytes(tiff[start : start + 2], order)):
        entry = tiff[start + 2 + 12 * number :][:12]
        if int.from_bytes(entry[:2], order) == _TURN:
            value = int.from_bytes(entry[8:10], order)
            return value if 1 < value <= 8 else 0
    return 0


def _png(content: bytes) -> bytes:
    kept, at = [content[:8]], 8
    while at < len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] not in {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _pdf(file: IO[bytes], made: IO[bytes]) -> None:
    import logging

    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import StreamObject

    # What it says of faulty files helps nobody here.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Tells
    # Written anew: what an earlier saving left in the file is gone, too.
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for number, each in enumerate(writer._objects):
        if isinstance(each, dict) and each.get("/Type") == "/Metadata":
            writer._objects[number] = None
        else:
            _clear(each)
            if isinstance(each, StreamObject) and each.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
                each._data = _picture(each._data)
    writer.write(made)


def _clear(value: Any) -> None:
    """Take out of an object of a PDF, and of what is written inside it, what names people."""
    from pypdf.generic import TextStringObject

    if isinstance(value, list):
        for each in value:
            _clear(each)
    if not isinstance(value, dict):
        return
    if value.get("/Type") in {"/Sig", "/DocTimeStamp"} or "/EmbeddedFiles" in value or "/EF" in value:
        # Whoever signed is named on purpose, and what is attached may be the document that this was made of.
        raise Tells
    is_note = "/Rect" in value and value.get("/Subtype") != "/Widget"
    for name in ("/Metadata", "/PieceInfo", "/LastModified", *(["/T", "/M", "/CreationDate"] if is_note else [])):
        value.pop(name, None)
    if value.get("/Type") == "/Thread":
        value.pop("/I", None)
    for name, each in value.items():
        _clear(each)
        if isinstance(each, TextStringObject) and _FOLDERS.search(told := each.encode()):
            value[name] = TextStringObject(_folders(told).decode())


def _limit_this_process() -> None:
    import resource

    for limit, most in [
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_BYTES),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(limit, (most, most))


def main(path: str, kind: str) -> int:
    _limit_this_process()
    try:
        with open(path, "rb") as file:
            stripped(file, kind, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        os.fsync(sys.stdout.fileno())
    except Exception:
        # Whatever a broken file makes a reader raise: it was not stripped.
        return TELLS
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))

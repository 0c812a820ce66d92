"""Copies of documents without their writers: nothing of the name is left in them, and they still open."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
    create_string_object,
)

from common.nameless import copies
from common.nameless.copies import forget_copy, nameless_copy
from common.typesetting import Busy

NAME = "Maija Meikalainen"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{NAME}, tehtava</dc:title><dc:creator>{NAME}</dc:creator>'
    f"<cp:lastModifiedBy>{NAME}</cp:lastModifiedBy></cp:coreProperties>"
)
DOCX = {
    "[Content_Types].xml": "<Types/>",
    "docProps/core.xml": CORE,
    "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Manager>{NAME}</Manager></Properties>",
    "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:ins w:id="1" w:author="{NAME}">'
    '<w:r><w:t>Rakenne "w:author" näkyy &gt; arjessa.</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="Toinen Henkilo"/></w:p></w:body></w:document>',
    "word/comments.xml": f'<w:comments xmlns:w="{WORD}"><w:comment w:author=\'{NAME}\' w:initials="MaM"/></w:comments>',
    "word/people.xml": f'<w15:people><w15:person w15:author="{NAME}"><w15:presenceInfo w15:userId="{NAME}"/>'
    "</w15:person></w15:people>",
    "word/_rels/settings.xml.rels": '<Relationships><Relationship Id="rId1" Type="http://x/attachedTemplate" '
    f'Target="file:///C:\\Users\\{NAME}\\malli.dotx" TargetMode="External"/></Relationships>',
}
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "meta.xml": f'<office:document-meta office:version="1.3"><meta:initial-creator>{NAME}</meta:initial-creator>'
    "</office:document-meta>",
    "content.xml": f"<office:document-content><office:annotation><dc:creator>{NAME}</dc:creator>Hyvä."
    "</office:annotation><text:p>Rakenne.</text:p></office:document-content>",
    "settings.xml": f'<config:config-item config:name="PrinterName" config:type="string">{NAME}</config:config-item>'
    '<config:config-item config:name="ZoomFactor">100</config:config-item>',
    "Object 1/meta.xml": f"<office:document-meta><dc:creator>{NAME}</dc:creator></office:document-meta>",
    "META-INF/manifest.xml": "<manifest:manifest/>",
}


LINKED = {
    "word/_rels/document.xml.rels": '<Relationships><Relationship Id="rId7" Type="http://x/image" '
    f'TargetMode="External" Target="file:///C:\\Users\\{NAME}\\kuva.jpg"/>'
    '<Relationship Id="rId8" Type="http://x/hyperlink" Target="https://esimerkki.example/users/ohje"/>'
    "</Relationships>",
    "word/footer1.xml": f'<w:ftr xmlns:w="{WORD}"><pic:cNvPr id="0" descr="/Users/{NAME}/Desktop/kuva.png"/>'
    f'<w:instrText xml:space="preserve"> INCLUDEPICTURE "C:\\\\Users\\\\{NAME}\\\\kuva.jpg" </w:instrText></w:ftr>',
}


def office(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 10, 5, 23, 59, 0)), content, how)
    return made.getvalue()


def workbook() -> bytes:
    book, made = Workbook(), io.BytesIO()
    book.properties.creator = NAME
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Rakenne"
    sheet["A1"].comment = Comment("Hyvä.", NAME)
    book.save(made)
    return made.getvalue()


def pdf(*, signed: bool = False, attached: bool = False, password: str = "") -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": NAME, "/Title": NAME})
    told = StreamObject()
    told.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    told.set_data(f"<dc:creator>{NAME}</dc:creator>".encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(told)
    note = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Text")})
    note[NameObject("/Rect")] = writer.pages[0].mediabox
    note[NameObject("/T")], note[NameObject("/Contents")] = create_string_object(NAME), TextStringObject("Hyvä.")
    writer.add_annotation(0, note)
    if signed:
        signature = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
        writer.root_object[NameObject("/Perms")] = signature
    if attached:
        writer.add_attachment("alkuperainen.odt", office(dict(ODT)))
    if password:
        writer.encrypt(password)
    writer.write(made)
    return made.getvalue()


def pdf_with_link() -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_uri(0, f"file:///C:/Users/{NAME}/liite.pdf", RectangleObject((0, 0, 50, 50)))
    writer.write(made)
    return made.getvalue()


def photograph(form: str) -> bytes:
    """Taken with a camera that was held upright and knows its owner."""
    told, made = Image.Exif(), io.BytesIO()
    told[0x013B], told[0x0112] = NAME, 6
    notes = PngInfo()
    notes.add_text("Author", NAME)
    Image.new("RGB", (40, 30), "teal").save(made, form, exif=told, comment=NAME.encode(), pnginfo=notes)
    return made.getvalue()


def pdf_with_photograph() -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    picture = StreamObject()
    picture.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image")})
    picture[NameObject("/Filter")] = NameObject("/DCTDecode")
    picture._data = photograph("JPEG")
    writer.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/Im0"): writer._add_object(picture)})
    writer.write(made)
    return made.getvalue()


def everything_in(content: bytes) -> bytes:
    """All that a program could read of the file, nested documents too."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(entry.filename.encode() + everything_in(archive.read(entry)) for entry in archive.infolist())


def copied(folder: Path, name: str, content: bytes) -> bytes | None:
    path = folder / name
    path.write_bytes(content)
    copy = nameless_copy(path)
    assert path.read_bytes() == content, "the original is its writer's"
    return copy.read_bytes() if copy else None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", office(dict(DOCX))),
        ("a.odt", office(dict(ODT))),
        ("a.xlsx", workbook()),
        ("a.pptx", office({"ppt/commentAuthors.xml": f'<p:cmAuthor id="0" name="{NAME}" initials="MM"/>'})),
        ("kaavio.docx", office({**DOCX, "word/embeddings/taulukko.xlsx": workbook()})),
        ("kuvat.docx", office({"word/media/1.jpeg": photograph("JPEG"), "word/media/2.png": photograph("PNG")})),
        ("polut.docx", office({**DOCX, **LINKED})),
        ("polut.odt", office({**ODT, "content.xml": f'<draw:image xlink:href="file:///home/{NAME}/kuva.png"/>'})),
        ("a.pdf", pdf()),
        ("linkki.pdf", pdf_with_link()),
        ("kuva.pdf", pdf_with_photograph()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_of_the_writer_is_left_in_the_copy(tmp_path: Path, name: str, content: bytes) -> None:
    assert NAME.encode() in everything_in(content)
    copy = copied(tmp_path, name, content)
    assert copy is not None
    assert NAME.encode() not in everything_in(copy)
    assert "Maija".encode("utf-16-be") not in copy


def test_the_text_and_who_said_which_comment_stay(tmp_path: Path) -> None:
    copy = copied(tmp_path, "a.docx", office(dict(DOCX)))
    assert copy is not None
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        text = archive.read("word/document.xml").decode()
        assert 'Rakenne "w:author" näkyy &gt; arjessa.' in text
        assert 'w:author="Author 1"' in text and 'w:author="Author 2"' in text
        assert b"w:author='Author 1'" in archive.read("word/comments.xml")
        # Nor the moment at which it was saved, by which the one who was late could be known.
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_other_addresses_and_what_the_text_says_of_folders_stay(tmp_path: Path) -> None:
    said = f'<w:document xmlns:w="{WORD}"><w:t>Tallenna kansioon C:\\Users\\oma\\.</w:t></w:document>'
    copy = copied(tmp_path, "a.docx", office({**DOCX, **LINKED, "word/document.xml": said}))
    assert copy is not None
    everything = everything_in(copy)
    assert b'Target="https://esimerkki.example/users/ohje"' in everything
    assert rb"kansioon C:\Users\oma\." in everything


def test_copies_open_as_what_they_are(tmp_path: Path) -> None:
    table = copied(tmp_path, "a.xlsx", workbook())
    assert table is not None
    cell = load_workbook(io.BytesIO(table)).worksheets[0]["A1"]
    assert (cell.value, cell.comment is not None and cell.comment.text) == ("Rakenne", "Hyvä.")
    document = copied(tmp_path, "a.pdf", pdf())
    assert document is not None
    reader = PdfReader(io.BytesIO(document))
    assert len(reader.pages) == 1
    assert reader.pages[0].annotations is not None
    with zipfile.ZipFile(io.BytesIO(copied(tmp_path, "a.odt", office(dict(ODT))) or b"")) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert b"ZoomFactor" in archive.read("settings.xml") and b"100" in archive.read("settings.xml")


@pytest.mark.parametrize(("name", "form"), [("word/media/1.jpeg", "JPEG"), ("word/media/1.png", "PNG")])
def test_pictures_stay_what_they_are_and_upright(tmp_path: Path, name: str, form: str) -> None:
    copy = copied(tmp_path, "a.docx", office({name: photograph(form)}))
    assert copy is not None
    with zipfile.ZipFile(io.BytesIO(copy)) as archive, Image.open(archive.open(name)) as picture:
        picture.load()
        assert (picture.format, picture.size) == (form, (40, 30))
        assert dict(picture.getexif()) == ({0x0112: 6} if form == "JPEG" else {})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("salattu.pdf", pdf(password="sana")),
        ("allekirjoitettu.pdf", pdf(signed=True)),
        ("liite.pdf", pdf(attached=True)),
        ("rikki.pdf", b"%PDF-1.7\nrikki\n%%EOF"),
        ("vanha.docx", office({**DOCX, "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + b"0" * 600})),
        ("allekirjoitettu.docx", office({**DOCX, "_xmlsignatures/sig1.xml": "<Signature/>"})),
        ("outo.docx", office({**DOCX, "word/comments.xml": "<a/>".encode("utf-16")})),
        ("salattu.odt", office({**ODT, "META-INF/manifest.xml": "<manifest:encryption-data/>"})),
        ("rikki.docx", b"PK\x03\x04 rikki"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_where_something_cannot_be_left_out_there_is_no_copy(tmp_path: Path, name: str, content: bytes) -> None:
    assert copied(tmp_path, name, content) is None
    # It is noted, so that a file that takes long is not tried again at each opening.
    assert len(list(tmp_path.iterdir())) == 2


def test_what_a_busy_machine_has_no_time_for_is_not_taken_for_a_file_that_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(office(dict(DOCX)))
    with monkeypatch.context() as hurried:
        hurried.setattr(copies, "LONGEST_SECONDS", 0.0)
        with pytest.raises(Busy):
            nameless_copy(path)
    assert list(tmp_path.iterdir()) == [path]
    assert nameless_copy(path) is not None


def test_a_copy_is_made_once_and_goes_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(office(dict(DOCX)))
    copy = nameless_copy(path)
    assert copy is not None
    made = copy.stat().st_mtime_ns
    assert nameless_copy(path) == copy
    assert copy.stat().st_mtime_ns == made
    forget_copy(path)
    assert list(tmp_path.iterdir()) == [path]


def test_kinds_without_such_properties_are_shown_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "kuva.png"
    path.write_bytes(b"\x89PNG")
    assert nameless_copy(path) == path

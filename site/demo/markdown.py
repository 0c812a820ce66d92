"""Markdown with :::blocks → the raw data of a StreamField."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt

from common.sanitise import sanitise
from demo.reading import Record

OPENING = re.compile(r":::([a-z]+)((?:\s+[a-z]+=\"[^\"]*\")*)\s*\Z")
ARGUMENT = re.compile(r"([a-z]+)=\"([^\"]*)\"")
HEADING = re.compile(r"^### (.+)$", re.MULTILINE)
NAMESPACE = uuid.UUID("7f2f6d5e-3a51-4e3c-9d3f-2f1f5b7c8a10")
renderer = MarkdownIt("commonmark", {"html": False}).enable("table")

RawBlock = dict[str, Any]


@dataclass
class References:
    """Keys of what blocks may choose; each lookup returns a primary key, or None where there is nothing."""

    term: Callable[[str], int | None]
    question: Callable[[str], int | None]
    document: Callable[[str], int | None]
    image: Callable[[str], int | None]
    # By the file's name in the folder files, and the title that editors see it by.
    file: Callable[[str, str], int | None]


@dataclass
class Chunk:
    name: str
    arguments: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def to_html(text: str) -> str:
    """Markdown as the rich text that pages store."""
    return sanitise(renderer.render(text).replace("\n", ""))


def chunks(record: Record) -> list[Chunk]:
    """Split a body at its ::: lines; faults are noted in the record."""
    found = [Chunk("text")]
    open_block = False
    for line in record.body.split("\n"):
        if line.rstrip() == ":::" and open_block:
            found.append(Chunk("text"))
            open_block = False
        elif line.startswith(":::"):
            opening = OPENING.match(line)
            if not opening or open_block:
                record.problem("body", f"has a block that cannot be read: {line[:80]!r}")
                continue
            found.append(Chunk(opening[1], dict(ARGUMENT.findall(opening[2]))))
            open_block = True
        else:
            found[-1].lines.append(line)
    if open_block:
        record.problem("body", f"the block :::{found[-1].name} is not closed")
    return [chunk for chunk in found if chunk.name != "text" or chunk.text]


def to_blocks(record: Record, references: References, body: list[Chunk] | None = None) -> list[RawBlock]:
    """The body as StreamField data. Ids come from the file's name, so loading again changes nothing."""
    blocks: list[RawBlock] = []
    for number, chunk in enumerate(chunks(record) if body is None else body):
        maker = MAKERS.get(chunk.name)
        if maker is None:
            record.problem("body", f"has an unknown block :::{chunk.name}")
            continue
        made = maker(chunk, record, references)
        if made is not None:
            kind, value = made
            blocks.append({"type": kind, "value": value, "id": str(uuid.uuid5(NAMESPACE, f"{record.path}#{number}"))})
    return blocks


Made = tuple[str, Any] | None


def _required(chunk: Chunk, record: Record, *names: str) -> bool:
    missing = [name for name in names if not chunk.arguments.get(name)]
    for name in missing:
        record.problem("body", f"the block :::{chunk.name} has no {name}")
    return not missing


def _text(chunk: Chunk, record: Record, references: References) -> Made:
    return "text", to_html(chunk.text)


def _callout(chunk: Chunk, record: Record, references: References) -> Made:
    if not _required(chunk, record, "kind", "title"):
        return None
    return "callout", {**chunk.arguments, "text": to_html(chunk.text)}


def _quote(chunk: Chunk, record: Record, references: References) -> Made:
    if not _required(chunk, record, "source"):
        return None
    return "quote", {"text": chunk.text, "source": chunk.arguments["source"]}


def _task(chunk: Chunk, record: Record, references: References) -> Made:
    if not _required(chunk, record, "title"):
        return None
    minutes = chunk.arguments.get("minutes")
    return "task", {
        "title": chunk.arguments["title"],
        "minutes": int(minutes) if minutes and minutes.isdigit() else None,
        "text": to_html(chunk.text),
    }


def _accordion(chunk: Chunk, record: Record, references: References) -> Made:
    parts = HEADING.split(chunk.text)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    # A list item without an id is taken for one of another form, and would be shown empty.
    items = [
        {
            "type": "item",
            "value": {"title": title.strip(), "text": to_html(text)},
            "id": str(uuid.uuid5(NAMESPACE, f"{record.path}#{title.strip()}")),
        }
        for title, text in pairs
    ]
    if not items:
        record.problem("body", "the block :::accordion has no ### titles")
        return None
    return "accordion", {"items": items}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _table(chunk: Chunk, record: Record, references: References) -> Made:
    rows = [_cells(line) for line in chunk.text.split("\n") if line.strip().startswith("|")]
    if not _required(chunk, record, "caption") or len(rows) < 3:
        record.problem("body", "the block :::table needs a caption, a header row, a ruler row and content")
        return None
    header, body = rows[0], rows[2:]
    if any(len(row) != len(header) for row in body):
        record.problem("body", f"the table {chunk.arguments['caption']!r} has rows of different length")
        return None
    return "table", {
        "caption": chunk.arguments["caption"],
        "first_column_is_header": chunk.arguments.get("header", "both") in {"column", "both"},
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in header],
            "rows": [{"values": [to_html(cell) for cell in row]} for row in body],
        },
    }


def _chosen(kind: str, argument: str) -> Callable[[Chunk, Record, References], Made]:
    def make(chunk: Chunk, record: Record, references: References) -> Made:
        if not _required(chunk, record, argument):
            return None
        key = getattr(references, kind)(chunk.arguments[argument])
        if key is None:
            record.problem(
                "body", f"the block :::{chunk.name} refers to {chunk.arguments[argument]!r}, which does not exist"
            )
            return None
        return kind, key

    return make


def _file(chunk: Chunk, record: Record, references: References) -> Made:
    made = _chosen("document", "resource")(chunk, record, references)
    return made and ("file", {"document": made[1], "text": chunk.arguments.get("text", "")})


def _image(chunk: Chunk, record: Record, references: References) -> Made:
    made = _chosen("image", "file")(chunk, record, references)
    if made is None or not _required(chunk, record, "alt"):
        return None
    arguments = chunk.arguments
    return "figure", {
        "image": made[1],
        "alt": arguments["alt"],
        "caption": arguments.get("caption", ""),
        "credit": arguments.get("credit", ""),
    }


def _video(chunk: Chunk, record: Record, references: References) -> Made:
    if "url" not in chunk.arguments:
        return _own_video(chunk, record, references)
    if not _required(chunk, record, "url", "title"):
        return None
    return "outside_video", {
        "title": chunk.arguments["title"],
        "url": chunk.arguments["url"],
        "summary": to_html(chunk.text),
    }


def _own_video(chunk: Chunk, record: Record, references: References) -> Made:
    if not _required(chunk, record, "file", "captions", "poster", "title"):
        return None
    if bool(chunk.text) == record.has("text_alternative"):
        record.problem("body", "the words of the block :::video belong inside it, or to the page's text_alternative")
    arguments = chunk.arguments
    keys = {
        "file": references.file(arguments["file"], arguments["title"]),
        "captions": references.file(arguments["captions"], f"{arguments['title']} (tekstitys)"),
        "poster": references.image(arguments["poster"]),
    }
    for name in (name for name, key in keys.items() if key is None):
        record.problem("body", f"the block :::video refers to {arguments[name]!r}, which does not exist")
    return "video", {
        "title": arguments["title"],
        "video": keys["file"],
        "captions": keys["captions"],
        "poster": keys["poster"],
        "duration": arguments.get("duration", ""),
        "transcript": to_html(chunk.text),
    }


MAKERS: dict[str, Callable[[Chunk, Record, References], Made]] = {
    "text": _text,
    "callout": _callout,
    "quote": _quote,
    "task": _task,
    "accordion": _accordion,
    "table": _table,
    "term": _chosen("term", "code"),
    "question": _chosen("question", "code"),
    "file": _file,
    "image": _image,
    "video": _video,
}


def line_blocks(lines: list[str], seed: str) -> list[RawBlock]:
    """A list of short lines as StreamField data."""
    return [
        {"type": "line", "value": line, "id": str(uuid.uuid5(NAMESPACE, f"{seed}#{number}"))}
        for number, line in enumerate(lines)
    ]

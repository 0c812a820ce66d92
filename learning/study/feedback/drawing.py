"""A work with its comments marked in it, drawn on the server: as HTML, and as pieces for the typesetter."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from django.utils.html import escape
from django.utils.translation import gettext as _

from learning.study.feedback.released import Note
from texts import Flat
from texts.marks import Mark
from texts.markup import address_in, laid_out, link, styled


class Piece(NamedTuple):
    """Words of one look: `notes` are the comments on them, `ending` those whose words end here."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]
    ending: tuple[Note, ...]


def blocks_of(flat: Flat, notes: Sequence[Note]) -> Iterator[tuple[str, list[Piece]]]:
    """(kind, pieces) of each block."""
    starts = (0, *(end + 1 for end in flat.ends))
    for kind, start, end in zip(flat.blocks, starts, flat.ends, strict=False):
        yield kind, list(_pieces(flat, start, end, [note for note in notes if _touches(note, start, end)]))


def html_of(flat: Flat, notes: Sequence[Note]) -> str:
    """As stored rich text, with the commented words marked and numbered; each number leads to its comment."""
    begun: set[int] = set()
    return laid_out((kind, _block(flat, pieces, begun)) for kind, pieces in blocks_of(flat, notes))


def _touches(note: Note, start: int, end: int) -> bool:
    return bool(note.quote) and note.comment.start < end and start < note.comment.end


def _pieces(flat: Flat, start: int, end: int, notes: Sequence[Note]) -> Iterator[Piece]:
    cuts = {place for note in notes for place in (note.comment.start, note.comment.end) if start < place < end}
    for here, there, marks in flat.runs(start, end):
        places = [here, *sorted(cut for cut in cuts if here < cut < there), there]
        for first, last in pairwise(places):
            over = tuple(note for note in notes if note.comment.start < last and first < note.comment.end)
            # A comment may go on into the next block; its number stands where its words end.
            ending = tuple(
                note for note in over if note.comment.end <= last or (last == end and _ends(note, flat, end))
            )
            yield Piece(first, last, marks, over, ending)


def _ends(note: Note, flat: Flat, end: int) -> bool:
    """Whether nothing but white space of the comment's words is left after the block."""
    return not flat.text[end : note.comment.end].strip()


def _block(flat: Flat, pieces: Sequence[Piece], begun: set[int]) -> str:
    parts = []
    for address, group in groupby(pieces, lambda piece: address_in(piece.marks)):
        own = list(group)
        if not address:
            parts += [f"{_marked(flat, piece, begun)}{_numbers(piece.ending)}" for piece in own]
            continue
        # A link holds no other link: the numbers stand after it.
        words = "".join(_marked(flat, piece, begun) for piece in own)
        parts.append(f"{link(address)}{words}</a>{''.join(_numbers(piece.ending) for piece in own)}")
    return "".join(parts)


def _marked(flat: Flat, piece: Piece, begun: set[int]) -> str:
    html = styled(flat.text[piece.start : piece.end], piece.marks)
    if not piece.notes:
        return html
    anchors = [note for note in piece.notes if note.number not in begun]
    begun |= {note.number for note in anchors}
    # Several comments may begin at the same word.
    inner = "".join(f'<span id="kohta-{note.number}"></span>' for note in anchors[1:])
    place = f' id="kohta-{anchors[0].number}"' if anchors else ""
    return f'<mark class="noted"{place}>{inner}{html}</mark>'


def _numbers(notes: Sequence[Note]) -> str:
    comment = escape(_("Comment"))
    said = f'<span class="hidden"> {comment} </span>'
    return "".join(
        f'<a class="noted__number" href="#kommentti-{note.number}">{said}{note.number}</a>' for note in notes
    )

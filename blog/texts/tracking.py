"""A text with what is suggested and commented on shown in it, for reading where no script runs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from blog.texts.changes import Change, in_order
from blog.texts.flat import Flat
from blog.texts.markup import inline, laid_out

LINE_END = "¶"
# The id of a thread of comments, and the words that it is about.
Commented = tuple[str, int, int]


def tracked_html(flat: Flat, changes: Sequence[Change], places: Iterable[Commented] = ()) -> SafeString:
    """The text as HTML: <del> and <ins data-suggestion>, <mark data-thread>, each inside one block.

    A suggestion that changes only the look of words shows the new look, in <span data-suggestion data-change="format">.
    """
    tracked = Tracked(flat, in_order(changes), list(places))
    return mark_safe(laid_out(tracked.blocks()))


class Tracked:
    def __init__(self, flat: Flat, changes: Sequence[Change], places: list[Commented]) -> None:
        self.flat = flat
        self.changes = changes
        self.places = places
        self.parts: list[str] = []
        self.done: list[tuple[str, str]] = []
        self.put_at: defaultdict[int, list[Change]] = defaultdict(list)
        for change in changes:
            if not self._is_format(change):
                self.put_at[change.end].append(change)

    def _is_format(self, change: Change) -> bool:
        return change.start < change.end and self.flat.text[change.start : change.end] == change.replacement.text

    def blocks(self) -> list[tuple[str, str]]:
        """The kind of each block and its words as HTML."""
        text = self.flat.text
        cuts = {0, len(text), *(place + offset for place in self.flat.ends for offset in (0, 1))}
        cuts |= {place for change in self.changes for place in (change.start, change.end)}
        cuts |= {place for _thread, start, end in self.places for place in (start, end)}
        ordered = sorted(cuts)
        kinds = iter(self.flat.blocks)
        for start, end in zip(ordered, [*ordered[1:], len(text)], strict=True):
            self._put(start)
            if text[start:end] == "\n":
                # What ends here in the text, its line end too perhaps: marked as taken out, and kept to be read.
                self.parts.append(self._about(start, end, LINE_END) if self._over(start, end) else "")
                self._end(next(kinds))
            elif start < end:
                self.parts.append(self._commented(start, end, self._about(start, end, inline(self.flat, start, end))))
        if "".join(self.parts):
            self._end("p")
        return self.done

    def _end(self, kind: str) -> None:
        self.done.append((kind, "".join(self.parts)))
        self.parts = []

    def _over(self, start: int, end: int) -> list[Change]:
        return [change for change in self.changes if change.start < end and start < change.end]

    def _about(self, start: int, end: int, html: str) -> str:
        """Words inside the suggestions that would replace them or change their look."""
        for change in self._over(start, end):
            name = escape(change.id)
            if not self._is_format(change):
                html = f'<del data-suggestion="{name}">{html}</del>'
            else:
                if html != LINE_END:
                    html = inline(change.replacement, start - change.start, end - change.start)
                html = f'<span data-suggestion="{name}" data-change="format">{html}</span>'
        return html

    def _commented(self, start: int, end: int, html: str) -> str:
        for thread, first, last in self.places:
            if first < end and start < last:
                html = f'<mark data-thread="{escape(thread)}">{html}</mark>'
        return html

    def _put(self, place: int) -> None:
        """What suggestions put in at a place, line by line."""
        for change in self.put_at.get(place, ()):
            name = escape(change.id)
            begun = 0
            for kind, ended in zip(change.replacement.blocks, change.replacement.ends, strict=True):
                words = inline(change.replacement, begun, ended)
                self.parts.append(f'<ins data-suggestion="{name}">{words}{LINE_END}</ins>')
                self._end(kind)
                begun = ended + 1
            words = inline(change.replacement, begun, len(change.replacement.text))
            if words:
                self.parts.append(f'<ins data-suggestion="{name}">{words}</ins>')

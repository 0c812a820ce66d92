"""Words of another language within a plain text."""

import pytest

from common.foreign import marked, unmarked

LINE = 'Talentia 2017: [fi: Arki, "arvot" ja etiikka]. In Finnish.'


def test_each_part_has_its_language_and_its_quotes() -> None:
    assert marked(f'"A" {LINE}', "en") == (
        '“A” Talentia 2017: <span lang="fi">Arki, ”arvot” ja etiikka</span>. In Finnish.'
    )


def test_several_parts_side_by_side() -> None:
    assert marked("[fi: Ilmiö][sv: Fenomen]", "en") == '<span lang="fi">Ilmiö</span><span lang="sv">Fenomen</span>'


@pytest.mark.parametrize(
    "text", ["", "Plain.", "[xx: no language of ours]", "[fi:too near]", "[fi: open", "[2017]", "a [fi: ] b"]
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert marked(text, "en") == text
    assert unmarked(text) == text


def test_nothing_written_is_html() -> None:
    assert "<script>" not in marked("<script>[fi: <script>]", "en")


def test_without_marks_the_words_are_left() -> None:
    assert unmarked(LINE) == 'Talentia 2017: Arki, "arvot" ja etiikka. In Finnish.'

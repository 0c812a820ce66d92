"""Structure patterns: the same everywhere, one key member, colours by class alone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from common.pattern import FORMS, draw

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("area", FORMS)
def test_the_same_id_draws_the_same_in_another_process(area: str) -> None:
    code = f"import sys; sys.path.insert(0, 'site'); from common.pattern import draw; print(draw({area!r}, 'abc'))"
    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == draw(area, "abc")


@pytest.mark.parametrize("area", FORMS)
def test_near_equal_ids_draw_differently(area: str) -> None:
    assert len({draw(area, f"theme-{number}", 6, 4) for number in range(20)}) == 20


@pytest.mark.parametrize("area", FORMS)
@pytest.mark.parametrize(("cols", "rows"), [(3, 3), (3, 2), (4, 2), (6, 4), (6, 1)])
def test_exactly_one_member_is_the_key(area: str, cols: int, rows: int) -> None:
    for number in range(30):
        assert draw(area, str(number), cols, rows).count("pt-k") == 1


@pytest.mark.parametrize("area", FORMS)
def test_drawing_is_hidden_and_carries_no_colour_of_its_own(area: str) -> None:
    svg = draw(area, "x")
    assert 'aria-hidden="true"' in svg
    assert not re.search(r"(fill|stroke|style)=", svg)


@pytest.mark.parametrize("form", ["gable", "colonnade"])
def test_the_house_has_forms_of_its_own(form: str) -> None:
    area = "justice" if form == "gable" else "knowledge"
    assert draw(area, "house", 6, 2, form=form) != draw(area, "house", 6, 2)


@pytest.mark.parametrize("area", FORMS)
@pytest.mark.parametrize(("cols", "rows"), [(3, 3), (3, 2), (4, 2), (6, 3)])
def test_drawings_of_one_size_have_one_shape(area: str, cols: int, rows: int) -> None:
    _x, _y, width, height = map(float, re.findall(r'viewBox="([^"]+)"', draw(area, "x", cols, rows))[0].split())
    assert width / height == pytest.approx(cols / rows)


@pytest.mark.parametrize("area", FORMS)
def test_the_key_of_a_crowned_drawing_is_in_the_top_row(area: str) -> None:
    for number in range(30):
        crowned = draw(area, str(number), 6, 3, crown=True)
        [key] = re.findall(r'class="pt-k" (?:d="M[\d.-]+ ([\d.]+)|x="[\d.]+" y="([\d.]+))', crowned)
        assert float(next(filter(None, key))) <= 20


def test_an_unknown_area_draws_nothing() -> None:
    assert draw("", "x") == ""
    assert draw('"><script>', "x") == ""

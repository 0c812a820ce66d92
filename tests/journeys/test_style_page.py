"""The style page holds every component in every state; in both schemes and widths axe finds nothing on it."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Window
from tests.journeys.visitor import Visitor
from tests.journeys.wellformed import faults

STYLES = "/tyylit/"
# The same question stands there once in each state, under one name.
SAMPLES = 'landmark-unique: ["#kysymys-'


def test_it_is_well_formed(signed_in: Callable[[str], Visitor]) -> None:
    assert not faults(signed_in("yllapito").get(STYLES).text)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme", "query"),
    [(360, "light", ""), (1280, "dark", ""), (360, "light", "?vari=dark"), (1280, "dark", "?vari=light")],
    ids=["phone, light", "desk, dark", "phone, dark on demand", "desk, light on demand"],
)
def test_axe_finds_nothing(
    window: Callable[..., Window], signed_in: Callable[[str], Visitor], width: int, scheme: str, query: str
) -> None:
    own = window(width=width, color_scheme=scheme)
    own.enter_as(signed_in("yllapito"))
    own.go(STYLES + query)
    violations = [each for each in own.axe(habits=True) if not each.replace("'", '"').startswith(SAMPLES)]
    assert not violations + own.refusals() + own.too_wide()

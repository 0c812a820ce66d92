"""The design tokens as they are in the style sheet, and the contrast between those that meet each other."""

import re
from dataclasses import dataclass
from functools import cache

from common.stylesheets import FOLDER

SCHEMES = ("light", "dark")
AREAS = ("knowledge", "inclusion", "strategy", "justice")
TINTS = tuple(f"{area}-tint" for area in AREAS)
GROUNDS = ("ground", "surface", "sunken")
TEXT, LARGE_OR_GRAPHIC = 4.5, 3.0

# Which token stands on which, and how strongly it must differ (WCAG 1.4.3 and 1.4.11).
PAIRS: list[tuple[str, str, float]] = [
    *(("ink", ground, TEXT) for ground in (*GROUNDS, *TINTS, "note-tint", "ok-tint", "error-tint")),
    *(("ink-2", ground, TEXT) for ground in (*GROUNDS, *TINTS)),
    *(("link", ground, TEXT) for ground in (*GROUNDS, *TINTS)),
    *(("visited", ground, TEXT) for ground in (*GROUNDS, *TINTS)),
    ("ground", "ink", TEXT),
    ("on-key", "key", TEXT),
    ("on-panel", "panel", TEXT),
    *(("error", ground, TEXT) for ground in ("ground", "surface", "error-tint")),
    ("ok", "ok-tint", TEXT),
    ("note", "note-tint", TEXT),
    *(("heat-text-low", f"heat-{step}", TEXT) for step in range(3)),
    ("heat-text-3", "heat-3", TEXT),
    ("heat-text-high", "heat-4", TEXT),
    *(("line-strong", ground, LARGE_OR_GRAPHIC) for ground in GROUNDS),
    *(("focus", ground, LARGE_OR_GRAPHIC) for ground in GROUNDS),
    *((area, "ground", LARGE_OR_GRAPHIC) for area in AREAS),
    *((area, f"{area}-tint", LARGE_OR_GRAPHIC) for area in AREAS),
]


@dataclass(frozen=True)
class Contrast:
    """How a token stands out on another in one scheme."""

    text: str
    ground: str
    text_colour: str
    ground_colour: str
    ratio: float
    needed: float

    @property
    def is_enough(self) -> bool:
        return self.ratio >= self.needed


@cache
def read() -> dict[str, dict[str, str]]:
    """Every token by scheme; the dark scheme has those of the light one where it has none of its own."""
    css = re.sub(r"/\*.*?\*/", "", (FOLDER / "tokens.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    own = [dict(re.findall(r"--([\w-]+):\s*([^;]+);", part)) for part in (light, dark)]
    return {"light": own[0], "dark": own[0] | own[1]}


def colours(scheme: str) -> dict[str, str]:
    return {name: value for name, value in read()[scheme].items() if value.startswith("#")}


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def contrasts(scheme: str) -> list[Contrast]:
    values = colours(scheme)
    return [
        Contrast(text, ground, values[text], values[ground], ratio(values[text], values[ground]), needed)
        for text, ground, needed in PAIRS
    ]


def forced(scheme: str) -> str:
    """A style sheet that keeps to one scheme, whatever the reader's device prefers."""
    rules = "".join(f"--{name}:{value};" for name, value in read()[scheme].items())
    return f":root{{color-scheme:{scheme};{rules}}}"

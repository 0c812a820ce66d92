"""Random texts in normal form, and random edits of them, from a seed."""

import random

from texts import Change, Flat, Mark, apply

WORDS = (
    "ja on ei se työ arki toivo sana äiti mielenterveys päihdetyö 2026 EU-maa osallisuus kohtaaminen sosiaaliohjaaja "
    "kuntoutus vertaistuki lapsi perhe kunta yhteisö teko"
).split()
SIGNS = [*"* ** # ## - – • > 1. 2) [x] ](y) \\ \\* <b> &amp; ' \" ( ) 🙂".split(), "👩\u200d👧"]
GAPS = [" "] * 12 + ["\u00a0", "\u2028", ", ", ". ", "*", "-"]
ADDRESSES = [
    "https://thl.fi/",
    "http://a.fi/(b)?c=d&e=f#g",
    "mailto:a@b.fi",
    "tel:+358401234567",
    "page:3",
    "document:12",
]
KINDS = ["p"] * 6 + ["h2", "h3", "ul", "ul", "ol", "ol", "quote"]


def line(pick: random.Random, words: int, *, signs: bool) -> str:
    parts = []
    for _word in range(words):
        parts.append(pick.choice(SIGNS) if signs and pick.random() < 0.3 else pick.choice(WORDS))
        parts.append(pick.choice(GAPS) if signs else " ")
    return "".join(parts[:-1])


def text(pick: random.Random, blocks: int = 4, words: int = 8, *, signs: bool = True, marks: int = 4) -> Flat:
    lines = [line(pick, pick.randint(1, words), signs=signs) for _block in range(pick.randint(0, blocks))]
    whole = "".join(f"{words}\n" for words in lines)
    kinds = tuple(pick.choice(KINDS) for _line in lines)
    return Flat(whole, kinds, tuple(some_marks(pick, len(whole), marks))).normal()


def some_marks(pick: random.Random, length: int, most: int) -> list[Mark]:
    result = []
    for _mark in range(pick.randint(0, most) if length else 0):
        start, end = sorted(pick.choices(range(length), k=2))
        kind = pick.choice(["strong", "em", "a"])
        result.append(Mark(start, end, kind, pick.choice(ADDRESSES) if kind == "a" else ""))
    return result


def edited(pick: random.Random, flat: Flat) -> Flat:
    """The text with a few words, line ends and marks changed."""
    for _edit in range(pick.randint(1, 5)):
        start = pick.randint(0, len(flat.text))
        end = min(len(flat.text), start + pick.randint(0, 12))
        put = text(pick, blocks=pick.choice([1, 1, 1, 2]), words=3)
        flat = apply(flat, [Change(start, end, put.piece(0, max(0, len(put.text) - pick.choice([0, 1]))))])
    return flat


def long_text(pick: random.Random, length: int, words: list[str]) -> Flat:
    parts: list[str] = []
    size = 0
    while size < length:
        parts.append(pick.choice(words) + pick.choice(["", "", "", ",", "."]) + pick.choice([" "] * 30 + ["\n\n"]))
        size += len(parts[-1])
    return Flat.of_notation("".join(parts)[:length])


def rewritten(pick: random.Random, flat: Flat, edits: int) -> Flat:
    """The text with words taken out, put in, changed and repeated."""
    words = flat.notation().split(" ")
    for _edit in range(edits):
        place = pick.randrange(len(words))
        words[place] = pick.choice(["", pick.choice(WORDS), f"{words[place]} {words[place]}", f"uusi {words[place]}"])
    return Flat.of_notation(" ".join(words))

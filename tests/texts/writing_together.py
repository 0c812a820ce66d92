"""A writer and two editors at work on one text, every letter of which is known by its own number.

The numbers tell where words really are after any edits; the product has only the words. Nothing of the product's
comparing or following is used here.
"""

import random
from dataclasses import dataclass, field
from itertools import count

from texts import Flat, Mark

VOCABULARY = (
    "ja on ei se kun me työ arki toivo sana tuki aika kunta perhe asiakas luottamus yhteisö kohtaaminen oikeus raha"
).split()


@dataclass(frozen=True)
class Letter:
    sign: str
    number: int
    is_bold: bool = False


SPACE = Letter(" ", 0)
Word = list[Letter]


@dataclass
class Paragraph:
    words: list[Word]
    kind: str = "p"


@dataclass
class Page:
    """The text as its letters are."""

    pick: random.Random
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    paragraphs: list[Paragraph] = field(default_factory=list)

    def copy(self) -> "Page":
        own = [Paragraph([[*word] for word in each.words], each.kind) for each in self.paragraphs]
        return Page(self.pick, self.numbers, own)

    def word(self, text: str) -> Word:
        return [Letter(sign, next(self.numbers)) for sign in text]

    def some_words(self, most: int) -> list[Word]:
        return [self.word(self.pick.choice(VOCABULARY)) for _word in range(self.pick.randint(1, most))]

    def letters(self) -> list[Letter]:
        """As many as the flat text has characters."""
        result: list[Letter] = []
        for paragraph in self.paragraphs:
            for word in paragraph.words:
                result += [*word, SPACE]
            result[-1:] = [Letter("\n", 0)]
        return result

    def flat(self) -> Flat:
        letters = self.letters()
        marks = tuple(Mark(place, place + 1, "strong") for place, letter in enumerate(letters) if letter.is_bold)
        text = "".join(letter.sign for letter in letters)
        return Flat(text, tuple(paragraph.kind for paragraph in self.paragraphs), marks).normal()

    def replace(self, start: int, end: int, put: str) -> None:
        """Characters of the flat text replaced with new ones: how an accepted change acts."""
        letters = self.letters()
        letters[start:end] = [Letter(sign, next(self.numbers)) for sign in put]
        kinds = iter([paragraph.kind for paragraph in self.paragraphs])
        self.paragraphs = []
        words: list[Word] = [[]]
        for letter in [*letters, Letter("\n", 0)]:
            if letter.sign in " \n":
                words.append([])
            else:
                words[-1].append(letter)
            if letter.sign == "\n":
                if any(words):
                    self.paragraphs.append(Paragraph([word for word in words if word], next(kinds, "p")))
                words = [[]]

    def tidy(self) -> None:
        for paragraph in self.paragraphs:
            paragraph.words = [word for word in paragraph.words if word]
        self.paragraphs = [paragraph for paragraph in self.paragraphs if paragraph.words]


class Writer:
    """Edits of every sort, one at a time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pick = page.pick

    def edit(self) -> None:
        page = self.page
        if not page.paragraphs:
            page.paragraphs.append(Paragraph(page.some_words(6)))
        paragraph = self.pick.choice(page.paragraphs)
        at = self.pick.randrange(len(paragraph.words))
        getattr(self, self.pick.choice(EDITS))(paragraph, at)
        page.tidy()

    def insert(self, paragraph: Paragraph, at: int) -> None:
        at += self.pick.randint(0, 1)
        paragraph.words[at:at] = self.page.some_words(3)

    def delete(self, paragraph: Paragraph, at: int) -> None:
        del paragraph.words[at : at + self.pick.randint(1, 3)]

    def replace(self, paragraph: Paragraph, at: int) -> None:
        paragraph.words[at : at + self.pick.randint(1, 2)] = self.page.some_words(2)

    def move(self, paragraph: Paragraph, at: int) -> None:
        words = paragraph.words[at : at + self.pick.randint(1, 4)]
        del paragraph.words[at : at + len(words)]
        target = self.pick.choice(self.page.paragraphs)
        to = self.pick.randint(0, len(target.words))
        target.words[to:to] = words

    def move_paragraph(self, paragraph: Paragraph, at: int) -> None:
        self.page.paragraphs.remove(paragraph)
        self.page.paragraphs.insert(self.pick.randint(0, len(self.page.paragraphs)), paragraph)

    def repeat_next_door(self, paragraph: Paragraph, at: int) -> None:
        """A copy of words right beside them; which of the two are the old ones only their numbers tell."""
        words = paragraph.words[at : at + self.pick.choice([1, 1, 1, 2, 3])]
        to = self.pick.choice([at, at + len(words)])
        paragraph.words[to:to] = [self.copy(word) for word in words]

    def repeat_elsewhere(self, paragraph: Paragraph, at: int) -> None:
        words = [self.copy(word) for word in paragraph.words[at : at + self.pick.randint(1, 3)]]
        target = self.pick.choice(self.page.paragraphs)
        to = self.pick.randint(0, len(target.words))
        target.words[to:to] = words

    def type_again(self, paragraph: Paragraph, at: int) -> None:
        paragraph.words[at] = self.copy(paragraph.words[at])

    def copy(self, word: Word) -> Word:
        return self.page.word("".join(letter.sign for letter in word))

    def misspell(self, paragraph: Paragraph, at: int) -> None:
        word = paragraph.words[at]
        place = self.pick.randrange(len(word))
        if self.pick.random() < 0.5:
            del word[place]
        else:
            word[place:place] = self.page.word(self.pick.choice("aeinst"))

    def punctuate(self, paragraph: Paragraph, at: int) -> None:
        word = paragraph.words[at]
        if word[-1].sign in ",.!":
            del word[-1]
        else:
            word += self.page.word(self.pick.choice(",.!"))

    def split(self, paragraph: Paragraph, at: int) -> None:
        rest = Paragraph(paragraph.words[at:], paragraph.kind)
        del paragraph.words[at:]
        self.page.paragraphs.insert(self.page.paragraphs.index(paragraph) + 1, rest)

    def join(self, paragraph: Paragraph, at: int) -> None:
        place = self.page.paragraphs.index(paragraph)
        if place:
            self.page.paragraphs[place - 1].words += paragraph.words
            self.page.paragraphs.remove(paragraph)

    def embolden(self, paragraph: Paragraph, at: int) -> None:
        for number in range(at, min(len(paragraph.words), at + 2)):
            word = paragraph.words[number]
            paragraph.words[number] = [Letter(each.sign, each.number, not each.is_bold) for each in word]

    def change_kind(self, paragraph: Paragraph, at: int) -> None:
        paragraph.kind = self.pick.choice(["p", "h2", "ul", "quote"])

    def new_paragraph(self, paragraph: Paragraph, at: int) -> None:
        place = self.pick.randint(0, len(self.page.paragraphs))
        self.page.paragraphs.insert(place, Paragraph(self.page.some_words(8)))

    def delete_paragraph(self, paragraph: Paragraph, at: int) -> None:
        self.page.paragraphs.remove(paragraph)


EDITS = [
    *["insert", "delete", "replace", "repeat_next_door", "misspell"] * 3,
    *["move", "punctuate", "split", "join", "embolden", "type_again", "repeat_elsewhere"] * 2,
    *["change_kind", "move_paragraph", "new_paragraph", "delete_paragraph"],
]


def stands_where_it_stood(old: list[Letter], was: tuple[int, int], new: list[Letter], now: tuple[int, int]) -> bool:
    """Whether a range of the new text is the place that a range of the old one meant.

    The very letters are there. Only where they no longer stand side by side (something was typed between them, some
    were typed again) may the same signs stand for them: with some of the letters still in their places, beside a letter
    that was the neighbour before, in the stretch that was typed again, or with the same signs up to the very same
    letters on both sides.
    """
    meant = [letter.number for letter in old[was[0] : was[1]] if letter.number]
    found = [letter.number for letter in new[now[0] : now[1]] if letter.number]
    if signs(old, *was) != signs(new, *now):
        return False
    if meant and meant == found:
        return True
    left, right = zip(neighbours(old, was), neighbours(new, now), strict=True)
    is_beside = left[0] == left[1] or right[0] == right[1]
    numbers = [letter.number for letter in new if letter.number]
    if not meant and is_beside:
        return True
    at = numbers.index(meant[0]) if meant and meant[0] in numbers else 0
    is_whole = numbers[at : at + len(meant)] == meant
    if not is_whole and (is_beside or any(one == other for one, other in zip(meant, found, strict=True))):
        return True
    if not {*meant} & {*numbers} and _is_between(old, was, new, now):
        return True
    return _meets(old, was[0] - 1, new, now[0] - 1, -1) and _meets(old, was[1], new, now[1], 1)


def signs(letters: list[Letter], start: int, end: int) -> str:
    return "".join(letter.sign for letter in letters[start:end])


def neighbours(letters: list[Letter], place: tuple[int, int]) -> tuple[int, int]:
    """The numbers of the letters before and after a range; a number below zero where the text begins or ends."""
    before = next((letter.number for letter in reversed(letters[: place[0]]) if letter.number), -1)
    after = next((letter.number for letter in letters[place[1] :] if letter.number), -2)
    return before, after


def _is_between(old: list[Letter], was: tuple[int, int], new: list[Letter], now: tuple[int, int]) -> bool:
    """Whether a range stands where all letters were typed again: between the nearest that are still there."""
    place = {letter.number: at for at, letter in enumerate(new) if letter.number}
    before = next((place[letter.number] for letter in reversed(old[: was[0]]) if letter.number in place), -1)
    after = next((place[letter.number] for letter in old[was[1] :] if letter.number in place), len(new))
    return before < now[0] and now[1] <= after


def _meets(old: list[Letter], at: int, new: list[Letter], to: int, step: int) -> bool:
    """Whether, going over the same signs, one comes to the very same letter or to the end of both texts."""
    while 0 <= at < len(old) and 0 <= to < len(new):
        if old[at].number and old[at].number == new[to].number:
            return True
        if old[at].sign.strip() != new[to].sign.strip():
            return False
        at, to = at + step, to + step
    return not (0 <= at < len(old)) and not (0 <= to < len(new))

"""What a screen reader says on the way through a page, from the first line to the last.

The virtual screen reader (virtual-screen-reader.js) reads as the ARIA specifications tell; it is none of those that
people use. What editors have written is read as "…": a transcript is about the page, not about its content.
"""

import re
from pathlib import Path

from tests.journeys.browsing import Window

READER = Path(__file__).with_name("virtual-screen-reader.js").read_text()
LONGEST_RUN = 12
# What a person moves by: landmarks, headings, links, fields, buttons, tables, pictures, messages.
KEPT = re.compile(
    r"(banner|navigation|main|complementary|contentinfo|region|search|form|article|heading|link|button|textbox|searchbox"
    r"|checkbox|radio|combobox|table|columnheader|rowheader|caption|image|figure|status|alert|video"
    r"|group, |list, )"
)
# Days, months and numbers change with the day of the visit and with the content.
CHANGING = [
    (re.compile(r"^(image|link), .+, (ei kumppaneita|\d+ kumppania?)$"), "image or link, ‹alue, kumppaneita›"),
    (
        re.compile(r"\b(tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(n|ssa|ta)?\b", re.I),
        "‹kuu›",
    ),
    (re.compile(r"\d+([.:,–-]\d+)*\.?"), "‹n›"),
]
STATES = re.compile(r", (level|position|set size) \d.*$")


def transcript(window: Window) -> str:
    """The page as it is now, a line for each thing that a person moves by. Changes the page: look at it no more."""
    phrases = list(window.page.evaluate(READ, [READER, AUTHORED]))
    return "\n".join(_without_repeats([_steady(each) for each in phrases if KEPT.match(each)])) + "\n"


def _steady(phrase: str) -> str:
    """The phrase without what changes from day to day; levels stay, places in a list go."""
    phrase = phrase.replace("\xad", "").replace("\xa0", " ")
    name, states = phrase, ""
    if found := STATES.search(phrase):
        name, states = phrase[: found.start()], re.sub(r", (position|set size) \d+", "", found.group())
    for pattern, sign in CHANGING:
        name = pattern.sub(sign, name)
    return name + states


def _without_repeats(lines: list[str]) -> list[str]:
    """Each run of lines that comes again at once is said only once: a list is as long as its content."""
    for length in range(LONGEST_RUN, 0, -1):
        place = 0
        while place + 2 * length <= len(lines):
            if lines[place : place + length] == lines[place + length : place + 2 * length]:
                del lines[place : place + length]
            else:
                place += 1
    return lines


# Texts of editors: names of pages, bodies, questions, and links to pages below the sections.
AUTHORED = ", ".join(
    [
        "main h1",
        ".crumbs li:nth-child(n+3)",
        "main .prose :is(p, li, h2, h3, th, td, dt, dd):not(.quiz *, .term *, .task__kind)",
        "main .prose :is(figcaption, caption, summary):not(.quiz *)",
        "main .quiz :is(legend, .quiz__prompt, .choice > span > span:first-child, .quiz__pair > label)",
        "main .quiz__answer :is(p > span, li)",
        "main .quiz option:not([value=''])",
        "main :is(.lesson__toc a, .steps-nav b, .lesson__rail h2 span, .list a, dd a, a[href^='mailto:'])",
        "main a[data-content]",
        "main :is(h2, h3, h4):has(a[data-content])",
    ]
)
# A closed fold is neither shown nor read, its summary is a button, and a field for a password is a text box: what
# browsers tell without being told, and the reader does not know.
READ = """
async ([source, authored]) => {
  for (const each of document.querySelectorAll("details")) {
    const summary = each.querySelector("summary");
    summary.setAttribute("role", "button");
    summary.setAttribute("aria-expanded", each.open);
    for (const other of each.children) {
      if (!other.checkVisibility()) other.setAttribute("aria-hidden", "true");
    }
  }
  for (const each of document.querySelectorAll("[type=password]")) each.setAttribute("role", "textbox");
  for (const each of document.querySelectorAll("svg text")) each.setAttribute("aria-hidden", "true");
  for (const each of document.querySelectorAll("main a[href^='/']")) {
    const steps = each.getAttribute("href").replace(/[?#].*/, "").split("/").filter(Boolean);
    if (steps.length > 1 && !each.closest(".button, .pager, .steps-nav, .lesson__rail h2")) each.dataset.content = "";
  }
  for (const each of document.querySelectorAll(".prose img:not([alt=''])")) each.alt = "…";
  for (const each of document.querySelectorAll(authored)) {
    const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
    let said = false;
    while (texts.nextNode()) {
      if (!texts.currentNode.data.trim()) continue;
      texts.currentNode.data = said ? "" : "…";
      said = true;
    }
  }
  const { virtual } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  await virtual.start({ container: document.body });
  const phrases = [];
  for (let phrase = ""; phrase !== "end of document"; phrase = await virtual.lastSpokenPhrase()) {
    phrases.push(phrase);
    await virtual.next();
  }
  await virtual.stop();
  return phrases;
}
"""

"""What a crawler's tests ask of a page, read from it once."""

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

DATA = {"application/ld+json", "application/json"}


@dataclass(frozen=True)
class Reference:
    """A link of the page's own part, and the languages that it or what is around or within it names."""

    href: str
    text: str
    languages: frozenset[str]


@dataclass(frozen=True)
class Content:
    """A page in facts."""

    language: str = ""
    title: str = ""
    description: str = ""
    canonical: str = ""
    is_closed: bool = False
    """Whether search engines are told to leave the page out."""
    alternates: dict[str, str] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    headings: tuple[int, ...] = ()
    """The levels, in order."""
    bare_images: tuple[str, ...] = ()
    """The images without a text or a size."""
    inline: tuple[str, ...] = ()
    """Scripts, handlers and styles within the page."""
    references: tuple[Reference, ...] = ()


def read(soup: BeautifulSoup) -> Content:
    html = soup.find("html")
    canonical = soup.find("link", rel="canonical")
    alternates = soup.find_all("link", rel="alternate", hreflang=True)
    return Content(
        language=str(html.get("lang")) if isinstance(html, Tag) else "",
        title=soup.title.get_text() if soup.title else "",
        description=_meta(soup, "description"),
        canonical=str(canonical.get("href")) if isinstance(canonical, Tag) else "",
        is_closed="noindex" in _meta(soup, "robots"),
        alternates={str(tag["hreflang"]): str(tag["href"]) for tag in alternates},
        ids=tuple(str(tag["id"]) for tag in soup.find_all(id=True)),
        headings=tuple(int(tag.name[1]) for tag in soup.find_all(re.compile(r"^h[1-6]$"))),
        bare_images=tuple(
            str(image.get("src"))
            for image in soup.find_all("img")
            if not (image.has_attr("alt") and image.has_attr("width") and image.has_attr("height"))
        ),
        inline=tuple(told for tag in soup.find_all(True) if (told := _inline(tag))),
        references=tuple(_reference(link) for main in soup.find_all("main") for link in main.find_all("a", href=True)),
    )


def _meta(soup: BeautifulSoup, name: str) -> str:
    tag = soup.find("meta", attrs={"name": name})
    return str(tag.get("content")) if isinstance(tag, Tag) else ""


def _inline(tag: Tag) -> str:
    handlers = [name for name in tag.attrs if name == "style" or name.startswith("on")]
    runs = tag.name == "script" and not tag.get("src") and tag.get("type") not in DATA
    return f"{tag.name} {handlers}" if handlers or tag.name == "style" or runs else ""


def _reference(link: Tag) -> Reference:
    # What the root says is the language of the page itself.
    above = [tag.get("lang") for tag in link.parents if tag.name != "html"]
    said = [link.get("hreflang"), link.get("lang"), *above, *(tag["lang"] for tag in link.find_all(lang=True))]
    return Reference(str(link["href"]), link.get_text().strip(), frozenset(str(each) for each in said if each))


NOTHING = Content()

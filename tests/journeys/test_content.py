"""What the crawl's tests ask of a page is read from it, the faults too."""

from bs4 import BeautifulSoup

from tests.journeys.content import read

PAGE = """<!DOCTYPE html><html lang="fi"><head><title>Otsikko</title>
<meta name="description" content="Kuvaus"><meta name="robots" content="noindex, follow">
<link rel="canonical" href="https://a.example/x/"><link rel="alternate" hreflang="sv" href="https://a.example/sv/x/">
<style>p {}</style><script>go()</script><script src="/a.js"></script>
<script type="application/ld+json">{}</script></head>
<body><a href="/outside/">x</a><main><h1 id="a">x</h1><h3 id="a" onclick="go()">y</h3><p style="color: red">z</p>
<img src="/whole.png" alt="" width="1" height="1"><img src="/bare.png" alt="">
<a href="/1/">none</a><a href="/2/" hreflang="sv">own</a><a href="/3/"><span lang="en">within</span></a>
<ul lang="sv"><li><a href="/4/" lang="en">above</a></li></ul></main></body></html>"""


def test_everything_is_read() -> None:
    found = read(BeautifulSoup(PAGE, "html.parser"))
    assert (found.language, found.title, found.description) == ("fi", "Otsikko", "Kuvaus")
    assert found.canonical == "https://a.example/x/"
    assert found.is_closed
    assert found.alternates == {"sv": "https://a.example/sv/x/"}
    assert found.ids == ("a", "a")
    assert found.headings == (1, 3)
    assert found.bare_images == ("/bare.png",)
    assert found.inline == ("style []", "script []", "h3 ['onclick']", "p ['style']")
    assert [(link.href, set(link.languages)) for link in found.references] == [
        ("/1/", set()),
        ("/2/", {"sv"}),
        ("/3/", {"en"}),
        ("/4/", {"en", "sv"}),
    ]


def test_an_empty_page_has_nothing() -> None:
    found = read(BeautifulSoup("", "html.parser"))
    assert not any([found.language, found.title, found.canonical, found.is_closed, found.ids, found.references])

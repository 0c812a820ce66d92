"""What comes from Word, Teams, Google Docs and plain text comes clean: words, blocks, lists, links, emphasis."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.texts.editor.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
NOTHING: dict[str, Any] = {"text": "", "blocks": [], "marks": [], "changes": []}

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal { margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif; } --></style></head>
<body lang=FI style='tab-interval:65.2pt'><!--StartFragment-->
<h1><span lang=FI style='mso-fareast-font-family:"Times New Roman"'>Odotusaika on rakenne<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=FI style='color:#1F4E79;mso-themecolor:accent1'>Kun kysyn,
<b style='mso-bidi-font-weight:normal'>mikä auttaisi</b>, vastaus on <i>harvoin</i> palvelu.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
lang=FI style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span
lang=FI>päivä, jona apua pyydettiin<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>päivä, jona apu alkoi<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span>Laske väli.</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Kunta</p></td>
<td><p class=MsoNormal>Viikkoja</p></td></tr>
<tr><td><p class=MsoNormal>Keksitty</p></td><td><p class=MsoNormal>6</p></td></tr></table>
<p class=MsoNormal><img width=300 src="file:///C:/Users/x/clip_image001.png"><a
href="https://www.example.org/jonot"><span style='color:blue'>Lue lisää</span></a>
<a href="javascript:alert(1)">täältä</a>.</p><!--EndFragment--></body></html>"""

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-4c1b2f3a">
<h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:400">Väliotsikko</span></h2>
<p dir="ltr"><span style="font-weight:400;font-style:normal">Tavallista ja </span><span
style="font-weight:700">lihavaa</span><span style="font-weight:400;font-style:italic"> ja vinoa</span></p>
<ol style="margin-top:0"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span
 style="font-weight:400">ensin</span></p></li>
<li dir="ltr"><p dir="ltr"><span style="font-weight:400">sitten</span></p></li></ol><br
class="Apple-interchange-newline"></b>"""

TEAMS = """<html><body><!--StartFragment--><div data-tid="messageBodyContent"><div>Hei,<br><br>tässä teksti:&nbsp;</div>
<blockquote itemscope itemtype="http://schema.skype.com/Reply"><p>Jono on päätös.</p></blockquote>
<ul><li>yksi<ul><li>sisempi</li></ul></li></ul><div><img itemtype="http://schema.skype.com/Emoji" alt="🙂"></div></div>
<script>alert(1)</script><!--EndFragment--></body></html>"""


@pytest.fixture
def own(desk: Callable[..., Desk]) -> Desk:
    window = desk()
    window.open(flat=NOTHING)
    window.text.click()
    return window


def blocks(own: Desk) -> list[tuple[str, str]]:
    sent = own.value()
    return list(zip(sent["blocks"], sent["text"].split("\n"), strict=False))


def marked(own: Desk) -> list[tuple[str, ...]]:
    sent = own.value()
    return [(sent["text"][start:end], *rest) for start, end, *rest in sent["marks"]]


def test_from_word(own: Desk) -> None:
    own.paste(WORD)
    assert blocks(own) == [
        ("h2", "Odotusaika on rakenne"),
        ("p", "Kun kysyn, mikä auttaisi, vastaus on harvoin palvelu."),
        ("ul", "päivä, jona apua pyydettiin"),
        ("ul", "päivä, jona apu alkoi"),
        ("ol", "Laske väli."),
        ("p", "Kunta Viikkoja"),
        ("p", "Keksitty 6"),
        ("p", "Lue lisää täältä."),
    ]
    assert marked(own) == [
        ("mikä auttaisi", "strong"),
        ("harvoin", "em"),
        ("Lue lisää", "a", "https://www.example.org/jonot"),
    ]
    assert own.heard() == "A picture was left out: the body holds words alone."
    assert own.text.locator("[style], [class^=Mso], img:not(.ProseMirror-separator), table").count() == 0


def test_from_google_docs(own: Desk) -> None:
    own.paste(DOCS)
    assert blocks(own) == [
        ("h2", "Väliotsikko"),
        ("p", "Tavallista ja lihavaa ja vinoa"),
        ("ol", "ensin"),
        ("ol", "sitten"),
    ]
    assert marked(own) == [("lihavaa", "strong"), (" ja vinoa", "em")]


def test_from_teams(own: Desk) -> None:
    own.paste(TEAMS)
    assert blocks(own) == [
        ("p", "Hei,"),
        ("p", "tässä teksti:"),
        ("quote", "Jono on päätös."),
        ("ul", "yksi"),
        ("ul", "sisempi"),
    ]


def test_plain_text_keeps_its_paragraphs(own: Desk) -> None:
    own.paste(text="Ensimmäinen\r\nsama kappale.\r\n\r\nToinen   kappale.\r\n")
    assert blocks(own) == [("p", "Ensimmäinen\u2028sama kappale."), ("p", "Toinen kappale.")]
    own.page.keyboard.press("Control+a")
    own.settle()
    own.paste(text="Yksi rivi\nToinen rivi")
    assert blocks(own) == [("p", "Yksi rivi"), ("p", "Toinen rivi")]


def test_words_flow_into_the_paragraph_that_they_are_pasted_into(own: Desk) -> None:
    own.page.keyboard.type("## alku loppu")
    own.caret("alku")
    own.paste("<p>ja <b>keskellä</b></p>")
    assert blocks(own) == [("h2", "alkuja keskellä loppu")]


def test_what_is_copied_here_is_pasted_as_it_was(desk: Callable[..., Desk]) -> None:
    own = desk()
    flat: dict[str, Any] = {
        "text": "Otsikko\nyksi\nkaksi\n",
        "blocks": ["h2", "ul", "ul"],
        "marks": [[0, 3, "strong"]],
        "changes": [],
    }
    page = own.open(flat=flat)
    copied = page.evaluate(
        """() => { const data = new DataTransfer(), body = document.querySelector(".editor__body");
        body.focus(); getSelection().selectAllChildren(body); document.dispatchEvent(new Event("selectionchange"));
        body.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
        return data.getData("text/html"); }"""
    )
    own.text.press("Control+End")
    own.settle()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    own.paste(copied)
    sent = own.value()
    assert (sent["text"], sent["blocks"]) == (flat["text"] * 2, ["h2", "ul", "ul"] * 2)
    assert sent["marks"] == [[0, 3, "strong"], [19, 22, "strong"]]


def test_what_is_pasted_while_suggesting_is_a_suggestion(desk: Callable[..., Desk]) -> None:
    own = desk()
    own.open("ehdota", flat={"text": "Alku loppu.\n", "blocks": ["p"], "marks": [], "changes": []})
    own.caret("Alku")
    own.paste("<p>, sitten</p>")
    sent = own.value()
    assert sent["text"] == "Alku loppu.\n"
    assert [(each["start"], each["end"], each["with"]["text"]) for each in sent["changes"]] == [(4, 4, ", sitten")]

"""What the content blocks become on a page."""

from typing import Any

import pytest
from django.template import Context, Template
from wagtail.images.tests.utils import get_test_image_file

from common.models import SiteDocument, SiteImage
from vocabulary.blocks import ContentWithTerms
from vocabulary.models import GlossaryTerm

pytestmark = pytest.mark.django_db


def shown(*blocks: tuple[str, Any]) -> str:
    raw = [{"type": kind, "value": value, "id": f"b{number}"} for number, (kind, value) in enumerate(blocks)]
    body = ContentWithTerms().to_python(raw)
    return Template("{% stream body %}").render(Context({"body": body}))


def test_contents_link_to_the_ids_that_the_text_gets() -> None:
    raw = [{"type": "text", "value": "<h2>Yksi</h2>", "id": str(number)} for number in range(2)]
    body = ContentWithTerms().to_python(raw)
    source = "{% stream_headings body as h %}{% for x in h %}#{{ x.id }} {% endfor %}{% stream body %}"
    html = Template(source).render(Context({"body": body}))
    assert html.startswith("#yksi #yksi-2 ")
    assert '<h2 id="yksi">' in html
    assert '<h2 id="yksi-2">' in html


def test_rich_text_links_lead_to_the_page() -> None:
    assert 'href="https://example.org/"' in shown(("text", '<p><a href="https://example.org/">x</a></p>'))


def test_table_has_caption_header_cells_and_a_reachable_region() -> None:
    table = {
        "columns": [{"type": "text", "heading": "Lähde"}, {"type": "text", "heading": "Kertoo"}],
        "rows": [{"values": ["<p>Palaute</p>", "<p>Kohtaamisen</p>"]}],
        "caption": "",
    }
    html = shown(("table", {"caption": "Lähteet", "first_column_is_header": True, "table": table}))
    assert 'role="region" aria-labelledby="t-b0" tabindex="0"' in html
    assert '<caption id="t-b0">Lähteet</caption>' in html
    assert '<th scope="col">Kertoo</th>' in html
    assert '<th scope="row"><p>Palaute</p></th>' in html
    assert '<td data-label="Kertoo">' in html


def test_table_without_row_names_has_only_data_cells() -> None:
    table = {"columns": [{"type": "text", "heading": "A"}], "rows": [{"values": ["<p>1</p>"]}], "caption": ""}
    html = shown(("table", {"caption": "T", "first_column_is_header": False, "table": table}))
    assert '<th scope="row">' not in html


def test_accordion_opens_one_at_a_time_without_script() -> None:
    items = [{"type": "item", "value": {"title": "T", "text": "<p>x</p>"}, "id": "i"}] * 2
    html = shown(("accordion", {"items": items}))
    assert html.count('<details class="details" name="a-b0"><summary>T</summary>') == 2


@pytest.mark.parametrize("kind", ["example", "note", "remember", "warning"])
def test_callout_says_its_kind_in_words(kind: str) -> None:
    html = shown(("callout", {"kind": kind, "title": "Alle viisi", "text": "<p>x</p>"}))
    assert f"callout--{kind}" in html
    assert '<span class="callout__kind">' in html
    assert '<span class="callout__kind"></span>' not in html


def test_quote_names_whose_words_they_are() -> None:
    html = shown(("quote", {"text": "Sana <i>", "source": "Kokemusasiantuntija"}))
    assert "Sana &lt;i&gt;" in html
    assert "<figcaption>Kokemusasiantuntija</figcaption>" in html


def test_task_tells_its_minutes() -> None:
    assert "15" in shown(("task", {"title": "Kokeile", "minutes": 15, "text": "<p>x</p>"}))


def test_video_elsewhere_is_a_link_and_loads_nothing() -> None:
    html = shown(("outside_video", {"title": "V", "url": "https://www.example.org/v", "summary": "<p>s</p>"}))
    assert 'href="https://www.example.org/v"' in html
    assert "example.org" in html.split("linked__meta")[1]
    assert not {"<iframe", "<img", "<video"} & {tag for tag in ("<iframe", "<img", "<video") if tag in html}


def test_figure_is_responsive_and_keeps_its_text_alternative() -> None:
    image = SiteImage.objects.create(title="K", file=get_test_image_file(size=(1200, 800)), credit="Kuvaaja")
    html = shown(("figure", {"image": image.pk, "alt": "Kaksi ihmistä", "caption": "Kuva", "credit": ""}))
    assert 'alt="Kaksi ihmistä"' in html
    assert 'type="image/avif"' in html
    assert 'width="' in html and 'height="' in html
    assert "Kuvaaja" in html


def test_file_tells_kind_and_size() -> None:
    document = SiteDocument.objects.create(title="Opas", file=get_test_image_file("opas.pdf"), file_size=340_000)
    html = shown(("file", {"document": document.pk, "text": ""}))
    assert ">Opas</a>" in html
    assert "PDF" in html
    assert "340" in html


def test_video_has_captions_and_a_transcript() -> None:
    video = SiteDocument.objects.create(title="V", file=get_test_image_file("v.mp4"))
    captions = SiteDocument.objects.create(title="C", file=get_test_image_file("v.vtt"), language="fi")
    value = {"title": "V", "video": video.pk, "captions": captions.pk, "poster": None, "duration": "8 min"}
    html = shown(("video", {**value, "transcript": "<p>Puhetta</p>"}))
    assert 'preload="metadata"' in html
    assert 'kind="captions"' in html and 'srclang="fi"' in html
    assert "Puhetta" in html
    assert "autoplay" not in html


def test_term_gives_the_definition() -> None:
    term = GlossaryTerm.objects.create(code="ilmio-t", name_fi="Ilmiö", definition_fi="Toistuva tilanne.")
    html = shown(("term", term.pk))
    assert "<dt><dfn>Ilmiö</dfn></dt><dd>Toistuva tilanne.</dd>" in html

"""The table of contents of a theme leads to every section, and only to those that are there."""

import re

import pytest
from django.test import Client

from tests.factories import pages as make

pytestmark = pytest.mark.django_db


def test_the_contents_name_the_sections_in_the_order_of_the_page(client: Client) -> None:
    text = [("text", "<h2>Ensimmäinen</h2><p>a</p><h3>Pienempi</h3><p>b</p><h2>Aineistot</h2><p>c</p>")]
    theme = make.theme(aims=[("line", "Tavoite")], body=text, task_text="<p>Kokeile tätä.</p>")
    html = client.get(theme.url).content.decode()
    contents = html[html.index('class="fold toc"') : html.index("</details>")]
    named = re.findall(r'href="#([^"]+)"', contents)
    assert named == ["tavoitteet", "ensimmainen", "aineistot-2", "kokeile"]
    assert named == [
        name for name in re.findall(r'<h2 id="([^"]+)"', html[html.index("</details>") :]) if name in named
    ]


def test_a_theme_of_one_section_needs_no_contents(client: Client) -> None:
    theme = make.theme(body=[("text", "<p>Vain tekstiä.</p>")])
    assert "fold toc" not in client.get(theme.url).content.decode()

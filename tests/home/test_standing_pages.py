"""Standing pages and the accessibility statement."""

import json

import pytest
from django.test import Client

from home.models import AccessibilityStatementPage, HomePage, StandardPage

pytestmark = pytest.mark.django_db

SHORTCOMING = {"what": "Vanhat pdf-tiedostot", "why": "Niissä ei ole tunnisteita", "when": "31.3.2027 mennessä"}


@pytest.fixture
def home() -> HomePage:
    page: HomePage = HomePage.objects.get(locale__language_code="en")
    return page


def test_a_standing_page_lists_its_headings(client: Client, home: HomePage) -> None:
    body = [{"type": "text", "value": "<h2>First thing</h2><p>x</p><h2>Second thing</h2>"}]
    home.add_child(instance=StandardPage(title="About", locale=home.locale, body=json.dumps(body)))
    html = client.get("/en/about/").content.decode()
    assert '<a href="#first-thing">First thing</a>' in html
    assert '<h2 id="second-thing">' in html
    assert "<title>About – Osaamisverkosto</title>" in html


def test_crumbs_lead_home_and_end_here(client: Client, home: HomePage) -> None:
    home.add_child(instance=StandardPage(title="About", locale=home.locale))
    crumbs = client.get("/en/about/").content.decode().split('class="crumbs')[1].split("</nav>")[0]
    assert 'href="/en/"' in crumbs
    assert '<li aria-current="page">About</li>' in crumbs


@pytest.mark.parametrize(
    ("status", "said"), [("full", "meets the requirements fully"), ("partial", "partly"), ("not", "does not meet")]
)
def test_statement_says_every_mandatory_part(client: Client, home: HomePage, status: str, said: str) -> None:
    home.add_child(
        instance=AccessibilityStatementPage(
            title="Accessibility",
            locale=home.locale,
            service="Competence Network",
            provider="The Administration",
            standard="EN 301 549 V3.2.1",
            status=status,
            shortcomings=json.dumps([{"type": "shortcoming", "value": SHORTCOMING}]),
            alternative_access="Ask by e-mail.",
            method="self",
            prepared="2026-10-01",
            updated="2026-11-22",
            unit="Accessibility contact",
            feedback_email="access@example.org",
            feedback_days=14,
            supervisor_name="Traficom",
            supervisor_url="https://supervisor.example/",
            supervisor_email="supervisor@example.org",
        )
    )
    html = client.get("/en/accessibility/").content.decode()
    parts = [
        "306/2019", "Competence Network", "The Administration", "EN 301 549 V3.2.1", said, *SHORTCOMING.values(),
        "Ask by e-mail.", "Self-assessment", "1 October 2026", "22 November 2026", "Accessibility contact",
        'href="mailto:access@example.org"', "14 days", "Traficom", 'href="https://supervisor.example/"',
        'href="mailto:supervisor@example.org"',
    ]  # fmt: skip
    assert [part for part in parts if part not in html] == []

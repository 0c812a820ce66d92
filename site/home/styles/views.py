"""The living style page: every component in every state, from the real templates, for those who build the site."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.models import PostPage
from common import languages
from common.permissions import is_staff_member
from home.front import front_page
from home.models import HomePage
from home.styles import samples, tokens
from learning.courses.models import CoursePage
from learning.courses.outline import outline_of
from learning.themes.models import ThemePage
from network.events.models import EventPage
from network.organisations.models import OrganisationPage
from network.organisations.views import directory
from network.resources.models import ResourcePage
from vocabulary.models import GlossaryTerm, TaskArea

FEW = 3
# Templates of templates/components that the page does not show, and why.
NOT_SHOWN = {
    "_alternates.html": "links in the head of pages that exist in several languages",
    "_bare.html": "the frame of pages that stand alone, without a database: the error pages 400 and 500",
    "_list_title.html": "the words of a <title>",
    "_list_description.html": "the words of a meta element",
}


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """The page in the reader's own scheme, or in the one that `?vari=` asks for; 404 to all but staff."""
    _only_staff(request)
    scheme = request.GET.get("vari", "")
    context = {
        "crumbs": HomePage.objects.in_language(languages.current())[:1],
        "crumb_title": _("Styles"),
        "scheme": scheme if scheme in tokens.SCHEMES else "",
        "schemes": [(each, tokens.contrasts(each), tokens.colours(each)) for each in tokens.SCHEMES],
        "sizes": {name: value for name, value in tokens.read()["light"].items() if name.startswith("t-")},
        "spaces": _spaces(),
        "areas": TaskArea.objects.all(),
        "forms": samples.sample_forms(),
        "asking_form": samples.asking_form(),
        "listing": samples.sample_list(request, "tyyppi=1&nimi=sosiaali&page=4"),
        "sample_messages": samples.messages(),
        "contents": samples.contents(),
        "blocks": samples.blocks(),
        "questions": samples.questions(),
        "term": GlossaryTerm.objects.first(),
    }
    return render(request, "home/styles/style_page.html", context | _content(request))


@require_safe
def forced_scheme(request: HttpRequest, scheme: str) -> HttpResponse:
    _only_staff(request)
    return HttpResponse(tokens.forced(scheme), content_type="text/css")


def _only_staff(request: HttpRequest) -> None:
    if not is_staff_member(request.user):
        raise Http404


def _content(request: HttpRequest) -> dict[str, Any]:
    """Cards of each area, from what is published; an area without content shows none."""
    language = languages.current()
    course = CoursePage.objects.in_language(language).for_cards().first()
    return front_page(language) | {
        "cards": {
            "posts": PostPage.objects.in_language(language).for_cards()[:FEW],
            "themes": ThemePage.objects.in_language(language).for_cards()[:FEW],
            "events": EventPage.objects.in_language(language).for_cards()[:FEW],
            "resources": ResourcePage.objects.in_language(language).for_cards()[:FEW],
            "organisations": OrganisationPage.objects.in_language(language).for_cards()[:FEW],
            "course": course,
            "module": outline_of(course).modules[:1] if course else [],
        },
        "map": directory(request)["map"],
    }


def _spaces() -> list[tuple[str, str, int]]:
    """The steps of space as (token, value, pixels)."""
    values = tokens.read()["light"]
    steps = [name for name in values if name[0] == "s" and name[1:].isdigit()]
    return [(name, values[name], round(float(values[name].removesuffix("rem")) * 16)) for name in steps]

"""The figures of the editors' work: how long texts take, how many rounds, how many come out."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.desk.opening import crumbs, for_editors
from blog.submitting.figures import figures as reckon

FIRST_YEAR = 2020


@require_safe
@for_editors
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of the texts that were sent in the year that `vuosi` names, or in this one."""
    this_year = timezone.localdate().year
    asked = request.GET.get("vuosi", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= this_year else this_year
    context = {
        "breadcrumbs_items": crumbs((_("Figures"), "")),
        "header_title": _("Figures of the blog"),
        "header_icon": "history",
        "year": year,
        "years": range(this_year, max(FIRST_YEAR, this_year - 5) - 1, -1),
        "figures": reckon(datetime.date(year, 1, 1), datetime.date(year, 12, 31)),
    }
    return render(request, "blog/desk/figures.html", context)

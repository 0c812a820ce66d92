"""/blogi/kirjoitukseni/: everything that the person has begun or sent."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.models import Submission
from blog.submitting.querysets import for_writer
from blog.writing import standing
from blog.writing.standing import Standing
from blog.writing.views.starting import unfinished_of
from common.listing import Listing
from drafts.opening import keep_private

PER_PAGE = 20


@dataclass(frozen=True)
class Line:
    submission: Submission
    standing: Standing


@require_safe
@login_required
def own_texts(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    listing = Listing(request, for_writer(person), per_page=PER_PAGE)
    context = {
        "listing": listing,
        "lines": [Line(each, standing.short(each)) for each in listing.page],
        "unfinished": unfinished_of(request),
    }
    return keep_private(render(request, "blog/writing/own_texts.html", context))

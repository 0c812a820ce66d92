"""Telling the editors what was looked for in vain."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from common import languages
from common.limits import Limit
from home.waiting import Waiting
from search.forms import WishForm
from search.models import SearchWish
from search.query import LONGEST
from search.tokens import clean

KEPT = datetime.timedelta(days=180)
LIMIT = Limit("wish", most=5, seconds=60 * 60)
TOO_MANY = _("Too many messages have come from your network. Try again in an hour; your text is still here.")


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """The form; what is sent is kept for the editors without a trace of who sent it."""
    if request.method != "POST":
        return _form_page(request, WishForm(initial={"words": clean(request.GET.get("q", ""))[:LONGEST].strip()}))
    form = WishForm(request.POST, instance=SearchWish(language=languages.current()))
    if not form.is_valid():
        return _form_page(request, form, status=400)
    wait = LIMIT.spend(request)
    if wait:
        form.add_error(None, TOO_MANY)
        response = _form_page(request, form, status=429)
        response["Retry-After"] = str(wait)
        return response
    form.save()
    return redirect("search:told")


@csrf_exempt
@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """Thanks, at an address of its own: going back and forth sends nothing twice."""
    return render(request, "search/told.html")


def _form_page(request: HttpRequest, form: WishForm, status: int = 200) -> HttpResponse:
    response = render(request, "search/tell.html", {"form": form}, status=status)
    # It holds the token of the form, and may hold what the visitor wrote.
    patch_cache_control(response, private=True, no_store=True)
    return response


def forget_old() -> bool:
    """Delete wishes that are half a year old."""
    SearchWish.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
    return False


def waiting(user: Any) -> Iterator[Waiting]:
    """The row on the first page of the administration, for those who answer the wishes."""
    if not user.has_perm("search.change_searchwish"):
        return
    left = SearchWish.objects.filter(is_done=False).count()
    text = ngettext("wish of a searcher has not been dealt with", "wishes of searchers have not been dealt with", left)
    yield Waiting(left, text, [], f"{reverse('wagtailsnippets_search_searchwish:list')}?is_done=false")

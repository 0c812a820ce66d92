"""The text that a page of a writer is about, for its writers alone."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from blog.models import Submission
from blog.submitting import permissions
from blog.working.body import words_in
from drafts.opening import keep_private
from drafts.texts import of_post

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Submission, P], HttpResponseBase]


Reads = Callable[[Any, Submission], bool]


def _signed_out(request: HttpRequest, here: str) -> HttpResponse:
    """The session ended while the text was being written, and no script kept it: it is shown to be copied."""
    words = "\n\n".join(part for part in words_in(of_post(request.POST).fields) if part)
    sign_in = f"{reverse('account_login')}?{urlencode({'next': here})}"
    context = {"words": words, "sign_in": sign_in}
    return keep_private(render(request, "blog/writing/signed_out.html", context, status=401))


def of_writer(view: View[P]) -> Callable[Concatenate[HttpRequest, uuid.UUID, P], HttpResponseBase]:
    """For a page of the text's writers: others find nothing there, and who has not signed in is asked to."""
    return _found_for(permissions.is_writer_of, view)


def of_reader(view: View[P]) -> Callable[Concatenate[HttpRequest, uuid.UUID, P], HttpResponseBase]:
    """For a page that editors see too."""
    return _found_for(permissions.may_see, view)


def _found_for(may_read: Reads, view: View[P]) -> Callable[Concatenate[HttpRequest, uuid.UUID, P], HttpResponseBase]:
    def answer(request: HttpRequest, public_id: uuid.UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        here = reverse("blog:own_text", args=[public_id])
        if not request.user.is_authenticated:
            if request.method == "POST" and "body" in request.POST:
                return _signed_out(request, here)
            # What was sent as a form leads to the page where the form is.
            return redirect_to_login(request.get_full_path() if request.method in {"GET", "HEAD"} else here)
        submission = Submission.objects.select_related("channel", "editor", "page").filter(public_id=public_id).first()
        if submission is None or not may_read(request.user, submission):
            raise Http404
        response: Any = view(request, submission, *args, **kwargs)
        return keep_private(response) if isinstance(response, HttpResponse) else response

    return cast("Callable[Concatenate[HttpRequest, uuid.UUID, P], HttpResponseBase]", wraps(view)(answer))

"""/blogi/vahvista/<token>/: the link of the letter. Opening it changes nothing, since programs open links too."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.submitting import errors, links, services
from blog.submitting.versions import latest_of
from common.errors import Refused
from drafts.opening import keep_private


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to confirm; POST sends the text to the editors. A new account is signed in: the address was its key."""
    user: Any = request.user if request.user.is_authenticated else None
    try:
        if request.method == "POST":
            return _confirmed(request, services.confirm(token=token, user=user))
        submission = links.unconfirmed(token)
    except errors.SignInFirst as refusal:
        here = reverse("blog:confirm", args=[token])
        sign_in = f"{reverse('account_login')}?{urlencode({'next': here})}"
        return _page(request, {"refusal": refusal, "sign_in": sign_in, "is_other": user is not None}, 403)
    except Refused as refusal:
        return _page(request, {"refusal": refusal}, 410)
    return _page(request, {"submission": submission, "version": latest_of(submission)})


def _confirmed(request: HttpRequest, confirmed: services.Confirmed) -> HttpResponse:
    if confirmed.is_new_account:
        login(request, confirmed.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("The address has been confirmed, and the text is in the editors' queue."))
    address = reverse("blog:own_text", args=[confirmed.submission.public_id])
    return keep_private(redirect(address + ("?uusi=1" if confirmed.is_new_account else "")))


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    # The address is a key, which the site's own policy already keeps from other sites. A stricter one would have the
    # browser send the form without telling where it comes from, and such forms are refused.
    return keep_private(render(request, "blog/writing/confirm.html", context, status=status))

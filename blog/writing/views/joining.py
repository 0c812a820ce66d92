"""Joint authors: …/kirjoittajat/ sends them a link, and /blogi/kirjoittajaksi/<token>/ is where it leads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from blog.models import Submission
from blog.submitting import errors, links, permissions, services
from blog.submitting.states import Act
from blog.submitting.versions import latest_of
from blog.writing.views.finding import of_writer
from common.errors import Refused
from common.limits import Limit
from common.numbers import whole
from drafts.opening import keep_private

methods = require_http_methods(["GET", "HEAD", "POST"])
INVITATIONS = Limit("blog-invitations", most=10, seconds=24 * 60 * 60)


class TooManyInvitations(Refused):
    message = gettext_lazy("You have sent many links today. Send the rest tomorrow.")


@methods
@of_writer
def authors(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """The authors of the text, and the links to those who have no account with it."""
    if not permissions.may(request.user, Act.CHANGE_DETAILS, submission):
        messages.error(request, str(errors.NotYourTurn.message))
        return redirect("blog:own_text", submission.public_id)
    told, refusal = request.POST.get("author", ""), None
    if request.method == "POST":
        try:
            _invite(request, submission, told)
        except Refused as error:
            refusal = error
        else:
            messages.success(request, _("The link has been sent."))
            return redirect("blog:own_text_authors", submission.public_id)
    context = {
        "submission": submission,
        "version": latest_of(submission),
        "authors": submission.authors.select_related("user"),
        "told": told,
        "email": request.POST.get("email", ""),
        "refusal": refusal,
    }
    return render(request, "blog/writing/authors.html", context, status=422 if refusal else 200)


def _invite(request: HttpRequest, submission: Submission, author: str) -> None:
    writer: Any = request.user
    if INVITATIONS.spend_as(f"user {writer.pk}"):
        raise TooManyInvitations
    services.invite(submission=submission, by=writer, author_id=whole(author) or 0, email=request.POST.get("email", ""))


@methods
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Who has signed in becomes the author by POST; others are asked to sign in or to make an account."""
    user: Any = request.user
    refusal = None
    try:
        author = links.joined_by(token)
        if request.method == "POST" and user.is_authenticated:
            submission = services.join(token=token, user=user, consents="consent" in request.POST)
            messages.success(request, _("You are now among the writers of this text."))
            return keep_private(redirect("blog:own_text", submission.public_id))
    except errors.NoConsent as error:
        refusal = error
    except Refused as error:
        return _page(request, {"refusal": error}, 410)
    back = urlencode({"next": reverse("blog:join", args=[token])})
    context = {
        "author": author,
        "version": latest_of(author.submission),
        "sign_in": f"{reverse('account_login')}?{back}",
        "sign_up": f"{reverse('account_signup')}?{back}",
        "no_consent": refusal,
    }
    return _page(request, context, 422 if refusal else 200)


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    # The address is a key, which the site's own policy already keeps from other sites. A stricter one would have the
    # browser send the form without telling where it comes from, and such forms are refused.
    return keep_private(render(request, "blog/writing/join.html", context, status=status))

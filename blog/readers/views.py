"""Thanks and comments. Posts are cached for all readers, so each form is a page of its own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from blog.models import PostPage
from blog.readers import services
from blog.readers.forms import CommentForm
from common.limits import Limit

COMMENTS = Limit("blog-comment", most=5, seconds=60 * 60)
THANKS = Limit("blog-thanks", most=30, seconds=60 * 60)
TOO_MANY = gettext_lazy("Too many comments have come from your network. Try again in an hour; your text is still here.")
COOKIE = "thanked"
YEAR = 365 * 24 * 60 * 60
MOST_REMEMBERED = 50


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, post_id: int) -> HttpResponse:
    """Write a comment. It is sent to the editors, and shown when they have read it."""
    page = _public_post(request, post_id)
    if not page.takes_comments:
        raise Http404
    if request.method != "POST":
        return _form_page(request, page, CommentForm())
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _form_page(request, page, form, status=400)
    if wait := COMMENTS.spend(request):
        form.add_error(None, TOO_MANY)
        response = _form_page(request, page, form, status=429)
        response["Retry-After"] = str(wait)
        return response
    author = request.user if request.user.is_authenticated else None
    services.comment(page=page, author=author, **form.cleaned_data)
    messages.success(request, _("Thank you. An editor reads the comment before it is shown."))
    return redirect(page.get_url(request))


# The button stands on a page that all readers share, which can hold no token. Nothing is done in anybody's name: the
# worst that another site can do is to thank a writer.
@csrf_exempt
@require_POST
def thank(request: HttpRequest, post_id: int) -> HttpResponse:
    """Thank the writer, once from each browser."""
    page = _public_post(request, post_id)
    thanked = [key for key in request.COOKIES.get(COOKIE, "").split(".") if key.isdigit()]
    response = redirect(f"{page.get_url(request)}#kiitos")
    if str(page.pk) not in thanked and not THANKS.spend(request):
        services.thank(page=page)
        remembered = ".".join([*thanked, str(page.pk)][-MOST_REMEMBERED:])
        response.set_cookie(COOKIE, remembered, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    messages.success(request, _("Thank you. The writer sees how many readers have thanked, but not who."))
    return response


def _public_post(request: HttpRequest, post_id: int) -> PostPage:
    """The post, if everybody may read it."""
    page = PostPage.objects.live().public().filter(pk=post_id).first()
    if page is None:
        raise Http404
    return page


def _form_page(request: HttpRequest, page: PostPage, form: CommentForm, status: int = 200) -> HttpResponse:
    context = {"post": page, "form": form, "crumbs": [*page.crumbs, page]}
    response = render(request, "blog/readers/comment.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response

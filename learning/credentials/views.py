"""Pages of certificates: for anyone who has a code, and for the owner."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from common.errors import Refused
from common.files import file_response, not_now
from common.limits import Limit
from common.typesetting import Busy
from learning.credentials import codes, pdf, services
from learning.credentials.content import said
from learning.credentials.forms import CodeForm, ShownForm
from learning.credentials.models import Certificate
from learning.credentials.permissions import answers_for, owns
from learning.credentials.printed import size
from learning.credentials.snapshots import names_of
from learning.credentials.waiting import last_day_of, waits_for_grade
from learning.study.models import Enrolment

PRIVATE = "private, no-store"
# Enough for an office that checks a pile of certificates, little for who guesses.
LOOK_UPS = Limit("certificates", 30, 60)

View = Callable[..., HttpResponseBase]


def by_code(view: View) -> View:
    """Find the certificate of the code, however it was typed, or say that there is none. Nothing is kept or indexed."""

    @wraps(view)
    def found(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, code, **kwargs)
        response["Cache-Control"], response["X-Robots-Tag"] = PRIVATE, "noindex"
        return response

    return found


def _answer(view: View, request: HttpRequest, code: str, **kwargs: Any) -> HttpResponseBase:
    meant = codes.read(code)
    rows = Certificate.objects.select_related("enrolment__learner", "enrolment__run__course", "replaced_by")
    certificate = rows.filter(code=meant).first() if meant else None
    # What is one's own needs no guessing.
    is_mine = certificate is not None and owns(request.user, certificate)
    seconds = 0 if is_mine else LOOK_UPS.spend(request)
    if seconds:
        return _too_many(request, seconds)
    if certificate is None:
        context = {"form": CodeForm(initial={"koodi": code[:60]}), "typed": code[:60]}
        return render(request, "learning/credentials/unknown.html", context, status=404)
    if code != meant and request.method in {"GET", "HEAD"}:
        assert request.resolver_match is not None, "the address was resolved"
        return redirect(request.resolver_match.view_name, meant)
    return view(request, certificate, **kwargs)


def _too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    response = render(request, "learning/credentials/too_many.html", {"seconds": seconds}, status=429)
    response["Retry-After"] = str(seconds)
    return response


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """A form for the code that is on a certificate."""
    form = CodeForm(request.GET) if "koodi" in request.GET else CodeForm()
    if form.is_bound and form.is_valid():
        return redirect("credentials:certificate", form.cleaned_data["koodi"])
    status = 400 if form.is_bound else 200
    return render(request, "learning/credentials/check.html", {"form": form}, status=status)


@require_safe
@by_code
def certificate(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Whether the certificate is valid, and what its owner lets this page show."""
    shows = certificate.is_valid and certificate.shows_contents
    context = {
        "certificate": certificate,
        "says": certificate.says,
        "shows": shows,
        "shows_grade": certificate.shows_grade,
        "size": size(certificate.says) if shows else "",
        "is_mine": owns(request.user, certificate),
        "answers_for": request.user.is_authenticated and answers_for(request.user, certificate),
    }
    return render(request, "learning/credentials/certificate.html", context)


@require_safe
@by_code
def file(request: HttpRequest, certificate: Certificate) -> HttpResponseBase:
    """The certificate as a PDF, for its owner and, where the owner allows it, for who has the code."""
    is_mine = owns(request.user, certificate)
    if not certificate.is_valid or not (is_mine or certificate.shows_file):
        raise Http404("The file is not shown.")
    try:
        path = pdf.pdf_of(certificate)
    except Busy as busy:
        return not_now(busy)
    word = _("certificate")
    return file_response(request, path, name=f"{word}-{certificate.code}.pdf", cache_control=PRIVATE)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@by_code
def own(request: HttpRequest, certificate: Certificate) -> HttpResponseBase:
    """The owner's page: the file, the address to share, and what the public page shows."""
    person = cast(User, request.user)
    if not owns(person, certificate):
        raise Http404("Not the owner.")
    form = ShownForm(request.POST or None, instance=certificate)
    if request.method == "POST" and form.is_valid():
        return _done(request, certificate, lambda: _show(certificate, person, form))
    context = {
        "certificate": certificate,
        "says": certificate.says,
        "shows_grade": True,
        "form": form,
        "size": size(certificate.says),
        "share": request.build_absolute_uri(certificate.get_absolute_url()),
        "name_now": person.get_full_name().strip(),
    }
    return render(request, "learning/credentials/own.html", context)


def _show(certificate: Certificate, owner: User, form: ShownForm) -> Certificate:
    services.show(certificate=certificate, owner=owner, **form.cleaned_data)
    return certificate


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def waiting(request: HttpRequest, run: str) -> HttpResponseBase:
    """What the certificate of completed studies waits for; one that waits for the grade can be had without it."""
    person = cast(User, request.user)
    rows = Enrolment.objects.filter(learner=person, status=Enrolment.Status.COMPLETED)
    enrolment = get_object_or_404(rows.select_related("run__course", "learner"), run__code=run)
    certificate = enrolment.certificates.order_by("-issued_at", "-pk").first()
    if certificate is not None:
        return redirect(certificate.owner_url)
    if request.method == "POST":
        try:
            return redirect(services.take_now(enrolment=enrolment, owner=person).owner_url)
        except Refused as refused:
            messages.error(request, str(refused.message))
    context = {
        "course": said(names_of(enrolment.run.course)),
        "run": enrolment.run,
        "needs": services.why_waiting(enrolment),
        "waits_for_grade": waits_for_grade(enrolment),
        "last_day": last_day_of(enrolment),
    }
    response = render(request, "learning/credentials/waiting.html", context)
    response["Cache-Control"] = PRIVATE
    return response


@require_POST
@by_code
def rename(request: HttpRequest, certificate: Certificate) -> HttpResponseBase:
    """A new certificate in the owner's new name."""
    if not owns(request.user, certificate):
        raise Http404("Not the owner.")
    return _done(request, certificate, lambda: services.rename(certificate=certificate, owner=cast(User, request.user)))


def _done(request: HttpRequest, certificate: Certificate, act: Callable[[], Certificate]) -> HttpResponse:
    """Do it, say how it went, and show the page of the certificate that there is now."""
    try:
        certificate = act()
        messages.success(request, _("Saved."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect(reverse("credentials:own", args=[certificate.code]))

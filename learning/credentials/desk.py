"""Certificates in the admin: those of one's own runs, looked for by code or name, revoked and issued anew."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from accounts.models import User
from common.errors import Refused
from learning.credentials import services
from learning.credentials.forms import ReasonForm
from learning.credentials.models import Certificate
from learning.credentials.permissions import administers, answers_for, answers_for_some

ACTS = {"revoke": services.revoke, "reissue": services.reissue}


class CertificateList(IndexView):
    """Search is by the whole code or a part of it, and by names as they stand on certificates."""

    model = Certificate
    page_title = gettext_lazy("Certificates")
    header_icon = "tick-inverse"
    # Those of a run need no right to all certificates: dispatch() asks.
    any_permission_required = None
    index_url_name = "certificates"
    index_results_url_name = "certificates_results"
    default_ordering = "-issued_at"
    paginate_by = 50
    list_filter = ["status"]
    # What makes the list searchable; holding() looks.
    search_fields = ["code"]
    search_backend_name = None
    columns = [
        TitleColumn(
            "code",
            label=pgettext_lazy("identifier", "Code"),
            sort_key="code",
            get_url=lambda certificate: reverse("certificate_desk", args=[certificate.code]),
        ),
        Column("learner", label=gettext_lazy("Learner"), accessor=lambda certificate: certificate.says.learner or "–"),
        Column("course", label=gettext_lazy("Course"), accessor="title"),
        Column("run", label=gettext_lazy("Run"), accessor="enrolment.run.code", sort_key="enrolment__run__code"),
        DateColumn("issued_at", label=gettext_lazy("Issued"), sort_key="issued_at"),
        Column("status", label=gettext_lazy("State"), accessor="get_status_display", sort_key="status"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not answers_for_some(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> "QuerySet[Certificate]":
        seen = Certificate.objects.select_related("enrolment__run")
        return seen if administers(self.request.user) else seen.answered_for_by(self.request.user)

    def search_queryset(self, queryset: Any) -> "QuerySet[Certificate]":
        found: QuerySet[Certificate] = queryset.holding(self.search_query) if self.search_query else queryset
        return found


@require_http_methods(["GET", "POST"])
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate with what has been done to it; revoking it, or giving a new one."""
    if not answers_for_some(request.user):
        raise PermissionDenied
    seen = Certificate.objects.select_related("enrolment__run__course", "enrolment__learner", "replaced_by")
    found = get_object_or_404(seen, code=code)
    if not answers_for(request.user, found):
        raise PermissionDenied
    act = request.POST.get("act", "")
    form = ReasonForm(request.POST if act in ACTS else None)
    if form.is_bound and form.is_valid():
        return _done(request, found, act, form.cleaned_data["reason"])
    name_now = found.enrolment.learner.get_full_name().strip()
    context = {
        "certificate": found,
        "says": found.says,
        "name_now": name_now,
        "form": form,
        "act": act,
        "acts": _acts(found, name_now),
        "events": found.events.select_related("by"),
        "page_title": _("Certificate %(code)s") % {"code": found.code},
    }
    return render(request, "learning/credentials/desk.html", context, status=422 if form.is_bound else 200)


def _acts(certificate: Certificate, name_now: str) -> list[tuple[str, str]]:
    """What may be done to it as it is: the name of the act and what its button says."""
    if certificate.replaced_by_id is not None:
        return []
    if not certificate.is_valid:
        return [("reissue", _("Issue a new certificate"))]
    renamed = (
        [("reissue", _("Issue a new certificate in the new name"))] if name_now != certificate.says.learner else []
    )
    return [*renamed, ("revoke", _("Revoke the certificate"))]


def _done(request: HttpRequest, found: Certificate, act: str, reason: str) -> HttpResponse:
    try:
        changed = ACTS[act](certificate=found, by=cast(User, request.user), reason=reason)
    except Refused as refused:
        messages.error(request, str(refused.message))
        changed = found
    else:
        messages.success(request, _("Done. The owner is told of it."))
    return redirect("certificate_desk", changed.code)

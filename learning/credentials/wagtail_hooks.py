"""Registered with Wagtail's admin by being imported."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from learning.credentials import desk
from learning.credentials.permissions import answers_for_some


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """/hallinta/todistukset/"""
    return [
        path("todistukset/", desk.CertificateList.as_view(), name="certificates"),
        path("todistukset/rivit/", desk.CertificateList.as_view(results_only=True), name="certificates_results"),
        path("todistukset/<str:code>/", desk.certificate, name="certificate_desk"),
    ]


class CertificatesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return answers_for_some(request.user)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    # After courses, whose runs they are of.
    return CertificatesItem(_("Certificates"), reverse("certificates"), icon_name="tick-inverse", order=521)

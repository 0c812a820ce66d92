"""Addresses that machines read: health, crawlers, installers."""

import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from wagtail.models import Page

from common.languages import codes, prefix

SECURITY_TXT_DAYS = 180
CLOSED_TO_CRAWLERS = ("/tili/", "/oma/", "/_util/")
# Public, and in no page tree: the search, where certificates are checked, and where a text for the blog begins.
VIEWS = ("/haku/", "/todistus/", "/blogi/kirjoita/")


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the service can serve: its database, its tables, its search index. 503 where one is missing."""
    database = _database_answers()
    checks = {
        "database": database,
        "migrations": database and _migrations_applied(),
        "search_index": settings.SEARCH_INDEX.exists(),
    }
    ready = all(checks.values())
    body = {"status": "ok" if ready else "unavailable", "checks": checks}
    return JsonResponse(body, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def robots(request: HttpRequest) -> HttpResponse:
    closed = ["/hallinta/", *(prefix(code) + path for code in codes() for path in CLOSED_TO_CRAWLERS)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return _text(lines)


def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a vulnerability. The date moves once a day, so that caches may keep the file."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + datetime.timedelta(SECURITY_TXT_DAYS)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fi, sv, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return _text(lines)


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with its translations, and the public views, in a few queries; kept by the page cache."""
    pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path")
    groups: dict[Any, list[dict[str, Any]]] = {}
    entries = []
    for page in pages.defer_streamfields():
        url = settings.SITE_URL + (page.get_url(request) or "/")
        entry = {"url": url, "language": page.locale.language_code, "changed": page.last_published_at}
        entry["alternates"] = groups.setdefault(page.translation_key, [])
        entry["alternates"].append(entry)
        entries.append(entry)
    for view in VIEWS:
        same = [{"url": settings.SITE_URL + prefix(code) + view, "language": code} for code in codes()]
        entries += [{**each, "alternates": same} for each in same]
    return render(request, "home/sitemap.xml", {"entries": entries}, content_type="application/xml")


def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(static("icons/favicon.ico"))


def manifest(request: HttpRequest) -> HttpResponse:
    body = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "display": "browser",
        "background_color": "#f6f8f5",
        "theme_color": "#f6f8f5",
        "icons": [
            {"src": static("icons/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("icons/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")

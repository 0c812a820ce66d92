"""Serving uploaded files."""

from django.http import Http404, HttpRequest, HttpResponse


def serve_public_media(request: HttpRequest, path: str) -> HttpResponse:
    raise Http404


def serve_document(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    raise Http404

"""Uploaded files: image renditions for everyone, documents after a look at who asks. Originals are never served."""

import re
from pathlib import Path

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.documents.models import document_served

from common.files import file_response
from common.models import SiteDocument
from common.permissions import can_open, is_public, may_read_as_staff

# A rendition's name holds its filter and the image's name, so that its content never changes.
RENDITION_CACHE = "public, max-age=604800, immutable"
PUBLIC_CACHE = "public, no-cache"
PRIVATE_CACHE = "private, no-store"
# The admin's link to "the original" makes a rendition that is a copy of it, with all that a camera wrote into it.
COPY_OF_ORIGINAL = re.compile(r"\.original(?!.*\.(?:max|min|width|height|fill|scale)-)")


@require_safe
def serve_public_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition of an image."""
    cache_control = RENDITION_CACHE
    if COPY_OF_ORIGINAL.search(Path(path).name):
        if not may_read_as_staff(request.user):
            raise Http404("Originals are not public.")
        cache_control = PRIVATE_CACHE
    file = _path_in("renditions", path)
    return file_response(request, file, name=file.name, cache_control=cache_control)


@require_safe
def serve_document(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """A document, to those who may open it; others are asked to sign in."""
    document: SiteDocument = get_object_or_404(SiteDocument.objects.select_related("collection"), pk=document_id)
    if document.filename != filename:
        raise Http404("This document has another name.")
    if not can_open(request.user, document):
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())
    document_served.send(sender=SiteDocument, instance=document, request=request)
    file = _path_in("default", document.file.name)
    cache_control = PUBLIC_CACHE if is_public(document) else PRIVATE_CACHE
    return file_response(request, file, name=document.filename, cache_control=cache_control)


def _path_in(storage: str, name: str) -> Path:
    """The file of that name inside the storage's folder, links followed; anything else is not there."""
    # Both storages are folders on this machine.
    folder = Path(storages[storage].location).resolve()  # type: ignore[attr-defined]
    try:
        path = (folder / name).resolve(strict=True)
        inside = path.relative_to(folder)
        regular = path.is_file()
    except (OSError, ValueError):
        raise Http404("There is no such file.") from None
    if not regular or any(part.startswith(".") for part in inside.parts):
        raise Http404("There is no such file.")
    return path

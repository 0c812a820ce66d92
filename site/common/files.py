"""Answering with a file: conditional requests, parts for video players, and headers that make it harmless."""

import mimetypes
import re
from email.utils import formatdate
from io import BufferedReader
from pathlib import Path
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from whitenoise.responders import SlicedFile

from common.errors import Refused

# By name, not by what the operating system believes: machines differ, and an unknown type must not be guessed.
TYPES = {
    ".avif": "image/avif",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
# An SVG may hold scripts. On a page it is a picture, where nothing in it runs; by its own address it is a download.
SHOWN = re.compile(r"application/pdf|image/(?!svg)|video/|text/vtt")
# Nothing in the file runs as ours, even if a browser takes it for a page; PDF viewers work in it (Chromium 156).
SANDBOX = "default-src 'none'; sandbox"
# No file has more bytes than eighteen digits say; Python refuses to read numbers of thousands.
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def file_response(
    request: HttpRequest, path: Path, *, name: str, cache_control: str, tells_when: bool = True
) -> HttpResponseBase:
    """Answer GET and HEAD with the file or the part asked for. `name` is what a reader saves it as.

    Without `tells_when` no header tells the moment at which the file was saved, nor does asking whether it has changed.
    """
    try:
        file = path.open("rb")
        status = path.stat()
    except OSError:
        raise Http404("The file is gone.") from None
    kind = content_type(path)
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    response: HttpResponseBase | None = None
    if tells_when:
        response = get_conditional_response(request, etag, int(status.st_mtime))
    if response is not None:
        file.close()
    else:
        response = _content(request, file, status.st_size, etag if tells_when else "")
        response["Content-Type"] = kind
        response["Content-Disposition"] = disposition(name, kind)
        response["Accept-Ranges"] = "bytes"
    if tells_when:
        response["ETag"] = etag
        response["Last-Modified"] = formatdate(status.st_mtime, usegmt=True)
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


def not_now(refusal: Refused, *, seconds: int = 5) -> HttpResponse:
    """Answer with the sentence of the refusal where a file cannot be made now: who asks again then may get it."""
    headers = {"Retry-After": str(seconds), "Cache-Control": "private, no-store"}
    return HttpResponse(str(refusal), status=503, content_type=TYPES[".txt"], headers=headers)


def content_type(path: Path) -> str:
    """The type to declare; what is not shown in a browser is a download whatever it says."""
    suffix = path.suffix.lower()
    return TYPES.get(suffix) or mimetypes.types_map.get(suffix) or "application/octet-stream"


def disposition(name: str, kind: str) -> str:
    """Shown in the browser or offered for saving, under a name that may have any letters (RFC 6266, 5987)."""
    way = "inline" if SHOWN.match(kind) else "attachment"
    plain = re.sub(r'[^\x20-\x7e]|["\\%]', "_", name)
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _content(request: HttpRequest, file: BufferedReader, size: int, etag: str) -> HttpResponseBase:
    part = _asked_part(request, size, etag)
    if part is None:
        start, end, code = 0, size - 1, 200
    elif part[0] > part[1]:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        start, end, code = *part, 206
    response: HttpResponseBase
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(status=code)
    else:
        response = FileResponse(SlicedFile(file, start, end), status=code)
    response["Content-Length"] = str(end - start + 1)
    if part is not None:
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def _asked_part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte asked for; None for all of it; first beyond last when the file has no such part."""
    match = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    condition = request.headers.get("If-Range")
    # Several parts at once, other units and a file that has changed since: the whole file, as HTTP allows.
    if match is None or match.groups() == ("", "") or (condition is not None and condition != etag):
        return None
    first, last = match.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else (size, 0)
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) if last else size - 1, size - 1)

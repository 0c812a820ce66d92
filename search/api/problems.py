"""Refusals of the programming interface: problem details (RFC 9457) in the reader's language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CONTENT_TYPE = "application/problem+json"
DOCUMENT = "/api/openapi.json"


@dataclass
class Problem(Exception):
    """Why a request is not answered. `kind` is the response of that name in the OpenAPI document.

    `errors` tell for each parameter at fault what is wrong with it and how to mend it.
    """

    status: int
    kind: str
    title: str
    detail: str
    errors: list[tuple[str, str]] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, request: HttpRequest) -> HttpResponse:
        body: dict[str, Any] = {
            "type": f"{settings.SITE_URL}{DOCUMENT}#/components/responses/{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": request.path,
        }
        if self.errors:
            body["errors"] = [{"parameter": parameter, "detail": detail} for parameter, detail in self.errors]
        headers = {"Cache-Control": "no-store", **self.headers}
        return HttpResponse(
            json.dumps(body, ensure_ascii=False), content_type=CONTENT_TYPE, status=self.status, headers=headers
        )

"""Files: those of a draft for its writer, those of a work for whoever may read it."""

import uuid
from pathlib import Path

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from common.files import file_response
from drafts.opening import open_draft
from learning.study.assignments import permissions
from learning.study.assignments.unsent import FORM
from learning.study.assignments.versions import nameless
from learning.study.assignments.views.opening import OpenedWork, open_own_work
from learning.study.assignments.views.writing import beginning_of, draft_of
from learning.study.marking.names import is_hidden
from learning.study.models import SubmissionFile
from learning.study.views.opening import sign_in_first

PRIVATE = "private, no-store"


@require_safe
def unsent_file(request: HttpRequest, code: str, assignment: str, key: str) -> HttpResponseBase:
    """A file of the asker's own draft."""
    work = open_own_work(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    written = draft_of(work, open_draft(request, FORM, work.key).fields or beginning_of(work))
    kept = next((each for each in written.files if each.key == key), None)
    if kept is None:
        raise Http404
    return _download(request, kept.path, kept.name)


@require_safe
def submission_file(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """A file that was handed in. Of what somebody may not read nothing is told, not even that it is there."""
    if not request.user.is_authenticated:
        return sign_in_first(request, request.path)
    rows = SubmissionFile.objects.select_related(
        "version__submission__enrolment", "version__submission__run_assignment__run"
    )
    file = rows.filter(public_id=key).first()
    if file is None or not permissions.may_open_file(request.user, file):
        raise Http404
    submission = file.version.submission
    knows_names = permissions.may_read(request.user, submission)
    if is_hidden(submission) and not permissions.is_own(request.user, submission):
        knows_names = False
    # The file was saved when the work was handed in, a moment by which others could know whose it is.
    name = file.name if knows_names else nameless(file)
    return _download(request, str(file.file.name), name, tells_when=knows_names)


def _download(request: HttpRequest, path: str, name: str, *, tells_when: bool = True) -> HttpResponseBase:
    # The private storage is a folder on this machine.
    place = Path(default_storage.path(path))
    answer = file_response(request, place, name=name, cache_control=PRIVATE, tells_when=tells_when)
    answer.headers["X-Robots-Tag"] = "noindex"
    shown = answer.headers.get("Content-Disposition", "")
    # Never opened as a page of this site, a picture no more than a PDF.
    answer.headers["Content-Disposition"] = shown.replace("inline", "attachment", 1)
    return answer

"""Files: those of a draft for its writer, those of a work for whoever may read it."""

import uuid
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from common.files import file_response, not_now
from common.typesetting import Busy
from drafts.opening import open_draft
from learning.study.assignments import nameless, permissions
from learning.study.assignments.unsent import FORM
from learning.study.assignments.versions import neutral_name
from learning.study.assignments.views.opening import OpenedWork, open_own_work
from learning.study.assignments.views.writing import beginning_of, draft_of
from learning.study.marking.names import is_hidden
from learning.study.models import Submission, SubmissionFile
from learning.study.views.opening import private, sign_in_first

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
    return _download(request, Path(default_storage.path(kept.path)), kept.name)


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
    path = str(file.file.name)
    if _knows_writer(request.user, file.version.submission):
        return _download(request, Path(default_storage.path(path)), file.name)
    try:
        place = nameless.to_be_shown(path)
    except Busy as busy:
        # The file as it is would tell.
        return private(not_now(busy))
    # The file was saved when the work was handed in, a moment by which others could know whose it is.
    return _download(request, place, neutral_name(file), tells_when=False)


def _knows_writer(user: Any, submission: Submission) -> bool:
    """Whether whoever may open the file knows whose it is: its writer does, teachers where names are not hidden."""
    if permissions.is_own(user, submission):
        return True
    if permissions.may_read(user, submission):
        return not is_hidden(submission)
    return not submission.run_assignment.is_anonymous_among_peers


def _download(request: HttpRequest, place: Path, name: str, *, tells_when: bool = True) -> HttpResponseBase:
    # The private storage is a folder on this machine.
    answer = file_response(request, place, name=name, cache_control=PRIVATE, tells_when=tells_when)
    answer.headers["X-Robots-Tag"] = "noindex"
    shown = answer.headers.get("Content-Disposition", "")
    # Never opened as a page of this site, a picture no more than a PDF.
    answer.headers["Content-Disposition"] = shown.replace("inline", "attachment", 1)
    return answer

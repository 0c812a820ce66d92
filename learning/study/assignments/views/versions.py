"""…/versiot/<n>/<m>/: what changed between two versions, in one text or side by side, and which files are the same."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from learning.study.assignments.versions import flat_of
from learning.study.assignments.views.opening import OpenedWork, open_own_work
from learning.study.models import SubmissionVersion
from texts.comparing import Block, Row, inline, side_by_side


@dataclass(frozen=True)
class ComparedFile:
    """`state` is same, new, gone or changed (of the same name with other content)."""

    name: str
    state: str


@dataclass(frozen=True)
class Compared:
    """`blocks` are the text with what changed in it, `rows` both texts beside one another."""

    old: SubmissionVersion
    new: SubmissionVersion
    blocks: list[Block]
    rows: list[Row]
    files: list[ComparedFile]

    @property
    def text_differs(self) -> bool:
        return any(row.changed for row in self.rows)

    @property
    def has_text(self) -> bool:
        return bool(self.rows)


def compared(old: SubmissionVersion, new: SubmissionVersion) -> Compared:
    before, after = flat_of(old), flat_of(new)
    return Compared(old, new, inline(before, after), side_by_side(before, after), _files(old, new))


def _files(old: SubmissionVersion, new: SubmissionVersion) -> list[ComparedFile]:
    """By their content; a file that was only given another name is the same under its new one."""
    before = list(old.files.all())
    digests, names = {file.sha256 for file in before}, {file.name for file in before}
    found = []
    for file in new.files.all():
        state = "same" if file.sha256 in digests else "changed" if file.name in names else "new"
        found.append(ComparedFile(file.name, state))
    kept_digests = {file.sha256 for file in new.files.all()}
    kept_names = {file.name for file in new.files.all()}
    gone = [file for file in before if file.sha256 not in kept_digests and file.name not in kept_names]
    return [*found, *(ComparedFile(file.name, "gone") for file in gone)]


@require_safe
def compare(request: HttpRequest, code: str, assignment: str, old: int, new: int) -> HttpResponseBase:
    work = open_own_work(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    found = {version.number: version for version in work.versions}
    if old not in found or new not in found or old >= new:
        raise Http404
    is_side = request.GET.get("tapa") == "rinnan"
    return work.page(
        request, "compare.html", {"compared": compared(found[old], found[new]), "is_side_by_side": is_side}
    )

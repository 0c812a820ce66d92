"""…/vertaa/<n>/<m>/: two versions of a text, in one another or side by side."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.models import Submission
from blog.submitting import addresses, permissions
from blog.writing.compared import compared
from blog.writing.views.finding import of_reader


@require_safe
@of_reader
def compare(request: HttpRequest, submission: Submission, old: int, new: int) -> HttpResponseBase:
    found = {version.number: version for version in submission.versions.filter(number__in=[old, new])}
    if old not in found or new not in found:
        raise Http404
    is_writer = permissions.is_writer_of(request.user, submission)
    key = str(submission.public_id)
    context = {
        "is_writer": is_writer,
        "back": addresses.own_text(key) if is_writer else addresses.desk(key),
        "submission": submission,
        "old": found[old],
        "new": found[new],
        "compared": compared(found[old], found[new]),
        "is_side_by_side": request.GET.get("tapa") == "rinnan",
        "numbers": list(submission.versions.order_by("number").values_list("number", flat=True)),
    }
    return render(request, "blog/writing/compare.html", context)

"""…/tiedot/: who wrote the text, what it is about and its picture, changed while it is on its way."""

import uuid
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from blog.models import Submission
from blog.submitting import drafting, errors, permissions, services
from blog.submitting.states import Act
from blog.submitting.versions import latest_of
from blog.writing import pictures, sending
from blog.writing.choices import Choices
from blog.writing.forms import NAME, ROLE, AboutForm, AuthorForm, PictureForm
from blog.writing.unsent import Problem, errors_of
from blog.writing.views.finding import of_reader, of_writer
from common.errors import Refused
from common.files import file_response

PRIVATE = "private, no-store"


class DetailsForms:
    """The forms of a text's details, filled from its rows or from what was posted."""

    def __init__(self, submission: Submission, data: Any = None) -> None:
        choices = Choices.read(kept_channel=submission.channel_id)
        self.rows = list(submission.authors.all())
        count = max(drafting.AUTHOR_FIELDS, len(self.rows))
        self.authors = [
            AuthorForm(
                data,
                prefix=f"author-{number}",
                choices=choices,
                is_first=number == 0,
                initial=_of_author(self.rows[number]) if number < len(self.rows) else {},
            )
            for number in range(count)
        ]
        about = {
            "channel": str(submission.channel_id),
            "language": submission.language,
            "task_area": str(submission.task_area_id or ""),
            "phenomena": [str(each.pk) for each in submission.phenomena.all()],
            "themes": [str(each.pk) for each in submission.themes.all()],
        }
        self.about = AboutForm(data, choices=choices, initial=about)
        told = {"picture_alt": submission.picture_alt, "picture_credit": submission.picture_credit}
        self.picture = PictureForm(data, initial=told)
        self.has_themes = bool(choices.themes)

    @property
    def all(self) -> list[Any]:
        return [*self.authors, self.about, self.picture]

    def are_valid(self) -> bool:
        # Each of them, so that everything that is wrong is told at once.
        found = [form.is_valid() for form in self.all]
        return all(found)

    @property
    def problems(self) -> list[Problem]:
        return [problem for form in self.all for problem in errors_of(form)]

    @property
    def others_are_told(self) -> bool:
        return len(self.rows) > 1


def _of_author(row: Any) -> dict[str, Any]:
    return {
        "title": row.title,
        "group": str(row.group_id or ""),
        "organisation": str(row.organisation_id or ""),
        "other_organisation": row.other_organisation,
        "name": row.name,
        "byline": NAME if row.shows_name else ROLE,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@of_writer
def details(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    if not permissions.may(request.user, Act.CHANGE_DETAILS, submission):
        messages.error(request, str(errors.NotYourTurn.message))
        return redirect("blog:own_text", submission.public_id)
    forms = DetailsForms(submission, request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {}
    if request.method == "POST":
        file = request.FILES.get("picture")
        told = _complaints(file)
        if forms.are_valid() and not told:
            try:
                _change(request, submission, forms, file)
            except Refused as refusal:
                told = {"refusal": refusal}
            else:
                messages.success(request, _("The details have been changed."))
                return redirect("blog:own_text", submission.public_id)
    context = {"submission": submission, "version": latest_of(submission), "forms": forms, **told}
    is_refused = request.method == "POST"
    return render(request, "blog/writing/details.html", context, status=422 if is_refused else 200)


def _complaints(file: Any) -> dict[str, str]:
    try:
        if file is not None:
            pictures.check(file)
    except ValidationError as error:
        return {"picture_error": " ".join(error.messages)}
    return {}


def _change(request: HttpRequest, submission: Submission, forms: DetailsForms, file: Any) -> None:
    writer: Any = request.user
    services.change_details(
        submission=submission,
        by=writer,
        details=sending.details_of(
            authors=forms.authors,
            about=forms.about,
            picture_form=forms.picture,
            rows=[row.pk for row in forms.rows],
            picture=file,
            drops_picture="drop_picture" in request.POST and file is None,
            message=submission.message,
            employer_reminded=submission.employer_reminded,
        ),
    )


@require_safe
@of_reader
def picture(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """The private picture of the text, for its writers and for the editors who publish it."""
    if not submission.picture:
        raise Http404
    # The private storage is a folder on this machine.
    path = Path(submission.picture.path)
    return file_response(
        request, path, name=f"{uuid.UUID(str(submission.public_id))}{path.suffix}", cache_control=PRIVATE
    )

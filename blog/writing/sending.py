"""A text out of its forms: what `send` takes. Only forms without problems come here."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from blog.models import Channel, Submission, SubmissionAuthor
from blog.submitting.details import AuthorDetails, Details, Text
from blog.writing.forms import NAME, AboutForm, AuthorForm, PictureForm
from texts import Flat


def author_of(form: AuthorForm, row: int | None = None) -> AuthorDetails:
    """`row`: the author of the submission that the form changes."""
    told = form.cleaned_data
    return AuthorDetails(
        title=told["title"],
        id=row,
        name=told["name"],
        shows_name=told["byline"] == NAME,
        group=_one(SubmissionAuthor, "group", told["group"]),
        organisation=_one(SubmissionAuthor, "organisation", told["organisation"]),
        other_organisation=told["other_organisation"],
    )


def details_of(
    *, authors: list[AuthorForm], about: AboutForm, picture_form: PictureForm, rows: Sequence[int] = (), **more: Any
) -> Details:
    """`rows`: the authors that the forms change, in order; forms after them tell of new ones."""
    of_forms = zip_longest(authors, rows)
    told = about.cleaned_data
    return Details(
        authors=[author_of(form, row) for form, row in of_forms if form.is_used],
        channel=Channel.objects.filter(pk=told["channel"]).first() if told["channel"] else None,
        language=told["language"],
        task_area=_one(Submission, "task_area", told["task_area"]),
        phenomena=_several(Submission, "phenomena", told["phenomena"]),
        themes=_several(Submission, "themes", told["themes"]),
        picture_alt=picture_form.cleaned_data["picture_alt"],
        picture_credit=picture_form.cleaned_data["picture_credit"],
        **more,
    )


def text_of(words: Any, body: Flat) -> Text:
    return Text(words.cleaned_data["title"], words.cleaned_data["lead"], body)


def _one(model: type[Any], relation: str, pk: str) -> Any:
    return _several(model, relation, [pk])[0] if pk else None


def _several(model: type[Any], relation: str, pks: list[str]) -> list[Any]:
    """Rows of another area in the order in which they were chosen; a form has checked that they are there."""
    leading: Any = model._meta.get_field(relation)
    rows = leading.related_model._default_manager.in_bulk([int(pk) for pk in pks]) if pks else {}
    return [rows[int(pk)] for pk in pks if int(pk) in rows]

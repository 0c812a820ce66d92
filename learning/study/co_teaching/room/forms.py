"""The form of a note, and the draft that it is kept as."""

import uuid
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.lines import LineField
from common.personal_data.forms import AsksAboutPersonalData
from drafts import forms as draft_forms
from learning.study.co_teaching.room.files import ACCEPT, ManyFilesField, ManyFilesInput
from learning.study.co_teaching.room.services import is_of_the_course
from learning.study.models import RoomFile, RoomNote

NOTE = "study.room_note"
NEW = "uusi-"
NOT_KEPT = {"data-draft-skip": ""}


class NoteForm(AsksAboutPersonalData, forms.Form):
    free_texts = ("title", "text")
    use_required_attribute = False

    title = LineField(label=_("Title"), max_length=150)
    text = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Nothing about single learners or clients: all who ever teach a run of the course read this."),
    )
    is_pinned = forms.BooleanField(label=_("Keep first in the list"), required=False)
    attached = ManyFilesField(
        label=_("Files"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": ACCEPT, "class": "input", **NOT_KEPT}),
        help_text=_("At most five, each at most 20 MB: PDF, Word, PowerPoint, Excel, ODT, text, CSV or a picture."),
    )
    # The same form sent twice writes once; of two who change the same note, the later is told.
    key = forms.UUIDField(widget=forms.HiddenInput(attrs=NOT_KEPT))
    version = forms.IntegerField(widget=forms.HiddenInput(attrs=NOT_KEPT), required=False)

    def __init__(self, *args: Any, note: RoomNote | None = None, **kwargs: Any) -> None:
        initial = {"key": uuid.uuid4(), "version": 0}
        if note is not None:
            initial |= {"title": note.title, "text": note.text, "is_pinned": note.is_pinned, "version": note.version}
        super().__init__(*args, initial=initial, **kwargs)
        self.note_files: list[RoomFile] = list(note.files.all()) if note else []
        if self.note_files:
            without: Any = forms.TypedMultipleChoiceField(
                label=_("Take away"),
                choices=[(str(each.public_id), each.name) for each in self.note_files],
                coerce=uuid.UUID,
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs=NOT_KEPT),
            )
            self.fields["without"] = without

    @property
    def written(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] for name in ("title", "text", "is_pinned")} | {"files": given["attached"]}


def register_drafts() -> None:
    draft_forms.register(
        draft_forms.FormKind(
            NOTE,
            _("Note in the teachers' room"),
            max_length=10_000,
            kept_days=60,
            may_write=_may_write,
            address=_address,
            labels=_labels,
        )
    )


def _course_of(key: str) -> int | None:
    """The course of a new note, or of one that is there."""
    if key.startswith(NEW):
        number = key.removeprefix(NEW)
        return int(number) if number.isascii() and number.isdigit() and len(number) < 15 else None
    try:
        public_id = uuid.UUID(key)
    except ValueError:
        return None
    return RoomNote.objects.filter(public_id=public_id).values_list("course_id", flat=True).first()


def _may_write(user: Any, key: str) -> bool:
    course_id = _course_of(key)
    return user is not None and course_id is not None and is_of_the_course(user, course_id)


def _address(key: str) -> str:
    course_id = _course_of(key)
    if course_id is None:
        return ""
    if key.startswith(NEW):
        return reverse("room_note_new", args=[course_id])
    return reverse("room_note_change", args=[course_id, key])


def _labels(key: str) -> dict[str, str]:
    return {name: str(field.label) for name, field in NoteForm.base_fields.items()}

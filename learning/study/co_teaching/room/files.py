"""The files of a note: what may be one, looked at by its content."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from common.photographs import bare
from common.validators import validate_document, validate_image
from learning.study.assignments.checking_files import clean_name

MOST_BYTES = 20 * 1024 * 1024
IMAGES = {"jpg", "jpeg", "png", "webp"}
DOCUMENTS = {"pdf", "docx", "pptx", "xlsx", "odt", "txt", "csv"}
ACCEPT = ",".join(f".{ending}" for ending in sorted(IMAGES | DOCUMENTS))


@dataclass(frozen=True)
class Checked:
    """A file that may be kept; of a picture nothing but the picture."""

    name: str
    ending: str
    size: int
    content: Any


def checked(file: Any) -> Checked:
    """Raises ValidationError, which names the file, where it may not be kept."""
    name = clean_name(file.name)
    ending = name.rpartition(".")[2].lower()
    try:
        if ending not in IMAGES | DOCUMENTS:
            raise ValidationError(_("Files of this kind are not taken."))
        if file.size > MOST_BYTES:
            raise ValidationError(
                _("The file is too big. It may be at most %(most)s.") % {"most": filesizeformat(MOST_BYTES)}
            )
        if ending in DOCUMENTS:
            validate_document(file)
            return Checked(name, ending, file.size, file)
        validate_image(file)
        picture = bare(file)
        return Checked(name, ending, picture.size, picture)
    except ValidationError as error:
        raise ValidationError([f"{name}: {message}" for message in error.messages]) from None


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files, each of them checked."""

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(ManyFilesField, self).clean(each, initial) for each in given if each]
        kept, wrong = [], []
        for each in files:
            try:
                kept.append(checked(each))
            except ValidationError as error:
                wrong += error.messages
        if wrong:
            raise ValidationError(wrong)
        return kept

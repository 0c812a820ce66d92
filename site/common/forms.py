"""The admin's upload forms. Each way of uploading (one, many, in a chooser, in place of another) uses them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from common.validators import NOT_AN_IMAGE, UNREADABLE, validate_document, validate_image


class CheckedImageField(WagtailImageField):
    """Answers a broken file with words: Wagtail's own field raises what Pillow raises."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except UNREADABLE:
            raise ValidationError(NOT_AN_IMAGE) from None


class ImageForm(BaseImageForm):
    """Says what is wrong at the file itself: Wagtail keeps a file whose other fields are wrong, for mending them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = CheckedImageField(label=given.label, required=given.required, widget=given.widget)
        if "description" in self.fields:
            self.fields["description"].required = True
            self.fields["description"].help_text = _("What the image says to someone who does not see it.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            validate_image(file)
        return file


class DocumentForm(BaseDocumentForm):
    """As the image form, for documents."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Many files at once come with a title alone; the model's defaults fill the rest.
        for name in ("access", "language"):
            if name in self.fields:
                self.fields[name].required = False

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            validate_document(file)
        return file

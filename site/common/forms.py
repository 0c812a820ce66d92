"""The admin's upload forms. Each way of uploading (one, many, in a chooser, in place of another) uses them."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from common.validators import validate_document, validate_image


class ImageForm(BaseImageForm):
    """Says what is wrong at the file itself: Wagtail keeps a file whose other fields are wrong, for mending them."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            validate_image(file)
        return file


class DocumentForm(BaseDocumentForm):
    """As the image form, for documents."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            validate_document(file)
        return file

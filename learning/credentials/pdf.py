"""The certificate as a tagged PDF (PDF/UA-1) in the reader's language."""

from pathlib import Path

from common import languages
from common.typesetting import Shelf
from learning.credentials.models import Certificate
from learning.credentials.printed import printed

# Names are not kept for long: the oldest files give way.
SHELF = Shelf("certificates", Path(__file__).resolve().parent / "certificate.typ")


def pdf_of(certificate: Certificate) -> Path:
    """The file of the certificate in the reader's language, made when it is first asked for and kept for a while."""
    stem = f"{certificate.public_id}-{languages.current()}"
    return SHELF.file_of(stem, printed(certificate), int(certificate.issued_at.timestamp()))


def forget(certificate: Certificate) -> None:
    """Delete the files of a certificate that says something else now."""
    SHELF.forget(str(certificate.public_id))

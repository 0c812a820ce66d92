"""A learner with an assignment, and files as people have them."""

import datetime
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from learning.courses.models import CourseRun
from learning.study.assignments import services
from learning.study.assignments.checking_files import check
from learning.study.assignments.unsent import KeptFile, Shelf
from learning.study.models import Enrolment, Mark, RunAssignment, Submission
from tests.learning.study.factories import enrolled, make_run
from tests.learning.study.handing_in import assigned
from texts import Flat

WORDS = "Rakenne näkyy arjessa, kun sitä katsoo yhdessä muiden kanssa."


def day(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


@dataclass
class Work:
    """A learner who has signed in, and what they are asked for."""

    enrolment: Enrolment
    run_assignment: RunAssignment
    client: Client

    @property
    def run(self) -> CourseRun:
        return self.run_assignment.run

    def address(self, name: str, *more: object) -> str:
        return reverse(f"study:{name}", args=[self.run.code, self.run_assignment.assignment.code, *more])

    def hand_in(self, text: str = WORDS, *, files: list[KeptFile] | None = None, message: str = "") -> Submission:
        return services.hand_in(
            enrolment=self.enrolment,
            run_assignment=self.run_assignment,
            text=Flat.of_notation(text),
            files=files or [],
            message=message,
        )

    def keep(self, *files: SimpleUploadedFile) -> list[KeptFile]:
        shelf = Shelf(self.enrolment.learner_id, self.run_assignment.pk)
        return [shelf.put(check(file, self.run_assignment.assignment)) for file in files]

    def html(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, (answer.status_code, answer.headers)
        return " ".join(answer.content.decode().replace("\N{SOFT HYPHEN}", "").split())


def begin(*, due: datetime.datetime | None = None, extra_days: int = 0, name: str = "oppija", **fields: Any) -> Work:
    """`due` is a week from now where nothing is said."""
    run = make_run()
    enrolment = enrolled(run, name)
    Enrolment.objects.filter(pk=enrolment.pk).update(extra_days=extra_days)
    enrolment.extra_days = extra_days
    client = Client()
    client.force_login(enrolment.learner)
    return Work(enrolment, assigned(run, due=due or day(7), **fields), client)


def asked_again(submission: Submission, *, until: datetime.datetime | None = None) -> Submission:
    """As it is when a teacher has asked to complete it."""
    version = submission.versions.order_by("-number")[0]
    mark = Mark.objects.create(
        submission=submission, version=version, outcome=Mark.Outcome.AGAIN, released_at=timezone.now()
    )
    Submission.objects.filter(pk=submission.pk).update(
        status=Submission.Status.AGAIN, again_due=until or day(14), mark=mark
    )
    submission.refresh_from_db()
    return submission


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf(name: str = "tyo.pdf", words: bytes = b"Rakenne") -> SimpleUploadedFile:
    return upload(name, b"%PDF-1.7\n1 0 obj << /Note (" + words + b") >> endobj\ntrailer <<>>\n%%EOF\n")


def zipped(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(name: str = "tyo.docx", **parts: bytes) -> SimpleUploadedFile:
    return upload(name, zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>", **parts}))


def picture(name: str = "kuva.jpg", form: str = "JPEG", *, exif: bool = True) -> SimpleUploadedFile:
    image = Image.new("RGB", (40, 30), "teal")
    told = Image.Exif()
    if exif:
        # Who took it, and with what.
        told[0x010F], told[0x013B] = "Kameramerkki", "Kuvaajan nimi"
    made = BytesIO()
    image.save(made, form, exif=told)
    return upload(name, made.getvalue())

"""The answers of an attempt under way: a draft, from the first answer on. Everything of drafts is met here."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts import forms, opening, services
from drafts.opening import OpenedDraft
from drafts.services import Clash
from drafts.texts import Fields, of_post
from drafts.texts import Text as DraftText
from drafts.writers import Writer
from learning.study.attempts import errors, timing
from learning.study.attempts.asking import Asked, rows_of
from learning.study.models import Attempt
from learning.study.models.enrolments import STUDYING

FORM = "study.attempt"
# A text may be longer than its question allows: it is kept and told to be too long. What is longer than this is not.
LONGEST_FIELD = 50_000


def register() -> None:
    forms.register(
        forms.FormKind(
            FORM,
            name=gettext_lazy("Answers to a quiz"),
            max_bytes=400 * forms.KILOBYTE,
            max_length=LONGEST_FIELD,
            kept_days=400,
            # An attempt under way is handed in, or its time ends.
            can_be_discarded=False,
            may_write=may_write,
            address=lambda key: reverse("study:attempt", args=[key]),
            labels=labels,
            shown=shown,
        )
    )


def attempt_of(user: Any, key: str) -> Attempt | None:
    """The person's own attempt of this public id."""
    if not _is_id(key):
        return None
    rows = Attempt.objects.select_related("enrolment", "run_quiz__quiz", "run_quiz__run")
    return rows.filter(public_id=key, enrolment__learner_id=user.pk).first()


def may_write(user: Any, key: str) -> bool:
    attempt = attempt_of(user, key) if user is not None else None
    if attempt is None:
        return False
    check_open(attempt)
    return True


def check_open(attempt: Attempt) -> None:
    """Raise Refused with the sentence to show where the attempt takes no more answers."""
    if attempt.status == Attempt.Status.TIMED_OUT:
        raise errors.TimeEnded
    if not attempt.is_open:
        raise errors.AttemptEnded
    if attempt.enrolment.status not in STUDYING:
        raise errors.NotStudying
    if timing.is_over(timing.deadline_of(attempt)):
        raise errors.TimeEnded


def labels(key: str) -> dict[str, str]:
    """What people call the fields, where two texts are compared or one is too long."""
    return {
        f"{row.prefix}{name}": _("Question %(number)d: %(prompt)s")
        % {"number": row.number, "prompt": row.version.content["prompt"]}
        for row in _asked(key)
        for name in row.kind.names(row.version.content)
    }


def shown(key: str, name: str, value: str) -> str:
    """What people call a value: the text of the option that it stands for."""
    for row in _asked(key):
        if name.startswith(row.prefix) and not row.kind.is_typed:
            said = row.kind.review(row.version.content, {name.removeprefix(row.prefix): [value]})
            return ", ".join(said.given) or value
    return value


def _asked(key: str) -> list[Asked]:
    """The questions of the attempt; none where nobody has such an attempt."""
    attempt = Attempt.objects.filter(public_id=key).first() if _is_id(key) else None
    return rows_of(attempt) if attempt else []


def _is_id(key: str) -> bool:
    try:
        uuid.UUID(key)
    except ValueError:
        return False
    return True


def open_for(request: HttpRequest, attempt: Attempt) -> OpenedDraft:
    return opening.open_draft(request, FORM, str(attempt.public_id))


def save(*, attempt: Attempt, fields: Fields, base: int | None) -> bool:
    """Save what the form sent; False where another tab or device has saved since: then both are kept."""
    writer = Writer(user_id=attempt.enrolment.learner_id)
    text = DraftText(fields, base)
    outcome = services.save(writer=writer, form=FORM, object_key=str(attempt.public_id), text=text)
    return not isinstance(outcome, Clash)


def posted(request: HttpRequest) -> tuple[Fields, int | None]:
    """What the form sent, and the version that its page was made of."""
    text = of_post(request.POST)
    return {name: values for name, values in text.fields.items() if name.startswith("k")}, text.base


def read(attempt: Attempt) -> Fields:
    writer = Writer(user_id=attempt.enrolment.learner_id)
    draft = services.read(writer=writer, form=FORM, object_key=str(attempt.public_id))
    return draft.fields if draft else {}


def finish(attempt: Attempt) -> Fields:
    """In the transaction that hands in: return what was saved; from now on nothing more is."""
    writer = Writer(user_id=attempt.enrolment.learner_id)
    return services.finish(writer=writer, form=FORM, object_key=str(attempt.public_id))

"""The letter that a teacher is writing to learners of a run is kept while it is written."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts import forms
from learning.study.permissions import runs_taught_by

FORM = "study.letter"
KEPT_DAYS = 30


def register() -> None:
    forms.register(
        forms.FormKind(
            FORM,
            name=gettext_lazy("Letter to learners"),
            kept_days=KEPT_DAYS,
            may_write=may_write,
            address=lambda run: reverse("run_message", args=[run]),
            labels=labels,
        )
    )


def may_write(user: Any, run: str) -> bool:
    return user is not None and runs_taught_by(user).filter(code=run).exists()


def labels(run: str) -> Mapping[str, str]:
    return {
        "subject": _("Subject"),
        "text": _("Text"),
        "takes_answers": _("Answers come to my e-mail address"),
        "must_act": _("Send at once: they must act on it today"),
    }

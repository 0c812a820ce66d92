"""A text that has not been sent: its draft read as the forms of its page, and what it still lacks."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.submitting import drafting
from blog.working.body import NOTATION, BodyField, read_or_empty
from blog.working.forms import TitleAndLeadForm
from blog.writing import pictures
from blog.writing.choices import Choices
from blog.writing.forms import AboutForm, AuthorForm, MessageForm, PictureForm
from common import languages
from common.numbers import written
from drafts.texts import Fields
from texts import Flat

FORM = drafting.TEXT


@dataclass(frozen=True)
class Problem:
    """Something to mend before the text can be sent, and the id of the field where that is done."""

    label: str
    text: str
    anchor: str


class Unsent:
    """The forms of a text. With `is_checked` they say what is wrong; else they only hold what has been written."""

    def __init__(self, request: HttpRequest, key: uuid.UUID, fields: Fields, *, is_checked: bool = False) -> None:
        self.request = request
        self.key = key
        self.fields = fields
        self.is_checked = is_checked
        self.choices = Choices.read()

    @cached_property
    def words(self) -> TitleAndLeadForm:
        return self._of(TitleAndLeadForm, {})

    @cached_property
    def about(self) -> AboutForm:
        channel = self.choices.channel
        initial = {"language": languages.current(), "channel": str(channel.pk) if channel else ""}
        return self._of(AboutForm, initial, choices=self.choices)

    @cached_property
    def picture(self) -> PictureForm:
        return self._of(PictureForm, {})

    @cached_property
    def authors(self) -> list[AuthorForm]:
        return [
            self._of(
                AuthorForm,
                self._self_told() if number == 0 else {},
                prefix=f"author-{number}",
                choices=self.choices,
                is_first=number == 0,
            )
            for number in range(drafting.AUTHOR_FIELDS)
        ]

    @cached_property
    def message(self) -> MessageForm:
        return self._of(MessageForm, {}, knows_sender=self.is_signed_in)

    @property
    def is_signed_in(self) -> bool:
        return bool(self.request.user.is_authenticated)

    @cached_property
    def body(self) -> BodyField:
        return BodyField.of_posted(self._one("body"), self._one("body_format") or NOTATION)

    @cached_property
    def flat(self) -> Flat:
        return read_or_empty(self._one("body"), self._one("body_format"))

    @property
    def title(self) -> str:
        return self._one("title").strip()

    @property
    def lead(self) -> str:
        return self._one("lead").strip()

    @cached_property
    def has_picture(self) -> bool:
        return bool(pictures.name_of(self.key, self._one("picture_stored")))

    @property
    def has_others(self) -> bool:
        """Whether the text has more writers than one."""
        named = ("title", "group", "organisation", "other_organisation", "name")
        return any(
            self._one(f"author-{number}-{name}") for number in range(1, drafting.AUTHOR_FIELDS) for name in named
        )

    @property
    def forms(self) -> list[forms.Form]:
        return [self.words, *self.authors, self.about, self.picture]

    @cached_property
    def problems(self) -> list[Problem]:
        """What is missing or wrong, in the order of the page."""
        found = errors_of(self.words)
        found += self._of_body()
        for form in (*self.authors, self.about, self.picture):
            found += errors_of(form)
        return found

    @property
    def is_only_off_length(self) -> bool:
        """Whether the length is all that keeps the text from being sent: then the editors may be asked to take it."""
        meter = self.body.meter
        is_off = bool(meter.lacks or meter.too_many) and bool(self.flat.text) and not self.body.error
        return is_off and len(self.problems) == 1

    def _of_body(self) -> list[Problem]:
        label, meter = _("Text"), self.body.meter
        if self.body.error:
            return [Problem(label, self.body.error, "id_body")]
        if meter.lacks:
            told = ngettext(
                "%(number)s character is missing. The text can be sent when it has at least %(least)s.",
                "%(number)s characters are missing. The text can be sent when it has at least %(least)s.",
                meter.lacks,
            )
            counted = {"number": written(meter.lacks), "least": written(meter.aim.least)}
            return [Problem(label, told % counted, "id_body")]
        if meter.too_many:
            told = ngettext(
                "%(number)s character too many. The text can be sent when it has at most %(most)s.",
                "%(number)s characters too many. The text can be sent when it has at most %(most)s.",
                meter.too_many,
            )
            counted = {"number": written(meter.too_many), "most": written(meter.aim.most)}
            return [Problem(label, told % counted, "id_body")]
        return []

    def _self_told(self) -> dict[str, Any]:
        """What the account of who writes tells already."""
        if not self.is_signed_in:
            return {}
        user: Any = self.request.user
        return {"name": user.get_full_name(), "organisation": str(user.organisation_id or "")}

    def _one(self, name: str) -> str:
        return (self.fields.get(name) or [""])[-1]

    def _of(self, kind: Any, initial: Mapping[str, Any], **options: Any) -> Any:
        data: MultiValueDict[str, Any] = MultiValueDict(self.fields)
        if self.is_checked:
            return kind(data, **options)
        form = kind(initial=dict(initial), **options)
        for name, field in form.fields.items() if self.fields else ():
            in_form = form.add_prefix(name)
            if in_form in self.fields:
                form.initial[name] = field.widget.value_from_datadict(data, MultiValueDict(), in_form)
        return form


def errors_of(form: forms.Form) -> list[Problem]:
    return [
        Problem(str(field.label), str(error), str(field.id_for_label or field.auto_id))
        for field in form
        for error in field.errors
    ]

"""What is asked of an editor before an act."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blog.models import DeclineTemplate, Submission
from blog.submitting import permissions

ROWS = {"rows": 5}


def _words(label: Any, *, required: bool = False, most: int = 2_000, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs=ROWS), help_text=help_text
    )


class ActForm(forms.Form):
    """The form of an act on one text; `submission` and `editor` are who it is about."""

    use_required_attribute = False

    def __init__(self, *args: Any, submission: Submission, editor: User, **kwargs: Any) -> None:
        self.submission, self.editor = submission, editor
        super().__init__(*args, **kwargs)


class NothingForm(ActForm):
    """An act that asks nothing."""


class WordsForm(ActForm):
    words = _words(_("Message to the writer"), help_text=_("Goes into the letter and the history of the text."))


class ReturnForm(WordsForm):
    due = forms.DateField(
        label=_("The writer acts by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: in two weeks. The writer is reminded two days before, and on the day."),
    )

    def clean_due(self) -> datetime.date | None:
        due: datetime.date | None = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise ValidationError(_("The day has passed. Choose a later one."))
        return due


class HandOverForm(ActForm):
    to = forms.ModelChoiceField(label=_("Who goes on with the text"), queryset=User.objects.none())
    words = _words(_("Message to the editor"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        # Oneself too: so an editor takes over what another one cannot finish.
        field.queryset = permissions.editors().exclude(pk=self.submission.editor_id)


class ReasonForm(ActForm):
    reason = _words(
        _("Why the length may differ"), required=True, most=500, help_text=_("Stays in the history of the text.")
    )


class DeclineForm(ActForm):
    words = _words(
        _("Letter to the writer"),
        required=True,
        help_text=_("Say kindly why, and what the writer could do with the text instead."),
    )

    def __init__(self, *args: Any, template: DeclineTemplate | None = None, title: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if template is not None:
            self.fields["words"].initial = template.text.replace("{title}", title)


class ScheduleForm(ActForm):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=datetime.time(9),
        help_text=_("Finnish time."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "day" in cleaned and "clock" in cleaned:
            told = datetime.datetime.combine(cleaned["day"], cleaned["clock"])
            at = timezone.make_aware(told)
            if at.astimezone(datetime.UTC).astimezone(at.tzinfo).replace(tzinfo=None) != told:
                self.add_error(
                    "clock", _("The clocks are moved forward that night: there is no such time. Choose another.")
                )
            elif at <= timezone.now():
                self.add_error("day", _("The moment has passed. Choose a later one."))
            cleaned["at"] = at
        return cleaned


class UnpublishForm(ActForm):
    words = _words(_("Why the text is taken off"), help_text=_("The writers read this."))


class LeaveForm(ActForm):
    words = _words(_("Message to the writer"), required=True, help_text=_("Say why the text stays on the site."))


class NoteForm(ActForm):
    text = _words(_("Note among editors"), required=True, help_text=_("The writers never see it."))

"""The forms of a text: its words, what it is about, who wrote it, and what is asked when it is sent."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blog.working.forms import SHORT
from blog.writing.choices import Choices, one_of

# A byline shows the role, or the name too.
ROLE, NAME = "role", "name"


class AboutForm(forms.Form):
    """What the text is about and where it would come out."""

    use_required_attribute = False

    channel = forms.ChoiceField(label=_("Blog"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)
    task_area = forms.ChoiceField(
        label=_("Task area"), required=False, help_text=_("Which part of structural social work the text is about.")
    )
    phenomena = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("One to three is enough.")
    )
    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = {
            "channel": choices.channel_pairs,
            "task_area": one_of(choices.task_areas),
            "phenomena": choices.phenomena,
            "themes": choices.themes,
        }
        for name, pairs in offered.items():
            field: Any = self.fields[name]
            field.choices = pairs
        if len(choices.channels) < 2:
            # Nothing to choose: it goes along unseen.
            self.fields["channel"].widget = forms.HiddenInput()
            self.fields["channel"].required = False


class PictureForm(forms.Form):
    """What is told of the picture; the file itself is kept beside the draft (blog.writing.pictures)."""

    use_required_attribute = False

    picture_stored = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400)
    picture_alt = forms.CharField(
        label=_("What the picture shows"),
        max_length=300,
        required=False,
        help_text=_("For those who do not see it. Write what matters in it for the text."),
        widget=forms.Textarea(attrs={**SHORT, "rows": 2}),
    )
    picture_credit = forms.CharField(
        label=_("Who made the picture"),
        max_length=200,
        required=False,
        help_text=_("Name, and the licence if there is one. Your own picture: your name or role."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("picture_stored"):
            for name, missing in (
                ("picture_alt", _("Tell what the picture shows, or take the picture away.")),
                ("picture_credit", _("Tell who made the picture, or take the picture away.")),
            ):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, missing)
        return cleaned


class AuthorForm(forms.Form):
    """One writer. Those after the first may be left empty; the first one is who sends the text."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Role"), max_length=150, help_text=_("For example: social worker, student, expert by experience.")
    )
    group = forms.ChoiceField(label=_("Who you write as"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    other_organisation = forms.CharField(
        label=_("Other organisation"), max_length=150, required=False, help_text=_("If yours is not in the list.")
    )
    byline = forms.ChoiceField(
        label=_("What readers see"),
        choices=[(ROLE, _("Role and organisation, no name")), (NAME, _("Name, role and organisation"))],
        initial=ROLE,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Name"), max_length=150, required=False)

    def __init__(self, *args: Any, choices: Choices, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_first = is_first
        group: Any = self.fields["group"]
        group.choices = one_of(choices.groups)
        organisation: Any = self.fields["organisation"]
        organisation.choices = one_of(choices.organisations, str(_("Another one, or none")))
        if is_first:
            # An empty field would say nothing of who sends the text.
            self.fields["name"].help_text = _("The editors see it. Readers see it only if you choose so.")
        else:
            self.fields["title"].required = False
            self.fields["byline"].required = False
            group.label = _("Who they write as")

    @property
    def is_used(self) -> bool:
        """Whether the form tells of somebody."""
        cleaned = getattr(self, "cleaned_data", {})
        told = [cleaned.get(name) for name in ("title", "group", "organisation", "other_organisation", "name")]
        return self.is_first or any(told)

    @property
    def shown_name(self) -> str:
        """The name that readers would see."""
        return self.cleaned_data.get("name", "") if self.cleaned_data.get("byline") == NAME else ""

    @property
    def shown_organisation(self) -> str:
        field: Any = self.fields["organisation"]
        chosen = self.cleaned_data.get("organisation")
        return dict(field.choices)[chosen] if chosen else self.cleaned_data.get("other_organisation", "")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("byline") == NAME and not cleaned.get("name"):
            self.add_error("name", _("Write the name that readers are to see."))
        if not self.is_first and self.is_used and not cleaned.get("title"):
            self.add_error("title", _("Tell the role of this writer."))
        return cleaned


class MessageForm(forms.Form):
    """What goes along with a text to the editors."""

    use_required_attribute = False

    message = forms.CharField(
        label=_("Message to the editors"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("What they should know: a hurry, a doubt, a wish. Readers do not see it."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a link there. The text goes on to the editors once you have opened it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, knows_sender: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if knows_sender:
            del self.fields["email"]


class ConsentForm(forms.Form):
    """Asked anew at each sending: neither is kept with the draft."""

    use_required_attribute = False

    consent = forms.BooleanField(
        label=_("The text may be published on this site and told of in its newsletter, as I have chosen above."),
        error_messages={"required": _("Without your consent the text cannot be published.")},
    )
    employer = forms.BooleanField(
        label=_("I have what my employer asks: permission, or knowledge that none is needed."), required=False
    )
    asks_length = forms.BooleanField(
        label=_("I ask the editors to take the text at this length. I tell why in the message."), required=False
    )

    def __init__(self, *args: Any, is_off_length: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_off_length:
            del self.fields["asks_length"]
        for field in self.fields.values():
            field.widget.attrs["data-draft-skip"] = ""


def refuse_empty(words: str) -> str:
    """Words that must be there; ValidationError where there are none."""
    said = words.strip()
    if not said:
        raise ValidationError(_("Write a few words."))
    return said

"""Forms that ask once more before they take a text in which there seems to be personal data."""

from typing import Any, ClassVar

from django import forms
from django.utils.crypto import salted_hmac

from common.personal_data.finding import find
from common.personal_data.noticing import Noticed, notice

SEEN = "personal_data_seen"
_SALT = "common.personal_data.forms"


class AsksAboutPersonalData(forms.BaseForm):
    """To be mixed into a form: names its free texts in `free_texts`, and its page includes the three templates.

    A form with findings is not valid until its writer has seen each of them and pressed the button "Send anyway":
    `components/_personal_data_summary.html` before the form, `_personal_data_confirm.html` after its own button;
    `_field.html` shows the findings beside the field. Nothing of the text is kept or logged: the button holds keyed
    digests of the words that were seen, so words that are written after that are asked about as well.
    """

    free_texts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._noticed: dict[str, list[Noticed]] = {}
        self._digests: list[str] = []
        for name in self.free_texts:
            # The page's script tells of findings while one writes.
            self.fields[name].widget.attrs["data-personal-data"] = ""

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        self._noticed, self._digests = {}, []
        seen = self._seen()
        for name in self.free_texts:
            text = str(self.cleaned_data.get(name) or "")
            digests = [_digest(text[each.start : each.end]) for each in find(text)]
            self._digests += digests
            if not seen.issuperset(digests):
                self._noticed[name] = notice(text)
                self._describe(name)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.noticed

    @property
    def noticed(self) -> dict[str, list[Noticed]]:
        """What its writer has yet to look at, by field."""
        # Asking for the errors has the form cleaned, once.
        return self._noticed if self.errors is not None else {}

    @property
    def noticed_fields(self) -> list[forms.BoundField]:
        """The fields with something to look at, as the summary lists them."""
        return [self[name] for name in self.noticed]

    @property
    def seen_value(self) -> str:
        """What the button sends: the digests of all that is found now."""
        return ".".join(dict.fromkeys(self._digests)) if self.errors is not None else ""

    def _seen(self) -> set[str]:
        data: Any = self.data
        sent = data.getlist(SEEN) if hasattr(data, "getlist") else [data.get(SEEN) or ""]
        return {digest for value in sent for digest in value.split(".")}

    def _describe(self, name: str) -> None:
        """Tie the findings to the control, after the hint and the errors."""
        field = self[name]
        described = [f"{field.auto_id}_helptext"] if field.help_text else []
        described += [f"{field.auto_id}_error"] if field.errors else []
        self.fields[name].widget.attrs["aria-describedby"] = " ".join([*described, f"{field.auto_id}_findings"])


def _digest(words: str) -> str:
    return salted_hmac(_SALT, words).hexdigest()[:16]

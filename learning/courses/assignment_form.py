"""The editor's form of an assignment."""

from typing import Any

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

# What the levels of a criterion go up to where the assignment is not graded: it is lacking or fulfilled.
FULFILS = 1
FILE_KINDS = (
    ("pdf", "PDF"),
    ("docx", pgettext_lazy("kind of file", "Word text (DOCX)")),
    ("odt", pgettext_lazy("kind of file", "LibreOffice text (ODT)")),
    ("pptx", pgettext_lazy("kind of file", "PowerPoint slides (PPTX)")),
    ("xlsx", pgettext_lazy("kind of file", "Excel table (XLSX)")),
    ("png", pgettext_lazy("kind of file", "PNG picture")),
    ("jpg", pgettext_lazy("kind of file", "JPEG picture")),
)


class AssignmentForm(WagtailAdminModelForm):
    """Refuses assignments that nobody could hand in, or whose sample could not be compared with."""

    file_kinds = forms.MultipleChoiceField(
        label=_("Kinds of files"), choices=FILE_KINDS, widget=forms.CheckboxSelectMultiple, required=False
    )

    def clean_file_kinds(self) -> list[str]:
        chosen = self.cleaned_data["file_kinds"]
        return [code for code, _name in FILE_KINDS if code in chosen]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") in {"files", "either"} and not cleaned.get("file_kinds"):
            self.add_error("file_kinds", _("Choose at least one kind of file."))
        self._refuse_what_changes_what_was_handed_in(cleaned)
        criteria = self.formsets.get("criteria")
        if criteria is not None and criteria.is_valid():
            self._refuse_sample_without_levels(cleaned, criteria)
        return cleaned

    def _refuse_what_changes_what_was_handed_in(self, cleaned: dict[str, Any]) -> None:
        """What was marked on one scale cannot be told on another."""
        moved = [name for name in ("kind", "scale") if name in self.changed_data and name in cleaned]
        if moved and self.instance.pk and self.instance.in_runs.filter(submissions__isnull=False).exists():
            for name in moved:
                self.add_error(name, _("Work has been handed in already. Make a new assignment to change this."))

    def _refuse_sample_without_levels(self, cleaned: dict[str, Any], criteria: Any) -> None:
        rows = [form for form in criteria.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        has_sample = bool(strip_tags(cleaned.get("sample") or "").strip())
        if has_sample and not rows:
            self.add_error("sample", _("Write the criteria too: learners compare their levels with yours."))
        for form in rows:
            value = form.cleaned_data.get("sample_value")
            if has_sample and value is None:
                form.add_error("sample_value", _("Tell how the sample does: learners compare with it."))
            elif value is not None and value > FULFILS and cleaned.get("scale") == "pass":
                form.add_error("sample_value", _("Without grades the level is 0 (lacking) or 1 (fulfilled)."))
        if any(form.errors for form in rows):
            self.add_error(None, _("Check the criteria."))

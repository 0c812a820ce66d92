"""The teacher's form of a run, and the ways of naming people in it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from learning.courses.models import CoursePage, CourseRun
from learning.study.due import run_ends

Row = dict[str, Any]
LONGEST_NAME = 300
# Words that stand where the codes of runs do in addresses: /opinnot/<word>/.
OTHER_PAGES = {"esikatselu", "laite", "yritys"}
# Further away a day is a slip, and moved on it may leave the calendar.
FIRST_DAY, LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)


def refuse_other_pages(code: str) -> None:
    """Raise ValidationError where a run of this code could not be opened."""
    if code.casefold() in OTHER_PAGES:
        raise ValidationError(_("Another page has this address. Choose another code."))


def refuse_far_days(day: datetime.date | None) -> None:
    """Raise ValidationError where the year is a slip."""
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Give a day between the years 2000 and 2100."))


class PersonField(forms.CharField):
    """A person by e-mail address or full name. Nobody has to be shown a list of everybody to name one."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    default_error_messages = {
        "unknown": _("Nobody here has this e-mail address or name: %(typed)s. People make their own accounts."),
        "several": _("Several people are called %(typed)s: give the e-mail address."),
    }

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return getattr(get_user_model().objects.filter(pk=value).first(), "email", "")
        return getattr(value, "email", value)

    def to_python(self, value: Any) -> Any:
        typed = " ".join(str(super().to_python(value)).split())
        if typed in self.empty_values or len(typed) > LONGEST_NAME:
            return None
        return self._by_email(typed) if "@" in typed else self._by_name(typed)

    def _by_email(self, typed: str) -> Any:
        person = get_user_model().objects.filter(email__iexact=typed, is_active=True).first()
        if person is None:
            raise ValidationError(self.error_messages["unknown"], "unknown", {"typed": typed})
        return person

    def _by_name(self, typed: str) -> Any:
        first, _space, last = typed.rpartition(" ")
        called = get_user_model().objects.filter(first_name__iexact=first, last_name__iexact=last, is_active=True)
        found = list(called[:2]) if first else []
        if len(found) != 1:
            code = "several" if found else "unknown"
            raise ValidationError(self.error_messages[code], code, {"typed": typed})
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(str(self.prepare_value(initial) or "").casefold() != str(data or "").strip().casefold())


class RunTeacherForm(WagtailAdminModelForm):
    user = PersonField(label=_("Teacher"), help_text=_("E-mail address, or first and last name as in the account."))

    def clean_user(self) -> Any:
        """Who was there before stays, whatever has become of their role."""
        person = self.cleaned_data["user"]
        if person and person.pk != self.initial.get("user") and not person.has_perm("wagtailadmin.access_admin"):
            told = _("%(person)s cannot open the administration. An administrator gives the role of a teacher first.")
            # As it was typed: an address does not tell whose it is.
            raise ValidationError(told, "no_role", {"person": self.data.get(self.add_prefix("user"), "")})
        return person


class RunForm(WagtailAdminModelForm):
    """Refuses runs that nobody could open or enrol on, or whose tasks could not be done."""

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        refuse_other_pages(code)
        return code

    def clean(self) -> Row:
        cleaned: Row = super().clean() or self.cleaned_data
        admission = cleaned.get("admission")
        if admission == CourseRun.Admission.CODE and not cleaned.get("enrolment_code"):
            self.add_error("enrolment_code", _("Give the code by which people enrol."))
        if admission == CourseRun.Admission.INSTITUTIONS and not cleaned.get("admitted"):
            self.add_error("admitted", _("Name the organisations whose people may enrol."))
        if cleaned.get("seats") == 0:
            self.add_error("seats", _("Give at least one seat, or leave the field empty."))
        self._refuse_backward_dates(cleaned)
        quizzes = self.formsets.get("run_quizzes")
        if quizzes is not None and quizzes.is_valid() and not self.errors:
            self._refuse_quizzes_out_of_place(cleaned, quizzes)
        return cleaned

    def _refuse_backward_dates(self, cleaned: Row) -> None:
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        opens, closes = cleaned.get("enrolment_opens"), cleaned.get("enrolment_closes")
        for name in ("starts", "ends", "enrolment_opens", "enrolment_closes"):
            try:
                refuse_far_days(cleaned.get(name))
            except ValidationError as error:
                self.add_error(name, error)
        if starts and ends and ends < starts:
            self.add_error("ends", _("The run ends before it starts."))
        if opens and closes and closes < opens:
            self.add_error("enrolment_closes", _("Enrolment closes before it opens."))
        if ends and closes and closes > ends:
            self.add_error("enrolment_closes", _("Enrolment closes after the run has ended."))
        if ends and opens and opens > ends:
            self.add_error("enrolment_opens", _("Enrolment opens after the run has ended."))

    def _refuse_quizzes_out_of_place(self, cleaned: Row, quizzes: Any) -> None:
        run = CourseRun(starts=cleaned["starts"], ends=cleaned.get("ends"))
        for form in kept_forms(quizzes):
            row = form.cleaned_data
            quiz, module, course = row.get("quiz"), row.get("module"), cleaned.get("course")
            if quiz and course and quiz.course_id != course.pk:
                form.add_error("quiz", _("This quiz belongs to another course."))
            if module and course and not CoursePage.objects.ancestor_of(module).filter(course=course).exists():
                form.add_error("module", _("This module belongs to another course."))
            refuse_times_outside(run, form)
        if any(form.errors for form in quizzes.forms):
            self.add_error(None, _("Check the quizzes of the run."))


def kept_forms(formset: Any) -> Iterable[Any]:
    """The rows that stay."""
    return [form for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]


def refuse_times_outside(run: CourseRun, form: Any) -> None:
    """A quiz opens and is due while the run goes on, by Finnish days."""
    opens, due, last = form.cleaned_data.get("opens"), form.cleaned_data.get("due"), run_ends(run)
    for name, moment in (("opens", opens), ("due", due)):
        if moment and (timezone.localdate(moment) < run.starts or (last and moment > last)):
            form.add_error(name, _("This is not between the first and the last day of the run."))

"""The teacher's form of a run."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from learning.courses.models import CoursePage, CourseRun
from learning.study.co_teaching.form_rules import refuse_without_responsible
from learning.study.due import DAYS_FOR_REVIEWS, run_ends
from learning.study.models import RunAssignment
from learning.study.person_field import PersonField

Row = dict[str, Any]
# Words that stand where the codes of runs do in addresses: /opinnot/<word>/.
OTHER_PAGES = {"esikatselu", "laite", "palautus", "vertaisarvio", "yritys"}
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
        refuse_without_responsible(self)
        if not self.errors:
            self._refuse_rows_out_of_place(cleaned)
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

    def _refuse_rows_out_of_place(self, cleaned: Row) -> None:
        run = CourseRun(starts=cleaned["starts"], ends=cleaned.get("ends"), course=cleaned["course"])
        for name, (refuse, told) in TASKS.items():
            rows = self.formsets.get(name)
            if rows is None or not rows.is_valid():
                continue
            for form in kept_forms(rows):
                refuse(run, form)
            if any(form.errors for form in rows.forms):
                self.add_error(None, told)


def kept_forms(formset: Any) -> Iterable[Any]:
    """The rows that stay."""
    return [form for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]


def refuse_quiz_out_of_place(run: CourseRun, form: Any) -> None:
    quiz = form.cleaned_data.get("quiz")
    if quiz and quiz.course_id != run.course_id:
        form.add_error("quiz", _("This quiz belongs to another course."))
    refuse_module_elsewhere(run, form)
    refuse_times_outside(run, form, "opens", "due")


def refuse_assignment_out_of_place(run: CourseRun, form: Any) -> None:
    row = form.cleaned_data
    assignment = row.get("assignment")
    if assignment and assignment.course_id != run.course_id:
        form.add_error("assignment", _("This assignment belongs to another course."))
    refuse_module_elsewhere(run, form)
    refuse_times_outside(run, form, "opens", "due", "reviews_due")
    if row.get("peers") in {None, RunAssignment.Peers.NONE} or form.errors:
        return
    if assignment and assignment.is_journal:
        form.add_error("peers", _("A learning journal is read by its teachers alone."))
    refuse_reviews_after_the_end(run, form)


def refuse_reviews_after_the_end(run: CourseRun, form: Any) -> None:
    """Reviews are written between the due date of the work and the end of the run."""
    due, reviews_due, last = form.cleaned_data.get("due"), form.cleaned_data.get("reviews_due"), run_ends(run)
    if due is None:
        if last is not None or reviews_due is not None:
            form.add_error("due", _("Peer review needs a due date of the work."))
    elif reviews_due is None and last is not None and due + datetime.timedelta(days=DAYS_FOR_REVIEWS) > last:
        form.add_error("reviews_due", _("A week after the due date the run is over. Give the day of the reviews."))


def refuse_module_elsewhere(run: CourseRun, form: Any) -> None:
    module = form.cleaned_data.get("module")
    if module and not CoursePage.objects.ancestor_of(module).filter(course_id=run.course_id).exists():
        form.add_error("module", _("This module belongs to another course."))


def refuse_times_outside(run: CourseRun, form: Any, *names: str) -> None:
    """What is done on a run opens and is due while the run goes on, by Finnish days."""
    last = run_ends(run)
    for name in names:
        moment = form.cleaned_data.get(name)
        if moment and (timezone.localdate(moment) < run.starts or (last and moment > last)):
            form.add_error(name, _("This is not between the first and the last day of the run."))


# What looks at the rows of each kind, and what is told at the top when one of them is out of place.
TASKS: dict[str, tuple[Callable[[CourseRun, Any], None], Any]] = {
    "run_quizzes": (refuse_quiz_out_of_place, _("Check the quizzes of the run.")),
    "run_assignments": (refuse_assignment_out_of_place, _("Check the assignments of the run.")),
}

"""The administration's form of a run keeps to what its teachers' own page does: somebody is responsible."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from learning.study.models import RunTeacher
from learning.study.permissions import may_arrange_every_run

NOBODY = _("Name at least one responsible teacher.")


def refuse_without_responsible(form: Any) -> None:
    """Add an error where the rows of the form would leave the run to nobody; runs without any teacher may be made."""
    rows = form.formsets.get("run_teachers")
    if rows is None or not rows.is_valid() or not rows.has_changed():
        return
    before = dict(RunTeacher.objects.filter(run=form.instance.pk).values_list("pk", "role")) if form.instance.pk else {}
    after = list(_roles_after(before, rows))
    leads = RunTeacher.Role.RESPONSIBLE
    if leads not in after and (after or leads in before.values()) and not _is_added_as_responsible(form, rows):
        form.add_error(None, NOBODY)


def _roles_after(before: dict[int, str], rows: Any) -> "list[str]":
    kept, added = dict(before), []
    for each in rows.forms:
        told = each.cleaned_data
        if told.get("DELETE"):
            kept.pop(each.instance.pk, None)
        elif each.instance.pk in kept:
            kept[each.instance.pk] = told["role"]
        elif told.get("user"):
            added.append(told["role"])
    return [*kept.values(), *added]


def _is_added_as_responsible(form: Any, rows: Any) -> bool:
    """A teacher who makes a run and does not name themselves is made responsible for it."""
    if form.instance.pk or may_arrange_every_run(form.for_user):
        return False
    return all((each.cleaned_data or {}).get("user") != form.for_user for each in rows.forms)

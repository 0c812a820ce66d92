"""What a file would do to the bank, question by question, and doing it: the whole file or nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.spreadsheets import FileRefused
from learning.courses import kinds
from learning.courses.bank.records import DEFAULTS, Record, plain
from learning.courses.forms import refuse_unanswerable
from learning.courses.models import Question, QuestionOption, QuestionStep

YES = {"x", "kyllä", "oikein", "ja", "rätt", "yes", "true", "1"}
NUMBER = re.compile(r"[0-9]{1,7}([.,][0-9]{1,3})?")
NO = {"", "ei", "väärin", "nej", "fel", "no", "false", "0"}


class Act(TextChoices):
    MAKE = "make", gettext_lazy("Is made")
    CHANGE = "change", gettext_lazy("Is changed")
    SAME = "same", gettext_lazy("Stays as it is")
    REFUSE = "refuse", gettext_lazy("Cannot be read")


@dataclass(frozen=True)
class Line:
    """What becomes of one question of the file, and why."""

    where: int
    code: str
    act: Act
    told: str = ""
    question: Question | None = None

    @property
    def words(self) -> str:
        return str(self.act.label)


def plan(records: Sequence[Record]) -> list[Line]:
    """A line for each question of the file, in its order; nothing is written."""
    codes = [record.own["code"] for record in records]
    found = Question.objects.prefetch_related("options", "steps").in_bulk(codes, field_name="code")
    lines: list[Line] = []
    seen: set[str] = set()
    for record in records:
        code = record.own["code"]
        if code in seen:
            told = _("Another question of the file has this code.")
            lines.append(Line(record.where, code, Act.REFUSE, told))
        else:
            lines.append(_line(record, found.get(code)))
        seen.add(code)
    return lines


def _line(record: Record, existing: Question | None) -> Line:
    code = record.own["code"]
    try:
        question = _question(record)
    except ValidationError as error:
        return Line(record.where, code, Act.REFUSE, " ".join(error.messages))
    if existing is None:
        return Line(record.where, code, Act.MAKE, question=question)
    question.pk = existing.pk
    changed = _differences(existing, question)
    if not changed:
        return Line(record.where, code, Act.SAME, question=question)
    return Line(record.where, code, Act.CHANGE, ", ".join(changed), question)


def _question(record: Record) -> Question:
    """The question of the record, not saved; raises ValidationError with what is wrong with it."""
    if record.fault:
        raise ValidationError(_("Something could not be read: %(told)s") % {"told": record.fault})
    own = record.own
    if own["kind"] not in kinds.BY_CODE:
        names = ", ".join(kinds.BY_CODE)
        raise ValidationError(
            _("The kind “%(kind)s” is not known. Known are: %(names)s.") % {"kind": own["kind"], "names": names}
        )
    question = Question(
        **{name: own[name] for name in ("code", "kind", "language", "prompt", "unit", "model_answer")},
        feedback_right=own["feedback_right"],
        feedback_wrong=own["feedback_wrong"],
        tolerance=_number("tolerance", own["tolerance"]),
        longest=_number("longest", own["longest"]),
    )
    _validate(question, [])
    options = [_option(at, row) for at, row in enumerate(record.options)]
    steps = [QuestionStep(sort_order=at, **row) for at, row in enumerate(record.steps)]
    for row in [*options, *steps]:
        _validate(row, ["question"])
    question.options, question.steps = options, steps
    told = {"model_answer": own["model_answer"], "steps": [{"name": step.name} for step in steps]}
    refuse_unanswerable(question.kind, [dict(vars(option)) for option in options], told)
    return question


def _option(at: int, row: dict[str, str]) -> QuestionOption:
    said = row["correct"].casefold()
    if said not in YES | NO:
        raise ValidationError(
            _("Right or not is told with x or with nothing, not with “%(said)s”.") % {"said": said[:40]}
        )
    return QuestionOption(sort_order=at, **{**row, "correct": said in YES})


def _number(name: str, text: str) -> Decimal:
    told = text or DEFAULTS[name]
    # A bounded one: a number of a few letters may have a million digits.
    if not NUMBER.fullmatch(told):
        label = Question._meta.get_field(name).verbose_name
        raise ValidationError(_("%(field)s: “%(text)s” is not a number.") % {"field": label, "text": told[:40]})
    return Decimal(told.replace(",", "."))


def _validate(row: Any, exclude: list[str]) -> None:
    for field in row._meta.fields:
        # Long texts are measured by forms alone.
        if field.max_length and len(str(getattr(row, field.attname) or "")) > field.max_length:
            sentence = _("%(field)s: at most %(most)d characters fit.")
            raise ValidationError(sentence % {"field": field.verbose_name, "most": field.max_length})
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        names = {field.name: str(field.verbose_name) for field in row._meta.fields}
        told = [f"{names[name]}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
        raise ValidationError(told) from None


def _differences(existing: Question, question: Question) -> list[str]:
    """What the file changes, as its fields are called."""
    before, after = _content(existing), _content(question)
    names = {field.name: str(field.verbose_name) for field in Question._meta.fields}
    names |= {"options": _("Options"), "steps": _("Steps of a case")}
    return [names[name] for name in before | after if before.get(name) != after.get(name)]


def _content(question: Question) -> dict[str, Any]:
    told = question.content()
    for name, value in told.items():
        if isinstance(value, str):
            told[name] = plain(value)
        elif isinstance(value, list):
            told[name] = [{key: plain(text) for key, text in row.items()} for row in value]
    told["longest"] = str(question.longest)
    told["model_answer"] = plain(question.model_answer)
    return told


@transaction.atomic
def carry_out(records: Sequence[Record]) -> list[Line]:
    """Make and change what the file says; raises FileRefused, and changes nothing, where any of it cannot be read.

    Attempts under way keep the versions that they began with.
    """
    # Two imports at once, or an editor meanwhile: the later one sees what the earlier wrote.
    codes = [record.own["code"] for record in records]
    list(Question.objects.select_for_update().filter(code__in=codes).order_by("pk"))
    lines = plan(records)
    if any(line.act == Act.REFUSE for line in lines):
        raise FileRefused(_("Nothing was imported, because some questions cannot be read."))
    for line in lines:
        if line.question is not None and line.act != Act.SAME:
            _write(line.question)
    return lines


def _write(told: Question) -> None:
    question = Question.objects.filter(pk=told.pk).first() or told
    if question is not told:
        for field in Question._meta.fields:
            if not field.primary_key:
                setattr(question, field.name, getattr(told, field.name))
        question.options, question.steps = list(told.options.all()), list(told.steps.all())
    question.save()


def counted(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """How many of each, in the order of the acts."""
    acts = [line.act for line in lines]
    return [(str(act.label), acts.count(act)) for act in Act if act in acts]

"""What a learner is told of an assignment before they hand anything in: the rules in plain words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import dates
from common.numbers import written
from learning.courses.models import Assignment
from learning.study.assignments.nameless import hides_writer
from learning.study.assignments.rules import Rules
from learning.study.due import reviews_due_of
from learning.study.models import Enrolment, RunAssignment
from texts.fields import WORDS, Aim


def aim_of(assignment: Assignment) -> Aim:
    return Aim(assignment.min_words or 0, assignment.max_words or 0, WORDS)


def told_of(run_assignment: RunAssignment, enrolment: Enrolment | None, rules: Rules) -> list[str]:
    """Each a sentence or two: the time, what is handed in, what happens to it and who reads it."""
    told = [_due(rules), _late(rules), _of_journal(run_assignment.assignment)]
    told += [_length(run_assignment.assignment), files_told(run_assignment.assignment)]
    if not _was_asked_again(run_assignment.assignment, rules):
        told += [_back(), _rounds(run_assignment.assignment)]
    told += [_marked(run_assignment), _readers(run_assignment)]
    told += [_peers(run_assignment, enrolment), _copies(run_assignment), _likeness(run_assignment)]
    return [each for each in told if each]


def _was_asked_again(assignment: Assignment, rules: Rules) -> bool:
    """Then the page tells beside the next step how many times are left, and nothing is taken back any more."""
    return rules.is_again or rules.rounds_left < assignment.resubmissions


def _due(rules: Rules) -> str:
    if rules.due is None:
        return _("There is no due date.")
    moment = {"weekday": dates.weekday(rules.due), "day": dates.near_day(rules.due), "clock": dates.clock(rules.due)}
    told = _("Hand in by %(weekday)s %(day)s %(clock)s.") % moment
    if rules.extra_days:
        days = ngettext(
            "Your extra time, %(days)s day, is counted in.", "Your extra time, %(days)s days, is counted in.",
            rules.extra_days,
        )  # fmt: skip
        told += " " + days % {"days": written(rules.extra_days)}
    return told


def _late(rules: Rules) -> str:
    if rules.due is None:
        return ""
    if not rules.takes_late:
        return _("After that nothing is taken. If you need more time, ask the teacher in good time before.")
    if rules.ends is not None and rules.ends > rules.due:
        told = _("A work that comes after that is taken until %(day)s, and it is marked as late.")
        return told % {"day": dates.near_day(rules.ends)}
    return _("A work that comes after that is taken all the same, and it is marked as late.") if not rules.ends else ""


def _of_journal(assignment: Assignment) -> str:
    if not assignment.is_journal:
        return ""
    told = _("You write entries over the course, and hand the journal in as a whole. Until then they are yours alone.")
    if not assignment.entries:
        return told
    expected = ngettext("%(number)d entry is expected.", "%(number)d entries are expected.", assignment.entries)
    return f"{told} " + expected % {"number": assignment.entries}


def _length(assignment: Assignment) -> str:
    return aim_of(assignment).told if assignment.takes_text or assignment.is_journal else ""


def files_told(assignment: Assignment) -> str:
    if not assignment.takes_files:
        return ""
    told = ngettext(
        "At most %(number)d file: %(kinds)s, %(most)d MB at most.",
        "At most %(number)d files: %(kinds)s, %(most)d MB each at most.",
        assignment.most_files,
    )
    kinds = ", ".join(kind.upper() for kind in assignment.file_kinds)
    return told % {"number": assignment.most_files, "kinds": kinds, "most": assignment.most_megabytes}


def _back() -> str:
    return _(
        "Until it is due you may hand in a new version or take the work back, as long as no teacher has marked it."
    )


def _rounds(assignment: Assignment) -> str:
    if not assignment.resubmissions:
        return _("The work is marked once, as you hand it in.")
    told = ngettext(
        "If something is still lacking, you may be asked to complete the work once.",
        "If something is still lacking, you may be asked to complete the work, at most %(number)d times.",
        assignment.resubmissions,
    )
    days = ngettext("You then have %(days)d day.", "You then have %(days)d days.", assignment.resubmission_days)
    numbers = {"number": assignment.resubmissions, "days": assignment.resubmission_days}
    return f"{told} {days}" % numbers


def _marked(run_assignment: RunAssignment) -> str:
    if run_assignment.assignment.is_graded:
        return _("The work is graded from 0 to 5.")
    return _("The work is accepted, returned to be completed, or rejected.")


def _readers(run_assignment: RunAssignment) -> str:
    told = _("The teachers of the run read it.")
    if run_assignment.is_marked_anonymously:
        told = _("The teachers of the run mark it without seeing who wrote it.")
    if run_assignment.needs_second_marker:
        told += " " + _("Two teachers mark it, each on their own.")
    return told


def _copies(run_assignment: RunAssignment) -> str:
    if not (run_assignment.assignment.takes_files and hides_writer(run_assignment)):
        return ""
    return _(
        "Who reads it without your name gets the files under neutral names, and of office files and PDFs a copy "
        "without the writer in its properties. Your own name in the text or on the pages stays."
    )


def _peers(run_assignment: RunAssignment, enrolment: Enrolment | None) -> str:
    if not run_assignment.has_peers:
        return ""
    number = run_assignment.reviews_each
    if run_assignment.is_anonymous_among_peers:
        told = ngettext(
            "Another learner reviews it too, and you review theirs: neither sees the other's name.",
            "%(number)d other learners review it too, and you review as many works: nobody sees the others' names.",
            number,
        )
    else:
        told = ngettext(
            "Another learner reviews it too, and you review a work: you see each other's names.",
            "%(number)d other learners review it too, and you review as many works: you see each other's names.",
            number,
        )
    told %= {"number": number}
    due = reviews_due_of(run_assignment, enrolment)
    return f"{told} " + _("Reviews are due on %(day)s.") % {"day": dates.near_day(due)} if due else told


def _likeness(run_assignment: RunAssignment) -> str:
    if not run_assignment.hints_at_likeness:
        return ""
    return _("Passages that are alike in the works of the run are shown to the teacher, who decides what they mean.")

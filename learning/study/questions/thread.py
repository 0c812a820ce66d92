"""One question with its answers, as its pages show it: the learners' and the desk's."""

import uuid
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from common.errors import Refused
from common.listing import page_links, page_number
from drafts.opening import OpenedDraft, finish_sent, open_draft
from learning.study.models import RunAnswer, RunQuestion
from learning.study.questions import services
from learning.study.questions.forms import ANSWER, AnswerForm, module_choices
from learning.study.questions.members import Member, Post
from learning.study.questions.notifications import hears_of

PER_PAGE = 25
ANSWERED = "vastattu"


@dataclass(frozen=True)
class Said:
    """A question or an answer as the member sees it, with what they may do about it."""

    post: Post
    who: str
    is_mine: bool
    is_askers: bool
    may_change: bool
    may_hide: bool
    may_bring_back: bool
    is_accepted: bool = False
    may_accept: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.post.hidden_at is not None

    @property
    def name_is_hidden(self) -> bool:
        """To teachers: the other learners do not see the name."""
        return not self.post.is_teacher and not self.post.shows_name


class Thread:
    """`act_url` is where its buttons lead."""

    def __init__(self, request: HttpRequest, member: Member, question: RunQuestion, *, act_url: str) -> None:
        self.request, self.member, self.question, self.act_url = request, member, question, act_url
        self.draft: OpenedDraft = open_draft(request, ANSWER, str(question.public_id))
        posted = request.POST if request.method == "POST" else None
        self.form = AnswerForm(posted, is_teacher=member.is_teacher)
        if posted is None:
            self.draft.fill(self.form)

    @property
    def status(self) -> int:
        return 422 if self.form.is_bound else 200

    @cached_property
    def asked(self) -> Said:
        return self._said(self.question, may_change=services.why_not_change(self.member, self.question) is None)

    @cached_property
    def accepted(self) -> Said | None:
        row = self.question.accepted
        return self._said_answer(row) if row is not None and row.hidden_at is None else None

    @cached_property
    def page(self) -> "Page[RunAnswer]":
        rows = self.question.answers.select_related("author").order_by("at", "pk")
        if self.accepted is not None:
            rows = rows.exclude(pk=self.accepted.post.pk)
        if not self.member.is_teacher:
            rows = rows.filter(hidden_at=None) | rows.filter(author=self.member.person)
        return Paginator(rows, PER_PAGE).get_page(page_number(self.request))

    @cached_property
    def answers(self) -> list[Said]:
        return [self._said_answer(row) for row in self.page]

    @cached_property
    def number(self) -> int:
        return self.page.paginator.count + (self.accepted is not None)

    @property
    def page_links(self) -> list[tuple[int | str, str]]:
        return page_links(self.page, self.page_url)

    def page_url(self, number: int) -> str:
        return f"{self.request.path}?page={number}"

    @cached_property
    def hears(self) -> bool:
        return hears_of(self.member, self.question)

    @property
    def module(self) -> str:
        return dict(module_choices(self.member.run)).get(str(self.question.module_id), _("The whole course"))

    @property
    def takes_answers(self) -> bool:
        return self.member.may_write and self.question.hidden_at is None

    @property
    def was_answered(self) -> bool:
        return ANSWERED in self.request.GET

    @property
    def change_url(self) -> str:
        return reverse("study:question_change", args=[self.member.run.code, self.question.public_id])

    @property
    def answered_url(self) -> str:
        """Where the newest answer is."""
        last = (self.question.answers.count() - 1) // PER_PAGE + 1
        return f"{self.request.path}?{ANSWERED}=1{f'&page={last}' if last > 1 else ''}#vastaukset"

    def _said_answer(self, row: RunAnswer) -> Said:
        row.question = self.question
        is_accepted = self.question.accepted_id == row.pk
        return self._said(
            row,
            may_change=self.member.wrote(row) and self.member.may_write and not is_accepted,
            is_accepted=is_accepted,
            may_accept=row.hidden_at is None and services.may_accept(self.member, self.question),
        )

    def _said(self, post: Post, *, may_change: bool, is_accepted: bool = False, may_accept: bool = False) -> Said:
        member = self.member
        return Said(
            post,
            member.name_of(post),
            is_mine=member.wrote(post),
            is_askers=post.author_id is not None and post.author_id == self.question.author_id,
            may_change=may_change and post.hidden_at is None,
            may_hide=post.hidden_at is None and (member.is_teacher or member.wrote(post)),
            may_bring_back=post.hidden_at is not None and member.may_bring_back(post),
            is_accepted=is_accepted,
            may_accept=may_accept,
        )


def question_of(member: Member, public_id: uuid.UUID) -> RunQuestion:
    """The question of the run; what is out of sight is there for its writer and for teachers alone."""
    rows = RunQuestion.objects.select_related("author", "accepted__author", "hidden_by")
    question = rows.filter(run=member.run, public_id=public_id).first()
    if question is None or not member.sees(question):
        raise Http404
    question.run = member.run
    return question


def answer_posted(thread: Thread) -> bool:
    """Answer with what was sent; False where the form has to be looked at again."""
    if not thread.form.is_valid():
        return False
    try:
        services.answer(member=thread.member, question=thread.question, **thread.form.written)
    except Refused as refusal:
        thread.form.add_error(None, str(refusal))
        return False
    finish_sent(thread.request, ANSWER, str(thread.question.public_id))
    return True

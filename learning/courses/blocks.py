"""Blocks of a lesson: the common ones, the glossary and the self-check question."""

from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from vocabulary.blocks import ContentWithTerms

if TYPE_CHECKING:
    from learning.courses.models import Question


class QuestionBlock(SnippetChooserBlock):
    """A self-check question: the reader answers without signing in, and nothing is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("courses.Question", **kwargs)

    class Meta:
        icon = "help"
        label = _("Self-check question")
        template = "blocks/question.html"

    def bulk_to_python(self, values: Iterable[int | None]) -> "list[Question | None]":
        """Read all questions of a page and their newest versions in one query; each block has its own object."""
        wanted = list(values)
        found = self.model_class.objects.with_current().in_bulk([value for value in wanted if value])
        return [copy(found[value]) if value in found else None for value in wanted]

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from learning.courses.sheet import Sheet

        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        sheet = context.get("sheet") or Sheet()
        context["shown"] = sheet.show(value) if value else None
        return context


class LessonBlocks(ContentWithTerms):
    """What a lesson is made of."""

    question = QuestionBlock()

"""Blocks of a lesson: the common ones, the glossary and the self-check question."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from vocabulary.blocks import ContentWithTerms


class QuestionBlock(SnippetChooserBlock):
    """A self-check question: the reader answers without signing in, and nothing is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("courses.Question", **kwargs)

    class Meta:
        icon = "help"
        label = _("Self-check question")
        template = "blocks/question.html"


class LessonBlocks(ContentWithTerms):
    """What a lesson is made of."""

    question = QuestionBlock()

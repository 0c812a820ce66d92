"""The choices that narrow results, as the form shows them."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common import languages
from common.templatetags.ov import shy
from search import facets
from search.facets import Choice, Facet


@dataclass(frozen=True)
class Option:
    """A choice of the form: how many hits it leaves, and whether it is in force."""

    choice: Choice
    number: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet as the form shows it. One that is folded opens by itself when something in it is chosen."""

    facet: Facet
    options: list[Option]

    @property
    def is_active(self) -> bool:
        return any(option.chosen for option in self.options)

    @property
    def html(self) -> SafeString:
        """The choices with their numbers. A page has some fifty of them, so no template is asked for each."""
        language, parameter = languages.current(), self.facet.parameter
        return mark_safe("\n".join(_checkbox(option, parameter, language) for option in self.options))

    @property
    def is_folded(self) -> bool:
        return self.facet is not facets.KIND


def _checkbox(option: Option, parameter: str, language: str) -> str:
    checked = " checked" if option.chosen else ""
    value = escape(option.choice.value)
    return (
        f'<label class="choice"><input type="checkbox" name="{parameter}" value="{value}"{checked}>'
        f'<span>{_label(option.choice, language)} <span class="count">({option.number})</span></span></label>'
    )


@lru_cache(maxsize=2_000)
def _label(choice: Choice, _language: str) -> str:
    language = f' lang="{choice.language}"' if choice.language else ""
    return f"<span{language}>{shy(choice.label, choice.language)}</span>"

"""What results can be narrowed by: how addresses say it, and what each choice is called in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from common import languages
from common.collation import sort_key
from common.kept import kept
from learning.themes.models import ThemePage
from search.sources import BY_KIND
from vocabulary.models import Phenomenon, Region

MOST_CHOSEN = 30
_YEARS = range(2100, 1899, -1)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: `code` is the index's, `value` the address's, `language` that of a label in another one."""

    code: str
    value: str
    label: str
    language: str = ""


# By code, in the order in which they are offered.
Choices = Mapping[str, Choice]


@dataclass(frozen=True)
class Facet:
    """One way to narrow the results. `name` is the engine's; addresses say `parameter`, those of programs `field`."""

    name: str
    parameter: str
    field: str
    label: Promise
    # What can be chosen, as a reader of the language calls it.
    choices: Callable[[str], Choices]


class ChoiceNames:
    """What the choices are called in the language in use; each facet is read once, when it is asked for."""

    def __init__(self) -> None:
        self.language = languages.current()
        self._read: dict[str, Choices] = {}

    def of(self, facet: Facet) -> Choices:
        if facet.name not in self._read:
            self._read[facet.name] = facet.choices(self.language)
        return self._read[facet.name]

    def codes(self, facet: Facet) -> dict[str, str]:
        """Value of an address → code of the index."""
        return {choice.value: code for code, choice in self.of(facet).items()}

    def codes_of(self, facet: Facet, values: list[str]) -> tuple[str, ...]:
        """Return the codes that the values of an address stand for, once each; what means nothing is left out."""
        if not values:
            return ()
        known = self.codes(facet)
        asked = dict.fromkeys(values[:MOST_CHOSEN])
        return tuple(known[value] for value in asked if value in known)


@cache
def _kinds(language: str) -> Choices:
    with override(language):
        return {kind: Choice(kind, kind, str(source.label)) for kind, source in BY_KIND.items()}


@cache
def _languages(language: str) -> Choices:
    with override(language):
        names = {code: gettext(str(name)) for code, name in settings.LANGUAGES}
    return {code: Choice(code, code, name[:1].upper() + name[1:]) for code, name in names.items()}


@cache
def _years(_language: str) -> Choices:
    return {str(year): Choice(str(year), str(year), str(year)) for year in _YEARS}


def _terms(model: type[Model], name: str) -> Callable[[str], Choices]:
    """Choices from a vocabulary whose names are in the columns `name_fi`, `name_sv` …"""

    def read(language: str) -> Choices:
        rows = model._default_manager.only("code", *(f"{name}_{code}" for code in languages.codes()))
        return _in_order([_of_term(row, name, language) for row in rows], language)

    return kept(read)


def _of_term(row: Any, name: str, language: str) -> Choice:
    own = getattr(row, f"{name}_{language}", "")
    if own or language == settings.LANGUAGE_CODE:
        return Choice(row.code, row.code, own)
    return Choice(row.code, row.code, getattr(row, f"{name}_{settings.LANGUAGE_CODE}"), settings.LANGUAGE_CODE)


@kept
def _themes(language: str) -> Choices:
    """Themes that anyone may read, as addresses of the other lists name them: by the slug of the Finnish page."""
    columns = ("translation_key", "locale__language_code", "slug", "title")
    versions: dict[str, dict[str, tuple[str, str]]] = {}
    for key, code, slug, title in ThemePage.objects.live().public().values_list(*columns):
        versions.setdefault(str(key), {})[code] = (slug, title)
    found = []
    for key, by_language in versions.items():
        slug = by_language.get(settings.LANGUAGE_CODE, next(iter(by_language.values())))[0]
        spoken = next(code for code in (language, settings.LANGUAGE_CODE, *by_language) if code in by_language)
        found.append(Choice(key, slug, by_language[spoken][1], "" if spoken == language else spoken))
    return _in_order(found, language)


def _in_order(choices: list[Choice], language: str) -> Choices:
    return {choice.code: choice for choice in sorted(choices, key=lambda choice: sort_key(choice.label, language))}


KIND = Facet("kind", "laji", "kind", _("Content"), _kinds)
THEME = Facet("theme", "teema", "theme", _("Theme"), _themes)
PHENOMENON = Facet("phenomenon", "ilmio", "phenomenon", _("Phenomenon"), _terms(Phenomenon, "name"))
REGION = Facet("region", "alue", "region", _("Region"), _terms(Region, "short"))
LANGUAGE = Facet("language", "kieli", "lang", _("Language of the content"), _languages)
YEAR = Facet("year", "vuosi", "year", _("Year"), _years)
# In the order in which they are shown and stand in addresses.
FACETS = (KIND, THEME, PHENOMENON, REGION, LANGUAGE, YEAR)

"""What many documents of one pass need alike, asked once: who may open what, and where the glossary is."""

from common import languages
from search.access import Restrictions
from vocabulary.models import GlossaryPage, GlossaryTerm


class Surroundings(Restrictions):
    """Restrictions, and the address of the glossary in each language."""

    def __init__(self) -> None:
        self._glossaries: dict[str, str | None] = {}

    def place_in_glossary(self, term: GlossaryTerm) -> str:
        """Where the glossary of the language in use explains the term; empty where readers have none."""
        language = languages.current()
        if language not in self._glossaries:
            page = GlossaryPage.objects.in_language(language).select_related("locale").first()
            self._glossaries[language] = (page.get_url() or "") if page else None
        address = self._glossaries[language]
        return "" if address is None else f"{address}#{term.code}"

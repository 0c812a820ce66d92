"""What the lists of the editors may not say: each refusal names the words, and where they are already."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from search import names
from search.names import LONGEST_NAME, Words
from search.query import MOST_WORDS as LONGEST_QUERY

if TYPE_CHECKING:
    from search.editing.models import BestBet, BestBetPage, SynonymGroup

# More would make each search with them slow.
MOST_IN_USE = 9
MOST_LINES = 40
LONGEST_LINE = 100


def refuse_in_synonyms(group: "SynonymGroup") -> None:
    """Raise what is wrong with the lists of the group, field by field."""
    errors = {
        "words": _wrong_lines(group.word_list, LONGEST_NAME),
        "retired": _wrong_lines(group.retired_list, LONGEST_NAME),
    }
    if len(group.word_list) > MOST_IN_USE:
        errors["words"].append(_("At most %(most)d words may be in use in one list.") % {"most": MOST_IN_USE})
    if not any(errors.values()):
        errors["words"] += _too_few(group)
        errors["retired"] += _both(group)
        for field, faults in _elsewhere(group).items():
            errors[field] += faults
    _raise(errors)


def refuse_in_best_bets(bet: "BestBet") -> None:
    """Raise what is wrong with the searches of the best bet."""
    errors = _wrong_lines(bet.query_list, LONGEST_QUERY)
    if not errors:
        for other in type(bet)._default_manager.exclude(pk=bet.pk):
            if not bet.language or not other.language or bet.language == other.language:
                errors += [
                    _("“%(line)s” is in another best bet of the language already: %(other)s.")
                    % {"line": line, "other": other}
                    for line in _shared(bet.query_list, other.query_list)
                ]
    _raise({"queries": errors})


def refuse_unsearchable(chosen: "BestBetPage") -> None:
    """Raise where the page is of a kind that the search does not hold, such as the list of a section."""
    from search.sources import PAGES

    if chosen.page_id and chosen.page.specific_class not in PAGES:
        _raise({"page": [_("The search does not hold this kind of page. Choose a page that it finds.")]})


def _raise(errors: dict[str, list[str]]) -> None:
    told = {field: faults for field, faults in errors.items() if faults}
    if told:
        raise ValidationError(told)


def _key(line: str) -> Words:
    return names.key_of(names.words_of(line))


def _wrong_lines(lines: list[str], most_words: int) -> list[str]:
    """What is wrong with the lines whatever else there is."""
    faults = []
    if len(lines) > MOST_LINES:
        faults.append(_("At most %(most)d lines.") % {"most": MOST_LINES})
    seen: dict[Words, str] = {}
    for line in lines[:MOST_LINES]:
        words = names.words_of(line)
        if len(words) > most_words or len(line) > LONGEST_LINE:
            faults.append(
                _("“%(line)s” is too long: at most %(most)d words.") % {"line": line[:LONGEST_LINE], "most": most_words}
            )
        elif not words:
            faults.append(_("“%(line)s” has no word in it.") % {"line": line})
        elif (key := _key(line)) in seen:
            told = _("“%(line)s” and “%(same)s” are the same to the search. Leave one.")
            faults.append(told % {"line": line, "same": seen[key]})
        else:
            seen[key] = line
    return faults


def _too_few(group: "SynonymGroup") -> list[str]:
    if len(group.word_list) + len(group.retired_list) > 1:
        return []
    return [_("One word alone has nothing that it means. Add another on the next line, or a retired word.")]


def _both(group: "SynonymGroup") -> list[str]:
    return [
        _("“%(line)s” is among the words in use too. A word is one or the other.") % {"line": line}
        for line in _shared(group.retired_list, group.word_list)
    ]


def _elsewhere(group: "SynonymGroup") -> dict[str, list[str]]:
    """Where another list, or a vocabulary, says otherwise of the same word."""
    in_two = _("“%(line)s” is in another list already: %(other)s. Add the words there.")
    retired_there = _("“%(line)s” is a retired word of another list: %(other)s.")
    used_there = _("“%(line)s” is in use in another list: %(other)s.")
    errors: dict[str, list[str]] = {"words": [], "retired": []}
    for other in type(group)._default_manager.exclude(pk=group.pk):
        for field, mine, theirs, told in [
            ("words", group.word_list, other.word_list, in_two),
            ("words", group.word_list, other.retired_list, retired_there),
            ("retired", group.retired_list, other.word_list, used_there),
            ("retired", group.retired_list, other.retired_list, in_two),
        ]:
            errors[field] += [told % {"line": line, "other": other} for line in _shared(mine, theirs)]
    errors["retired"] += [
        _("“%(line)s” is the name of a term in the vocabularies, so it is in use.") % {"line": line}
        for line in _shared(group.retired_list, _names_of_terms())
    ]
    return errors


def _shared(mine: Iterable[str], theirs: Iterable[str]) -> list[str]:
    keys = {_key(line) for line in theirs}
    return [line for line in mine if _key(line) in keys]


def _names_of_terms() -> list[str]:
    from search.synonyms import VOCABULARIES
    from vocabulary.models import GlossaryTerm

    return [
        name for model in (*VOCABULARIES, GlossaryTerm) for term in model.objects.all() for name in term.all_names()
    ]

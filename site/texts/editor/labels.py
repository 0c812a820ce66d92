"""What the editor says in the browser, in the language of the page.

Counted words are {"one": …, "other": …}; {n} is the number.
"""

from collections.abc import Callable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common.personal_data import Kind


def labels() -> dict[str, Any]:
    return _tools() | _links() | _length() | _marks() | _suggestions() | _personal()


def _counted(words: Callable[[int], str]) -> dict[str, str]:
    """Both forms of words that are counted in the browser."""
    return {"one": words(1), "other": words(2)}


def _tools() -> dict[str, str]:
    return {
        "text": pgettext("body", "Text"),
        "toolbar": _("Tools of the text"),
        "keys": _("Alt and F10 lead to the tools, F8 to the next comment or suggestion, Alt and Enter to its card."),
        "h2": pgettext("tool", "Heading"),
        "h3": pgettext("tool", "Subheading"),
        "strong": pgettext("tool", "Bold"),
        "em": pgettext("tool", "Emphasis"),
        "ul": pgettext("tool", "List"),
        "ol": pgettext("tool", "Numbered list"),
        "quote": pgettext("tool", "Quotation"),
        "undo": pgettext("tool", "Undo"),
        "redo": pgettext("tool", "Do again"),
        "comment": pgettext("tool", "Comment"),
        "kind_p": pgettext("block", "paragraph"),
        "kind_h2": pgettext("block", "heading"),
        "kind_h3": pgettext("block", "subheading"),
        "kind_ul": pgettext("block", "list item"),
        "kind_ol": pgettext("block", "numbered item"),
        "kind_quote": pgettext("block", "quotation"),
        "format": pgettext("block", "other formatting"),
        "cancel": _("Cancel"),
    }


def _links() -> dict[str, str]:
    return {
        "link": pgettext("tool", "Link"),
        "link_address": _("Address of the link"),
        "link_put": _("Add the link"),
        "link_remove": _("Remove the link"),
        "link_wrong": _("Give a whole address, such as https://example.org or name@example.org."),
        "link_needs_words": _("Select the words of the link first."),
        "link_is_put": _("The words are a link now."),
        "link_is_removed": _("The link is gone, its words are left."),
    }


def _length() -> dict[str, Any]:
    return {
        "characters": _counted(lambda n: ngettext("{n} character", "{n} characters", n)),
        "words": _counted(lambda n: ngettext("{n} word", "{n} words", n)),
        "meter_fits": pgettext("length", "fits"),
        "meter_under": _counted(lambda n: ngettext("{n} missing", "{n} missing", n)),
        "meter_over": _counted(lambda n: ngettext("{n} too many", "{n} too many", n)),
        "words_under": _counted(lambda n: ngettext("{n} word missing", "{n} words missing", n)),
        "words_over": _counted(lambda n: ngettext("{n} word too many", "{n} words too many", n)),
        "no_pictures": _counted(
            lambda n: ngettext(
                "A picture was left out: the body holds words alone.",
                "{n} pictures were left out: the body holds words alone.",
                n,
            )
        ),
    }


def _marks() -> dict[str, Any]:
    return {
        "thread": _("Comment {n}"),
        "at_thread": _("Comment {n}. Alt and Enter open it."),
        "at_suggestion": _("Suggestion, mark {n} of {all}. Alt and Enter open it."),
        "no_marks": _("There are no comments or suggestions in the text."),
        "comment_needs_words": _("Select the words that the comment is about first."),
        "comment_begins": _("Write the comment. The words are with it."),
    }


def _suggestions() -> dict[str, Any]:
    return {
        "locked": _("Somebody else has suggested a change to these words, so they cannot be changed here."),
        "accepted": _counted(lambda n: ngettext("The suggestion is accepted.", "{n} suggestions are accepted.", n)),
        "rejected": _counted(lambda n: ngettext("The suggestion is rejected.", "{n} suggestions are rejected.", n)),
        "undone": _("The decision is taken back."),
        "left": _counted(lambda n: ngettext("{n} suggestion waits.", "{n} suggestions wait.", n)),
        "own": _counted(lambda n: ngettext("{n} change suggested", "{n} changes suggested", n)),
        "own_withdraw": pgettext("suggestion", "Take back"),
        "own_is_withdrawn": _("The suggestion is taken back."),
        "adds": _("new: {words}"),
        "removes": _("goes: {words}"),
    }


def _personal() -> dict[str, Any]:
    return {
        "personal": _("Personal data in the text"),
        "personal_title": _counted(
            lambda n: ngettext("Does this tell who somebody is?", "Do these {n} places tell who somebody is?", n)
        ),
        "personal_advice": _(
            "A client must not be recognised in the text. It was looked at on this device alone; you decide what stays."
        ),
        "personal_show": _("Show in the text"),
        "personal_dismiss": _("This can stay"),
        **{f"personal_{kind.value}": capfirst(str(kind.label)) for kind in Kind},
        "personal_other": _("Personal data"),
    }

"""Why an act on a submission is refused, in words for the one who asked for it."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.errors import Refused
from common.numbers import written


class NotYours(Refused):
    message = gettext_lazy("This text is for its writers and editors.")


class NotYourTurn(Refused):
    message = gettext_lazy("It is not your turn now: the text has moved on. Look at its page for where it is.")


class NotHolding(Refused):
    message = gettext_lazy("Another editor has taken this text. Agree with them, or hand it over to yourself first.")


class NotTaken(Refused):
    message = gettext_lazy("Nobody edits this text now. Take it first.")


class Ended(Refused):
    message = gettext_lazy("The text is no longer on its way to be published.")


class NotConfirmed(Refused):
    message = gettext_lazy("The sender has not confirmed the e-mail address yet.")


class StaleVersion(Refused):
    message = gettext_lazy(
        "The text has changed since you opened it. Your own text is kept: compare the two before you send it."
    )


class NoText(Refused):
    message = gettext_lazy("Give the text a title and write it before you send it.")


class TitleTooLong(Refused):
    message = gettext_lazy("The title has at most 200 characters. Shorten it.")


class LeadTooLong(Refused):
    message = gettext_lazy("The lead has at most 500 characters. Shorten it.")


class LengthRefused(Refused):
    """The text is outside the length of a post; `count` is its length, `off` how much too short or too long."""

    def __init__(self, count: int, off: int, message: str | Promise | None = None) -> None:
        self.count, self.off = count, off
        super().__init__(message)


class TooShort(LengthRefused):
    def __init__(self, count: int, off: int) -> None:
        sentence = ngettext(
            "The text has %(count)s characters. It needs %(off)s character more.",
            "The text has %(count)s characters. It needs %(off)s characters more.",
            off,
        )
        super().__init__(count, off, sentence % {"count": written(count), "off": written(off)})


class TooLong(LengthRefused):
    def __init__(self, count: int, off: int) -> None:
        sentence = ngettext(
            "The text has %(count)s characters. It is %(off)s character too long.",
            "The text has %(count)s characters. It is %(off)s characters too long.",
            off,
        )
        super().__init__(count, off, sentence % {"count": written(count), "off": written(off)})


class NoReason(Refused):
    message = gettext_lazy("Write why in a few words.")


class NoConsent(Refused):
    message = gettext_lazy("A text is published only with the consent of its writers.")


class NotApproved(Refused):
    message = gettext_lazy("The writer has not approved this version of the text.")


class Undecided(Refused):
    """There are suggested changes that nobody has accepted or rejected; `count` tells how many."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            ngettext(
                "%(count)s suggested change is undecided. Accept or reject it first.",
                "%(count)s suggested changes are undecided. Accept or reject them first.",
                count,
            )
            % {"count": written(count)}
        )


class NoAltText(Refused):
    message = gettext_lazy("Say in words what the picture shows, for those who do not see it.")


class BadPicture(Refused):
    message = gettext_lazy("The picture does not open. Save it again as PNG or JPEG.")


class NoRole(Refused):
    message = gettext_lazy("Each author needs a role, for example: Social worker.")


class NoWriter(Refused):
    message = gettext_lazy("At least one author has to be somebody with an account here.")


class NoName(Refused):
    message = gettext_lazy("A name that is to be shown has to be written.")


class ChannelClosed(Refused):
    message = gettext_lazy("This blog takes no new texts now. Choose another one.")


class NothingChanged(Refused):
    message = gettext_lazy("The text is the same as the one on the site.")


class NotThen(Refused):
    message = gettext_lazy("Choose a moment that is still to come.")


class NotAnEditor(Refused):
    message = gettext_lazy("A text is handed over to an editor who did not write it.")


class NoBlog(Refused):
    message = gettext_lazy("The blog has no page in the language of the text.")


class BadAddress(Refused):
    message = gettext_lazy("Write an e-mail address to which we can send the link.")


class TooManyWaiting(Refused):
    message = gettext_lazy("Several texts wait for this address to be confirmed. Open the links of the letters first.")


class JoinedAlready(Refused):
    message = gettext_lazy("This author has joined already.")


class EditsThis(Refused):
    message = gettext_lazy(
        "You are the editor of this text. Hand it over to another editor before you join its authors."
    )


class BadLink(Refused):
    message = gettext_lazy("The link is not whole. Copy all of it from the letter.")


class LinkEnded(Refused):
    message = gettext_lazy("The link has ended or was used already.")


class SignInFirst(Refused):
    message = gettext_lazy("You have an account with this address. Sign in, and the text is yours.")


class NoSuchWords(Refused):
    message = gettext_lazy("These words are not in the text. Copy them from it exactly.")


class OverlappingChanges(Refused):
    message = gettext_lazy("Two of the suggested changes are about the same words. Make them one.")


class TooMuch(Refused):
    message = gettext_lazy("There are too many of these already. Settle some of them first.")


def too_long(most: int) -> Refused:
    """What somebody wrote beside the text is longer than it may be."""
    return Refused(_("This has at most %(most)s characters. Shorten it.") % {"most": written(most)})

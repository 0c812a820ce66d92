"""Why a text is not kept. `code` tells scripts, `message` people."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from common.errors import Refused


class NotKept(Refused):
    """`status` is that of the HTTP answer; `field` names the one at fault, where there is one."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 403
    field = ""


class SignedOut(NotKept):
    code = "signed-out"
    status = 401
    message = _("You are not signed in.")


class SomeoneElse(NotKept):
    code = "someone-else"
    message = _("Someone else has signed in with this browser. The text of this page is not saved under their name.")


class SignedIn(NotKept):
    code = "signed-in"
    message = _("You have signed in after this page was opened. Open the page again to go on writing.")


class Closed(NotKept):
    code = "closed"
    message = _("This form can no longer be changed.")


class Finished(NotKept):
    code = "finished"
    status = 410
    message = _("This has already been sent from another tab or device.")


class TooOften(NotKept):
    code = "too-often"
    status = 429
    message = _("This is saved too often. The text stays here and is saved again in a minute.")


class TooMany(NotKept):
    code = "too-many"
    status = 429
    message = _("You have too many unfinished drafts. Send or discard some of them first.")


class TooLarge(NotKept):
    code = "too-large"
    status = 413
    message = _("The text is too long to be saved.")


class Unreadable(NotKept):
    code = "unreadable"
    status = 400
    message = _("The draft could not be read.")

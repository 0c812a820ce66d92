"""Everything that is done with a submission: one function for each act."""

from blog.submitting.services.answering import approve, ask_unpublish, refuse_approval, send_back, withdraw
from blog.submitting.services.confirming import Confirmed, confirm
from blog.submitting.services.discussing import comment, note, reopen_thread, reply, resolve
from blog.submitting.services.editing import (
    ask_approval,
    decline,
    edit,
    hand_over,
    pass_length,
    return_to_writer,
    take,
    take_back,
)
from blog.submitting.services.forgetting import forget_ended, forget_unconfirmed
from blog.submitting.services.inviting import invite, join
from blog.submitting.services.posting import correct, leave, publish, publish_due, schedule, unpublish, unschedule
from blog.submitting.services.sending import change_details, give_consent, reopen, send
from blog.submitting.services.suggesting import suggest, withdraw_suggestion

__all__ = [
    "Confirmed",
    "approve",
    "ask_approval",
    "ask_unpublish",
    "change_details",
    "comment",
    "confirm",
    "correct",
    "decline",
    "edit",
    "forget_ended",
    "forget_unconfirmed",
    "give_consent",
    "hand_over",
    "invite",
    "join",
    "leave",
    "note",
    "pass_length",
    "publish",
    "publish_due",
    "refuse_approval",
    "reopen",
    "reopen_thread",
    "reply",
    "resolve",
    "return_to_writer",
    "schedule",
    "send",
    "send_back",
    "suggest",
    "take",
    "take_back",
    "unpublish",
    "unschedule",
    "withdraw",
    "withdraw_suggestion",
]

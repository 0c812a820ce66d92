"""What the room makes known when the app is ready."""

from learning.study.feedback import notifications, talking


def register() -> None:
    notifications.register_kinds()
    talking.register_drafts()

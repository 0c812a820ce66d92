"""What the room makes known when the service starts."""

from learning.study.marking import drafting, telling


def register() -> None:
    telling.register_kinds()
    drafting.register()

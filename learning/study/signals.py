"""What study tells those above it, inside the transaction of the event."""

from django.dispatch import Signal

# An enrolment became complete; sent with `enrolment`.
completed = Signal()

"""What study tells those above it, inside the transaction of the event."""

from django.dispatch import Signal

# An enrolment became complete; sent with `enrolment`.
completed = Signal()
# A version was handed in, or taken back before anybody marked it; sent with `submission`.
handed_in = Signal()
taken_back = Signal()

"""How large a text may be, so that nobody can make the service think for minutes."""

CHARACTERS = 60_000
BLOCKS = 2_000
MARKS = 5_000
CHANGES = 500
ADDRESS = 2_000
# The largest text with as many signs of marks and links as it may have.
TYPED = 300_000
# Tags inside one another. What people write has some tens; sanitisers take hours for a hundred thousand.
DEPTH = 500
# A text of the largest size as JSON or HTML, every character of it escaped.
TRANSPORT = 2_000_000

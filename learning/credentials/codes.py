"""Codes of certificates: twelve letters and digits that are read aloud and typed without being mistaken."""

import secrets

# Crockford's thirty-two: no I, L, O (taken for 1 and 0) and no U. Sixty bits, so guessing finds nothing.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
_MEANT = str.maketrans("ILO", "110")
_BETWEEN = str.maketrans("", "", " -\u00a0\u2009\u2010\u2011\u2012\u2013\u2014\u2212.")


def new_code() -> str:
    return in_groups("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def in_groups(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(typed: str) -> str:
    """The code that was meant, as 4-4-4; "" where it cannot be one.

    Small letters, spaces and dashes anywhere or nowhere, and I, L and O for 1 and 0 are all understood.
    """
    letters = typed.translate(_BETWEEN).strip().upper().translate(_MEANT)
    if len(letters) != LENGTH or not set(letters) <= set(LETTERS):
        return ""
    return in_groups(letters)

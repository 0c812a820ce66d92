"""One text that somebody works on, whichever side it is: what its page holds and what its buttons do."""

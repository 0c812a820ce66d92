"""Documents as tagged PDF (PDF/UA-1), by Typst: a template of the area's own, and its words as data."""

from common.typesetting.letters import in_known_letters, shown
from common.typesetting.making import Busy, NotMade, Shelf, compiled, typeset

__all__ = ["Busy", "NotMade", "Shelf", "compiled", "in_known_letters", "shown", "typeset"]

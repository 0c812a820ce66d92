"""A text that somebody writes: its one form, ways in and out of it, and what changed between two of them. No models."""

from texts.bodies import Body, read_body
from texts.changes import Change, apply, changes_between
from texts.errors import BadText
from texts.flat import Flat
from texts.marks import Mark

__all__ = ["BadText", "Body", "Change", "Flat", "Mark", "apply", "changes_between", "read_body"]

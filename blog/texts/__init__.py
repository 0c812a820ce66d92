"""The text of a submission: its one form, ways in and out of it, and what changed between two of them. No models."""

from blog.texts.bodies import Body, read_body
from blog.texts.changes import Change, apply, changes_between
from blog.texts.errors import BadText
from blog.texts.flat import Flat
from blog.texts.marks import Mark

__all__ = ["BadText", "Body", "Change", "Flat", "Mark", "apply", "changes_between", "read_body"]

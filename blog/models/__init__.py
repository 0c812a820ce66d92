"""The blog's rows: posts and their channels, the texts on their way, the work on them, and what readers leave."""

from blog.models.channels import Channel, DeclineTemplate
from blog.models.editing import Remark, Suggestion, Thread
from blog.models.posts import MAX_CHARACTERS, MIN_CHARACTERS, BlogIndexPage, Correction, PostAuthor, PostPage
from blog.models.readers import DailyReads, ReaderComment, Thanks
from blog.models.submissions import Step, Submission, SubmissionAuthor, TextVersion

__all__ = [
    "MAX_CHARACTERS",
    "MIN_CHARACTERS",
    "BlogIndexPage",
    "Channel",
    "Correction",
    "DailyReads",
    "DeclineTemplate",
    "PostAuthor",
    "PostPage",
    "ReaderComment",
    "Remark",
    "Step",
    "Submission",
    "SubmissionAuthor",
    "Suggestion",
    "TextVersion",
    "Thanks",
    "Thread",
]

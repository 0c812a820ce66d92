"""The glossary tells which pages use a term, as Wagtail's index of references has it.

That index follows a moment behind what editors save, written by a background task and without a signal, so somebody
must look whether it has changed since.
"""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from common import generation
from vocabulary.models import GlossaryTerm

_seen: dict[str, int] = {}


def notice_uses() -> bool:
    """Make what is cached stale when other pages use the terms than before; a job of the worker."""
    terms = ContentType.objects.get_for_model(GlossaryTerm)
    references = ReferenceIndex.objects.filter(to_content_type=terms)
    now = hash(frozenset(references.values_list("to_object_id", "base_content_type", "object_id")))
    if _seen.get("uses") != now:
        _seen["uses"] = now
        generation.bump()
    return False

"""What teachers do to questions."""

from django.db import transaction

from learning.courses.models.questions import Question, QuestionVersion


def save_question(question: Question) -> QuestionVersion:
    """Save the question with its options; return its version, a new one where a learner could see the change."""
    question.save()
    version = current_version(question)
    assert version is not None, "saving makes the first version"
    return version


@transaction.atomic
def keep_version(question: Question) -> QuestionVersion:
    """Return the newest version of the question as it is in the database, making it if the content changed."""
    # Two editors saving at once must take turns, or both would number their version the same.
    locked = Question.objects.select_for_update().get(pk=question.pk)
    newest = locked.versions.order_by("-number").first()
    content = locked.content()
    if newest is not None and newest.content == content:
        return newest
    number = newest.number + 1 if newest else 1
    return QuestionVersion.objects.create(question=locked, number=number, content=content)


def current_version(question: Question) -> QuestionVersion | None:
    """Return the newest version; without a query where the question was read `with_current`."""
    if not hasattr(question, "current_number"):
        return question.versions.order_by("-number").first()
    if question.current_id is None:
        return None
    return QuestionVersion(
        pk=question.current_id,
        question=question,
        number=question.current_number,
        content=question.current_content,
    )

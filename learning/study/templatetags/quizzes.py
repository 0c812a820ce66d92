"""{% load quizzes %}"""

from decimal import Decimal

from django import template

from common.numbers import written

register = template.Library()


@register.filter
def points(number: Decimal | int | None) -> str:
    """Points as people write them: no zeros at the end, the decimal mark of the language."""
    return "" if number is None else written(number)

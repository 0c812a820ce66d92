"""{% load quizzes %}"""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def points(number: Decimal | int | None) -> str:
    """Points as people write them: no zeros at the end, the decimal mark of the language."""
    if number is None:
        return ""
    # Adding nothing to a whole number of tens brings back its zeros.
    return number_format(Decimal(number).normalize() + Decimal(0), use_l10n=True)

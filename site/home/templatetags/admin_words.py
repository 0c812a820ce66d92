"""Template filters of the admin alone."""

from django import template

from home.admin_words import permission_label

register = template.Library()
register.filter("permission_label", permission_label)
